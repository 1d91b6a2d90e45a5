using System.Net.WebSockets;
using System.Text;
using AgentOps.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AgentOps.Extensions.Hosting.Tests.Web;

/// <summary>Answers that go on: streams, sockets, and clients that leave.</summary>
public sealed class StreamTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stream_keeps_the_session_open_to_its_last_byte()
    {
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Session? streaming = null;
        await using WebApp app = await WebApp.StartAsync(a => a.MapGet("/", async (HttpContext context) =>
        {
            streaming = Session.Current;
            await context.Response.WriteAsync("first\n");
            await context.Response.Body.FlushAsync();
            await goOn.Task;
            Session.Current!.RecordAction(new ActionRecord("late"));
            await context.Response.WriteAsync("last");
        }));

        using HttpResponseMessage response = await app.Client.GetAsync("/", HttpCompletionOption.ResponseHeadersRead, Cancellation);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Cancellation));
        Assert.Equal("first", await reader.ReadLineAsync(Cancellation));
        Assert.False(streaming!.IsEnded);
        goOn.SetResult();
        Assert.Equal("last", await reader.ReadLineAsync(Cancellation));

        SessionInfo session = await app.SessionAsync();
        Assert.Equal(EndState.Success, session.EndState);
        Assert.Contains(streaming.ReadEvents(), static e => e is ActionEvent { ActionType: "late" });
    }

    [Fact]
    public async Task An_asynchronous_sequence_is_streamed_inside_the_session()
    {
        await using WebApp app = await WebApp.StartAsync(static a => a.MapGet("/", static (HttpContext context) => WriteAllAsync(context)));

        Assert.Equal("0 1 2 ", await app.Client.GetStringAsync("/", Cancellation));

        SessionInfo session = await app.SessionAsync();
        Assert.Equal(3, EventLogReader.Open(TestLogs.Root).ReadEvents(session.Id).Count(static e => e is ActionEvent));
    }

    [Fact]
    public async Task A_client_that_leaves_leaves_it_open_how_it_ended()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using WebApp app = await WebApp.StartAsync(a => a.MapGet("/", async (HttpContext context) =>
        {
            started.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }));
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        Task<string> request = app.Client.GetStringAsync("/", leave.Token);
        await started.Task;
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);

        SessionInfo session = await app.SessionAsync();
        Assert.Equal((EndState.Indeterminate, "The client closed the request."), (session.EndState, session.Reason));
    }

    [Fact]
    public async Task A_cancellation_of_the_agents_own_is_a_failure()
    {
        await using WebApp app = await WebApp.StartAsync(static a => a.MapGet("/", static _ => throw new OperationCanceledException("too slow")));

        using HttpResponseMessage response = await app.Client.GetAsync("/", Cancellation);

        SessionInfo session = await app.SessionAsync();
        Assert.Equal((EndState.Fail, "System.OperationCanceledException: too slow"), (session.EndState, session.Reason));
    }

    [Fact]
    public async Task A_web_socket_is_one_session_until_it_closes()
    {
        await using WebApp app = await WebApp.StartAsync(static a => a.MapGet("/talk", EchoAsync), before: static a => a.UseWebSockets());
        using var socket = new ClientWebSocket();

        await socket.ConnectAsync(new UriBuilder(app.Client.BaseAddress!) { Scheme = "ws", Path = "/talk" }.Uri, Cancellation);
        foreach (string word in (string[])["one", "two"])
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(word), WebSocketMessageType.Text, endOfMessage: true, Cancellation);
            await socket.ReceiveAsync(new byte[64], Cancellation);
        }
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancellation);

        SessionInfo session = await app.SessionAsync();
        Assert.Equal(("GET /talk", EndState.Success), (session.Name, session.EndState));
        Assert.Equal(["one", "two"], EventLogReader.Open(TestLogs.Root).ReadEvents(session.Id).OfType<ActionEvent>().Select(static e => e.ActionType));
    }

    private static async Task WriteAllAsync(HttpContext context)
    {
        await foreach (int number in Numbers())
            await context.Response.WriteAsync($"{number} ");
    }

    private static async IAsyncEnumerable<int> Numbers()
    {
        for (int i = 0; i < 3; i++)
        {
            await Task.Yield();
            Session.Current!.RecordAction(new ActionRecord("number"));
            yield return i;
        }
    }

    private static async Task EchoAsync(HttpContext context)
    {
        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
        byte[] buffer = new byte[64];
        while (await socket.ReceiveAsync(buffer, context.RequestAborted) is { MessageType: WebSocketMessageType.Text } received)
        {
            Session.Current!.RecordAction(new ActionRecord(Encoding.UTF8.GetString(buffer, 0, received.Count)));
            await socket.SendAsync(buffer.AsMemory(0, received.Count), WebSocketMessageType.Text, endOfMessage: true, context.RequestAborted);
        }
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
    }
}
