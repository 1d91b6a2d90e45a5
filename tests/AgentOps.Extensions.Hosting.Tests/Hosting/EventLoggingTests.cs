using AgentOps.Extensions.Hosting.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AgentOps.Extensions.Hosting.Tests.Hosting;

/// <summary>Recorded events written to the log of a host.</summary>
public sealed class EventLoggingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_call_error_start_and_end_is_written_once_before_the_host_has_stopped()
    {
        Session? session = null;
        IReadOnlyList<CapturedRecord> records = await RunAsync(configure: null, logger =>
        {
            session = Session.Start(new() { Name = "written" });
            new Weather(logger).Answer("Lisbon");
            Assert.Throws<InvalidOperationException>(static () => Weather.Fail("Porto"));
            session.RecordLlm(new LlmRecord { Model = "gpt-5", Provider = "openai", PromptTokens = 9, CompletionTokens = 3 });
            session.End(EndState.Fail, "no luck");
        });

        CapturedRecord[] own = [.. records.Where(r => Equals(r.Values["SessionId"], session!.Id))];
        Assert.Equal(
            ["Action", "Error", "ModelCall", "SessionEnded", "SessionStarted", "Tool", "Tool"],
            own.Select(static r => r.Id.Name).Order(StringComparer.Ordinal));
        CapturedRecord model = Assert.Single(own, static r => r.Id.Id == 12);
        Assert.Equal(("gpt-5", "openai", 9L, 3L), (model.Values["Model"], model.Values["Provider"], model.Values["InputTokens"], model.Values["OutputTokens"]));
        CapturedRecord error = Assert.Single(own, static r => r.Id.Id == 20);
        Assert.Equal((LogLevel.Warning, "No sky over Porto."), (error.Level, error.Values["ErrorDetails"]));
        Assert.Equal(LogLevel.Warning, Assert.Single(own, static r => r.Id.Id == 2).Level);
        Assert.Equal("forecaster", Assert.Single(own, static r => r.Id.Id == 10).Values["AgentName"]);
    }

    [Fact]
    public async Task What_is_written_joins_no_session_and_records_that_joined_are_not_written_again()
    {
        Session? session = null;
        IReadOnlyList<CapturedRecord> records = await RunAsync(configure: null, logger =>
        {
            session = Session.Start();
            logger.LogWarning("from the program");
        });
        session!.End();

        Assert.Equal("from the program", Assert.Single(session.Logs()).Message);
        Assert.DoesNotContain(records, static r => r.Message.Contains("from the program", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Levels_can_be_chosen()
    {
        Session? session = null;
        IReadOnlyList<CapturedRecord> records = await RunAsync(
            static o => (o.CallLevel, o.ErrorLevel, o.SessionLevel) = (LogLevel.Debug, LogLevel.Critical, LogLevel.Trace),
            logger =>
            {
                session = Session.Start();
                Assert.Throws<InvalidOperationException>(static () => Weather.Fail("Porto"));
                session.End();
            });

        Assert.Equal(
            [("Error", LogLevel.Critical), ("SessionEnded", LogLevel.Trace), ("SessionStarted", LogLevel.Trace), ("Tool", LogLevel.Debug)],
            records.Where(r => Equals(r.Values["SessionId"], session!.Id)).Select(static r => (r.Id.Name, r.Level)).OrderBy(static r => r.Name, StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_was_recorded_before_the_host_started_is_not_written()
    {
        Session before = Session.Start();
        new Weather(Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance).Answer("Braga");
        before.End();

        IReadOnlyList<CapturedRecord> records = await RunAsync(configure: null, static _ => { });

        Assert.DoesNotContain(records, r => Equals(r.Values["SessionId"], before.Id));
    }

    private static async Task<IReadOnlyList<CapturedRecord>> RunAsync(Action<AgentOpsEventLogOptions>? configure, Action<ILogger> run)
    {
        (IHost host, CapturedLog log) = Hosts.Build(builder =>
        {
            builder.Logging.SetMinimumLevel(LogLevel.Trace).AddAgentOps().AddAgentOpsEvents(configure);
            builder.Services.AddAgentOps();
        });
        using (host)
        {
            await host.StartAsync(Cancellation);
            run(host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Program"));
            await host.StopAsync(Cancellation);
        }
        return log.Of("AgentOps.Events");
    }
}
