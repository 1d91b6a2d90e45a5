using AgentOps.Extensions.Hosting.Health;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AgentOps.Extensions.Hosting.Tests.Hosting;

public sealed class HealthCheckTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task The_recorder_of_this_process_is_healthy_and_says_where_it_writes()
    {
        using Session session = Session.Start();
        using ServiceProvider services = new ServiceCollection().AddLogging().AddHealthChecks().AddAgentOps().Services.BuildServiceProvider();

        HealthReport report = await services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);

        HealthReportEntry entry = report.Entries["agentops"];
        Assert.Equal(HealthStatus.Healthy, entry.Status);
        Assert.Equal(("Mapped", RecorderHealth.Current.LogDirectory), (entry.Data["mode"], entry.Data["log_directory"]));
        Assert.True((int)entry.Data["open_sessions"] > 0);
    }

    [Fact]
    public async Task Memory_is_degraded_and_says_why()
    {
        HealthCheckResult result = await Check(Of(RecorderMode.Memory, problem: "No directory can be written."));

        Assert.Equal(HealthStatus.Degraded, result.Status);
        Assert.Equal("Recording to memory, which is lost when the process ends. No directory can be written.", result.Description);
        Assert.Equal("No directory can be written.", result.Data["problem"]);
    }

    [Fact]
    public async Task A_problem_of_the_log_is_degraded_as_long_as_it_lasts()
    {
        Assert.Equal(HealthStatus.Degraded, (await Check(Of(RecorderMode.Mapped, logProblem: "The disk is full."))).Status);
    }

    [Fact]
    public async Task Dropped_events_are_unhealthy_for_five_minutes_for_every_probe()
    {
        RecorderHealth health = Of(RecorderMode.Mapped, losses: ("NoSegmentReady", 3));
        var check = new RecorderHealthCheck(() => health, _clock);

        Assert.Equal([HealthStatus.Unhealthy, HealthStatus.Unhealthy], [await StatusOf(check), await StatusOf(check)]);
        _clock.Now += RecorderHealthCheck.Recent;
        Assert.Equal(HealthStatus.Healthy, await StatusOf(check));
        health = Of(RecorderMode.Mapped, losses: ("NoSegmentReady", 4));
        Assert.Equal(HealthStatus.Unhealthy, await StatusOf(check));
    }

    [Theory]
    [InlineData("RejectedInput", HealthStatus.Degraded)]
    [InlineData("InternalError", HealthStatus.Degraded)]
    [InlineData("FlushFailed", HealthStatus.Degraded)]
    [InlineData("WriteFailed", HealthStatus.Unhealthy)]
    [InlineData("ForkedProcess", HealthStatus.Unhealthy)]
    [InlineData("SegmentExpired", HealthStatus.Healthy)]
    [InlineData("PayloadTruncated", HealthStatus.Healthy)]
    public async Task Each_loss_is_judged_by_its_reason_and_counted_in_the_data(string reason, HealthStatus expected)
    {
        HealthCheckResult result = await Check(Of(RecorderMode.Mapped, losses: (reason, 2)));

        Assert.Equal(expected, result.Status);
        Assert.Equal(2L, result.Data[$"losses.{reason}"]);
    }

    [Fact]
    public async Task Before_anything_is_recorded_all_is_well()
    {
        HealthCheckResult result = await Check(Of(RecorderMode.NotStarted));

        Assert.Equal((HealthStatus.Healthy, "Nothing was recorded so far."), (result.Status, result.Description));
    }

    [Fact]
    public async Task Dropped_events_are_reported_as_the_registration_says()
    {
        var check = new RecorderHealthCheck(static () => Of(RecorderMode.Mapped, losses: ("NoSegmentReady", 3)), _clock);

        Assert.Equal(HealthStatus.Degraded, await StatusOf(check, HealthStatus.Degraded));
    }

    private async Task<HealthCheckResult> Check(RecorderHealth health) => await new RecorderHealthCheck(() => health, _clock).CheckHealthAsync(ContextOf(HealthStatus.Unhealthy));

    private static async Task<HealthStatus> StatusOf(RecorderHealthCheck check, HealthStatus failure = HealthStatus.Unhealthy) => (await check.CheckHealthAsync(ContextOf(failure))).Status;

    private static HealthCheckContext ContextOf(HealthStatus failure) => new()
    {
        Registration = new HealthCheckRegistration("agentops", static _ => throw new InvalidOperationException(), failure, tags: null),
    };

    private static RecorderHealth Of(RecorderMode mode, string? problem = null, string? logProblem = null, params (string Reason, long Count)[] losses) => new()
    {
        Mode = mode,
        Problem = problem ?? logProblem,
        LogProblem = logProblem,
        LogDirectory = mode == RecorderMode.Mapped ? "/logs/app" : null,
        Losses = losses.ToDictionary(static l => l.Reason, static l => l.Count),
        CallsWithoutSession = 0,
        OpenSessions = 0,
    };

    private sealed class ManualClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
