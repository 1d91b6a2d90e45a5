using AgentOps.Tool.Tests.Support;

[assembly: AssemblyFixture(typeof(RecordedLogs))]

namespace AgentOps.Tool.Tests.Support;

/// <summary>Logs that real processes recorded: one that ended by itself, and one that was killed in the middle of a call.</summary>
public sealed class RecordedLogs : IAsyncLifetime
{
    public const string SucceededId = "01950000-0000-7000-8000-00000000000a";
    public const string FailedId = "01950000-9999-7000-8000-00000000000b";
    public const string CrashedId = "01950000-aaaa-7000-8000-00000000000c";

    private readonly TemporaryFolder _folder = new();

    /// <summary>A session that succeeded and one that failed.</summary>
    public string Ended => _folder.Combine("ended");

    /// <summary>The log of a process that was killed.</summary>
    public string Crashed => _folder.Combine("crashed");

    /// <summary>Both.</summary>
    public string All => _folder.Path;

    public async ValueTask InitializeAsync()
    {
        await AgentProcess.RunAsync(Ended, "scenario");
        using AgentProcess crashing = AgentProcess.Start(Crashed, "scenario", "crash");
        if (await crashing.ReadLineAsync() != "in the middle")
            throw new InvalidOperationException("The agent did not get as far as it should.");
        await crashing.KillAsync();
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
