using AgentOps.Events;
using AgentOps.Extensions.Hosting.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AgentOps.Extensions.Hosting.Tests.Hosting;

public sealed class LifetimeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_recorder_is_open_before_services_that_were_added_first()
    {
        RecorderMode? seen = null;
        (IHost host, CapturedLog log) = Hosts.Build(builder =>
        {
            builder.Services.AddHostedService(_ => new Watcher(starting: () => seen = RecorderHealth.Current.Mode));
            builder.Services.AddAgentOps();
        });
        using (host)
        {
            await host.StartAsync(Cancellation);
            await host.StopAsync(Cancellation);
        }

        Assert.Equal(RecorderMode.Mapped, seen);
        Assert.Contains(log.Of("AgentOps.Recorder"), static r => r.Message == $"Recording to {RecorderHealth.Current.LogDirectory}.");
    }

    [Fact]
    public async Task A_host_that_starts_while_the_recorder_runs_shares_it_and_says_which_settings_have_no_effect()
    {
        using Session session = Session.Start();
        session.End();
        (IHost host, CapturedLog log) = Hosts.Build(static builder => builder.Services.AddAgentOps(static o =>
        {
            o.Recorder.Directory = Path.Combine(TestLogs.Root, "elsewhere");
            o.Recorder.MaxPayloadBytes = 4096;
        }));
        using (host)
            await host.StartAsync(Cancellation);

        Assert.Equal("Directory, MaxPayloadBytes", Assert.Single(log.Of("AgentOps.Recorder"), static r => r.Id.Id == 4).Values["Settings"]);
        Assert.False(Directory.Exists(Path.Combine(TestLogs.Root, "elsewhere")));
    }

    [Fact]
    public async Task Two_hosts_side_by_side_record_and_the_end_of_one_leaves_the_other_recording()
    {
        (IHost first, _) = Hosts.Build(static builder => builder.Services.AddAgentOps());
        (IHost second, CapturedLog log) = Hosts.Build(static builder => builder.Services.AddAgentOps());
        await first.StartAsync(Cancellation);
        await second.StartAsync(Cancellation);
        await first.StopAsync(Cancellation);
        first.Dispose();

        using Session session = Session.Start();
        Weather weather = new(second.Services.GetRequiredService<ILoggerFactory>().CreateLogger("A"));
        weather.Answer("Porto");
        session.End(EndState.Success);
        await second.StopAsync(Cancellation);
        second.Dispose();

        Assert.Equal(2, session.ReadEvents().Count(static e => e is ActionEvent or ToolEvent));
        Assert.DoesNotContain(log.Of("AgentOps.Recorder"), static r => r.Id.Id == 4);
    }

    [Fact]
    public async Task Added_twice_it_is_one_service_and_options_add_up()
    {
        (IHost host, _) = Hosts.Build(static builder =>
        {
            builder.Services.AddAgentOps(static o => o.Recorder.PoolValueTasks = true);
            builder.Services.AddAgentOps(static o => o.PublishMetrics = true);
        });
        using (host)
        {
            Assert.Single(host.Services.GetServices<IHostedService>());
            AgentOpsOptions options = host.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<AgentOpsOptions>>().Value;
            Assert.True(options.Recorder.PoolValueTasks && options.PublishMetrics);
            await host.StartAsync(Cancellation);
        }
    }

    [Fact]
    public async Task Metrics_are_published_while_the_host_runs_and_free_afterwards()
    {
        (IHost host, _) = Hosts.Build(static builder => builder.Services.AddAgentOps(static o => o.PublishMetrics = true));
        using (host)
        {
            await host.StartAsync(Cancellation);
            Assert.Throws<InvalidOperationException>(static () => Recorder.PublishMetrics());
            await host.StopAsync(Cancellation);
        }

        Recorder.PublishMetrics().Dispose();
    }

    [Fact]
    public async Task A_session_that_is_open_when_the_host_has_stopped_is_told()
    {
        (IHost host, CapturedLog log) = Hosts.Build(static builder => builder.Services.AddAgentOps());
        using (host)
        {
            await host.StartAsync(Cancellation);
            Session session = Session.Start();
            await host.StopAsync(Cancellation);
            session.End();
        }

        Assert.Contains(log.Of("AgentOps.Recorder"), static r => r.Id.Id == 8 && r.Message.Contains("open still", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_host_whose_time_to_stop_is_up_stops_all_the_same()
    {
        (IHost host, _) = Hosts.Build(static builder =>
        {
            builder.Services.AddAgentOps();
            builder.Logging.AddAgentOpsEvents();
        });
        using (host)
        {
            await host.StartAsync(Cancellation);
            using var over = new CancellationTokenSource();
            await over.CancelAsync();
            // The host itself says that its time was up; no service of ours hangs or says more.
            Exception? error = await Record.ExceptionAsync(() => host.StopAsync(over.Token));
            Assert.True(error is null or OperationCanceledException, error?.ToString());
        }
    }

    private sealed class Watcher(Action starting) : IHostedLifecycleService
    {
        public Task StartingAsync(CancellationToken cancellationToken)
        {
            starting();
            return Task.CompletedTask;
        }

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
