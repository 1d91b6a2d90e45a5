using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ResearchAgent.Offline;

/// <summary>
/// Speaks the chat completions API on a loopback port, with <see cref="OfflinePlanner"/> in place of a model. The agent's client,
/// its HTTP, its streams and its usage are the real ones.
/// </summary>
internal sealed class LoopbackModelServer : IAsyncDisposable
{
    public const string ModelName = "local-planner";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private readonly WebApplication _application;
    private int _lastReply;

    private LoopbackModelServer(WebApplication application) => _application = application;

    /// <summary>The base address of the API.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/v1");

    public static async Task<LoopbackModelServer> StartAsync(CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.Listen(IPAddress.Loopback, port: 0));
        // The usual lifetime would take Ctrl+C for itself.
        builder.Services.AddSingleton<IHostLifetime, InsideProgram>();
        WebApplication application = builder.Build();
        var server = new LoopbackModelServer(application);
        application.Run(server.HandleAsync);
        await application.StartAsync(cancellationToken);
        string bound = application.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();
        server.Address = new Uri(new Uri(bound), "/v1");
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(s_patience);
        await _application.StopAsync(patience.Token);
        await _application.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        if (context.Request.Method != HttpMethods.Post || context.Request.Path != "/v1/chat/completions")
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, "Only POST /v1/chat/completions is served here.", "not_found");
            return;
        }
        if (await ReadAsync(context) is not { Messages.Count: > 0 } request)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "The body is not a chat completions request.", "invalid_body");
            return;
        }

        PlannerMove move = OfflinePlanner.NextMove(Conversation.Read(request));
        var reply = new ChatReply(Interlocked.Increment(ref _lastReply), request, move);
        if (request.Stream is true)
            await reply.StreamAsync(context.Response, context.RequestAborted);
        else
            await reply.WriteAsync(context.Response, context.RequestAborted);
    }

    private static async Task<ChatRequest?> ReadAsync(HttpContext context)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(context.Request.Body, WireJson.Default.ChatRequest, context.RequestAborted);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Task RefuseAsync(HttpContext context, int status, string message, string code)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(
            new ErrorResponse(new ErrorBody(message, "invalid_request_error", code)),
            WireJson.Default.ErrorResponse,
            contentType: "application/json",
            context.RequestAborted);
    }

    private sealed class InsideProgram : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
