namespace AgentOps.Server.Watching;

/// <summary>How the watching of logs goes, for those who look. Immutable.</summary>
public sealed record WatchState
{
    public static WatchState Nothing { get; } = new();

    /// <summary>The folder that is watched; <see langword="null"/> if none is.</summary>
    public string? Folder { get; init; }

    public int Logs { get; init; }

    /// <summary>Logs whose process lives, or that have not been read to their end.</summary>
    public int OpenLogs { get; init; }

    /// <summary>Events that were stored since the start.</summary>
    public long Events { get; init; }

    /// <summary>Events a second, over the last ten.</summary>
    public double Rate { get; init; }

    /// <summary>What does not go, each with what to do.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}

/// <summary>Holds the state that is true now.</summary>
public sealed class WatchHealth
{
    private WatchState _state = WatchState.Nothing;

    public WatchState State
    {
        get => Volatile.Read(ref _state);
        set => Volatile.Write(ref _state, value);
    }
}
