using System.Diagnostics;
using AgentOps.Events;
using AgentOps.Extensions.Hosting.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AgentOps.Extensions.Hosting.Tests.Web;

/// <summary>W3C trace context: recorded, and gone on with.</summary>
public sealed class TraceTests
{
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string Incoming = $"00-{TraceId}-00f067aa0ba902b7-01";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_incoming_trace_is_recorded_on_the_session_and_on_records_of_the_log()
    {
        WebApp? served = null;
        await using WebApp app = await WebApp.StartAsync(a => a.MapGet("/", () => new Weather(served!.Logger).Answer("Faro")));
        served = app;

        await SendAsync(app, Incoming, "vendor=1");

        IReadOnlyList<AgentEvent> events = EventLogReader.Open(TestLogs.Root).ReadEvents((await app.SessionAsync()).Id);
        TraceContext? trace = Assert.Single(events.OfType<SessionStartEvent>()).TraceContext;
        Assert.Equal((TraceId, "vendor=1"), (trace?.TraceId, trace?.TraceState));
        Assert.Equal(TraceId, Assert.Single(events.OfType<LogEvent>()).TraceId);
    }

    [Fact]
    public async Task It_goes_on_to_what_the_request_calls()
    {
        string? passedOn = null;
        await using WebApp other = await WebApp.StartAsync(a => a.MapGet("/", (HttpContext context) => passedOn = context.Request.Headers.TraceParent));
        await using WebApp app = await WebApp.StartAsync(a => a.MapGet("/", async () =>
        {
            using var client = new HttpClient();
            return await client.GetStringAsync(other.Client.BaseAddress);
        }));

        await SendAsync(app, Incoming, null);

        Assert.StartsWith($"00-{TraceId}-", passedOn, StringComparison.Ordinal);
        Assert.NotEqual(Incoming, passedOn);
    }

    [Theory]
    [InlineData("00-00000000000000000000000000000000-00f067aa0ba902b7-01")]
    [InlineData("rubbish")]
    [InlineData("")]
    public async Task A_header_that_is_none_is_not_recorded_and_does_no_harm(string header)
    {
        await using WebApp app = await WebApp.StartAsync(static a => a.MapGet("/", static () => "ok"));

        await SendAsync(app, header, null);

        TraceContext? trace = Assert.Single(EventLogReader.Open(TestLogs.Root).ReadEvents((await app.SessionAsync()).Id).OfType<SessionStartEvent>()).TraceContext;
        // The server may have begun a trace of its own, for its log.
        Assert.True(trace is null || header.Length == 0 || !header.Contains(trace.TraceId, StringComparison.Ordinal));
    }

    [Fact]
    public void A_session_elsewhere_can_be_given_the_trace_of_its_flow()
    {
        using Activity activity = new Activity("work").SetIdFormat(ActivityIdFormat.W3C).Start();

        using Session session = Session.Start(new() { TraceContext = TraceContext.Current });

        Assert.Equal(activity.Id, Assert.Single(session.ReadEvents().OfType<SessionStartEvent>()).TraceContext?.TraceParent);
        Assert.Equal((activity.TraceId.ToHexString(), activity.SpanId.ToHexString()), (session.TraceContext?.TraceId, session.TraceContext?.SpanId));
    }

    private static async Task SendAsync(WebApp app, string traceParent, string? traceState)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.TryAddWithoutValidation("traceparent", traceParent);
        if (traceState is not null)
            request.Headers.TryAddWithoutValidation("tracestate", traceState);
        using HttpResponseMessage response = await app.Client.SendAsync(request, Cancellation);
        response.EnsureSuccessStatusCode();
    }
}
