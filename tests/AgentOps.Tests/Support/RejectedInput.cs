namespace AgentOps.Tests.Support;

/// <summary>Tests that read the health of the one recorder of this process, and so run while no other test does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class RunsAlone
{
    public const string Name = "recorder health";
}

/// <summary>What the recorder said about input that it refused.</summary>
internal sealed record RejectedInput(long Count, string? Problem)
{
    /// <summary>Runs <paramref name="act"/> and gives the refusals that it caused. Only exact in <see cref="RunsAlone"/>.</summary>
    public static RejectedInput CausedBy(Action act)
    {
        long before = Total();
        act();
        return new RejectedInput(Total() - before, RecorderHealth.Current.Problem);
    }

    private static long Total() => RecorderHealth.Current.Losses.GetValueOrDefault("RejectedInput");
}
