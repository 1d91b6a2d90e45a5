using AgentOps.AspNetCore;
using AgentOps.Events;
using AgentOps.Extensions.Hosting.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AgentOps.Extensions.Hosting.Tests.Web;

/// <summary>A web application on Kestrel and loopback, whose requests run in sessions.</summary>
internal sealed class WebApp : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly string _tag;

    private WebApp(WebApplication application, string tag, CapturedLog log)
    {
        _application = application;
        _tag = tag;
        Log = log;
    }

    public HttpClient Client { get; } = new(new SocketsHttpHandler { ActivityHeadersPropagator = null });

    public CapturedLog Log { get; }

    public ILogger Logger => _application.Services.GetRequiredService<ILogger<WebApp>>();

    public static async Task<WebApp> StartAsync(Action<WebApplication> map, Action<RequestSessionOptions>? sessions = null, Action<WebApplication>? before = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        builder.Services.Configure<KestrelServerOptions>(static kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, port: 0));
        builder.Services.AddAgentOps();
        var log = new CapturedLog();
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddAgentOps().AddAgentOpsScopes().AddProvider(log);
        WebApplication application = builder.Build();
        // The sessions of this application are found by a tag of its own.
        string tag = $"app-{Guid.NewGuid()}";
        before?.Invoke(application);
        application.UseRouting();
        application.UseAgentOpsSessions(options =>
        {
            options.Tags.Add(tag);
            sessions?.Invoke(options);
        });
        map(application);
        await application.StartAsync();
        var app = new WebApp(application, tag, log);
        app.Client.BaseAddress = new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return app;
    }

    /// <summary>The sessions of this application's requests, when so many have ended.</summary>
    public async Task<IReadOnlyList<SessionInfo>> SessionsAsync(int count = 1)
    {
        while (true)
        {
            SessionInfo[] sessions = [.. EventLogReader.Open(TestLogs.Root).ReadSessions().Where(s => s.Tags.Contains(_tag))];
            // An answer reaches its client a moment before the request has ended in the server.
            if (sessions.Length >= count && sessions.All(static s => s.EndedAt is not null))
                return sessions;
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    public async Task<SessionInfo> SessionAsync() => Assert.Single(await SessionsAsync());

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _application.StopAsync();
        await _application.DisposeAsync();
    }
}
