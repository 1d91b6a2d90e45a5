using System.Net;
using System.Net.Sockets;
using AgentOps.Server.Api;
using AgentOps.Server.Demo;
using AgentOps.Server.Live;
using AgentOps.Server.Pages;
using AgentOps.Server.Security;
using AgentOps.Server.Store;
using AgentOps.Server.Store.Sqlite;
using AgentOps.Server.Watching;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace AgentOps.Server;

/// <summary>A dashboard that runs: store, watcher and pages in this process, on the loopback address only.</summary>
public sealed class Dashboard : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly SqliteEventStore _store;

    private Dashboard(WebApplication application, SqliteEventStore store, Uri address)
    {
        _application = application;
        _store = store;
        Address = address;
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    internal IServiceProvider Services => _application.Services;

    /// <summary>The address that lets one browser in, once.</summary>
    /// <param name="path">What it shows.</param>
    public Uri SignInAddress(string path = "/")
    {
        string token = _application.Services.GetRequiredService<BrowserTokens>().Issue();
        return new Uri(Address, $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{RequestGate.TokenParameter}={token}");
    }

    /// <exception cref="IOException">The port is taken, or the data file cannot be opened.</exception>
    /// <exception cref="InvalidDataException">The data file is no such file.</exception>
    public static async Task<Dashboard> StartAsync(DashboardOptions options, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        TimeProvider clock = time ?? TimeProvider.System;
        SqliteEventStore store = SqliteEventStore.Open(options.DataFile);
        WebApplication? application = null;
        try
        {
            application = Build(options, store, clock);
            if (options.IsDemo)
                await new DemoDay(clock.GetUtcNow()).FillAsync(store, cancellationToken).ConfigureAwait(false);
            await application.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            if (application is not null)
                await application.DisposeAsync().ConfigureAwait(false);
            await store.DisposeAsync().ConfigureAwait(false);
            throw;
        }
        string address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new Dashboard(application, store, new Uri(address));
    }

    /// <summary>Waits until the process is asked to end.</summary>
    public Task WaitAsync(CancellationToken cancellationToken = default) => _application.WaitForShutdownAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync().ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
        await _store.DisposeAsync().ConfigureAwait(false);
    }

    private static WebApplication Build(DashboardOptions options, SqliteEventStore store, TimeProvider time)
    {
        // Nothing of the surroundings decides where it listens or what it serves.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = typeof(Dashboard).Assembly.GetName().Name });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 64 * 1024;
            kestrel.Limits.MaxRequestLineSize = 16 * 1024;
            kestrel.Listen(IPAddress.Loopback, PortOf(options.Port));
        });
        builder.Logging.AddSimpleConsole(static console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddRoutingCore().AddRazorComponents();
        // Nothing is protected beyond this process, so no key goes to the disk.
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddSingleton<IEventStore>(store);
        builder.Services.AddSingleton(time).AddSingleton<ChangeSignal>().AddSingleton<WatchHealth>().AddSingleton<BrowserTokens>().AddSingleton(options);
        if (options.LogFolder is { } folder)
        {
            builder.Services.AddHostedService(services => new LogWatcher(
                store, folder, services.GetRequiredService<ChangeSignal>(), services.GetRequiredService<WatchHealth>(), time, services.GetRequiredService<ILogger<LogWatcher>>()));
        }
        WebApplication application = builder.Build();
        application.UseMiddleware<RequestGate>();
        application.UseRouting();
        application.MapAssets();
        application.MapLive();
        application.MapQueryApi();
        application.MapPages();
        return application;
    }

    /// <summary>The port that was asked for, or a free one where the usual one is taken.</summary>
    private static int PortOf(int asked)
    {
        if (asked != DashboardOptions.DefaultPort)
            return asked;
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, asked);
            probe.Start();
            return asked;
        }
        catch (SocketException)
        {
            return 0;
        }
    }
}
