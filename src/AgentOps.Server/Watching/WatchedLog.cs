using AgentOps.Events;
using AgentOps.Server.Store;

namespace AgentOps.Server.Watching;

/// <summary>
/// One log on its way into the store. What was read is stored together with how far that was, so a restart goes on exactly there; what could
/// not be stored is kept and tried again before anything further is read.
/// </summary>
internal sealed class WatchedLog
{
    /// <summary>About how much of a log is taken at a time.</summary>
    private const long StepBytes = 8 << 20;

    private readonly string _directory;
    private readonly string _project;
    private readonly HashSet<long> _toldOpen = [];
    private LogFollower? _follower;
    private EventBatch? _pending;
    private bool _isCut;

    public WatchedLog(string directory)
    {
        _directory = directory;
        _project = Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(directory))) is { Length: > 0 } application ? application : "local";
    }

    /// <summary>Whether there is nothing more to come.</summary>
    public bool IsOver { get; private set; }

    /// <summary>What could not be read.</summary>
    public IReadOnlyCollection<string> Problems => _follower?.Problems ?? [];

    /// <summary>Takes what has come since the last time.</summary>
    /// <returns>How many events were stored that were not there before.</returns>
    public async Task<int> StepAsync(IEventStore store, CancellationToken cancellationToken)
    {
        if (IsOver)
            return 0;
        if (_follower is null)
            await OpenAsync(store, cancellationToken).ConfigureAwait(false);
        int stored = 0;
        do
        {
            if (_pending is null && !Look())
                return stored;
            AppendResult result = await store.AppendAsync(_pending!, cancellationToken).ConfigureAwait(false);
            stored += result.Added + result.Completed;
            _pending = null;
            IsOver = _follower is null or { IsOver: true };
        }
        while (_isCut && !IsOver && !cancellationToken.IsCancellationRequested);
        return stored;
    }

    private async Task OpenAsync(IEventStore store, CancellationToken cancellationToken)
    {
        PlaceText? place = PlaceText.Read(await store.ReadPlaceAsync(_directory, cancellationToken).ConfigureAwait(false));
        if (place is { IsOver: true })
        {
            IsOver = true;
            return;
        }
        var follower = LogFollower.OfDirectory(_directory);
        if (place is not null)
            follower.PassTo(place.ToExtent(), StepBytes, static _ => { });
        _follower = follower;
    }

    /// <returns>Whether there is anything to store.</returns>
    private bool Look()
    {
        if (_follower is null)
            return false;
        try
        {
            return Look(_follower);
        }
        catch
        {
            // The follower may be past what it could not hand over: the next look goes on from the place that is stored.
            _follower = null;
            _toldOpen.Clear();
            throw;
        }
    }

    private bool Look(LogFollower follower)
    {
        var told = new List<ToldEvent>();
        _isCut = follower.Look(told, StepBytes).IsCut;
        var events = new List<AgentEvent>(told.Count);
        foreach (ToldEvent one in told)
            events.Add(one.Event);
        if (!follower.IsOver)
            follower.TellOpen(events, _toldOpen);
        if (events.Count == 0 && !follower.IsOver)
            return false;
        _pending = new EventBatch(_project, events) { Source = _directory, Place = PlaceText.Write(follower.Extent, follower.IsOver) };
        return true;
    }
}
