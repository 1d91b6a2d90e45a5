using AgentOps.Log;
using AgentOps.Recording;

namespace AgentOps.Events;

/// <summary>A segment that may be opened any number of times.</summary>
/// <param name="Name">What it is known by.</param>
/// <param name="Open">Opens it.</param>
internal readonly record struct FollowedSegment(string Name, Func<SegmentSource> Open);

/// <summary>
/// Reads what has come to one log since the last look. Remembers where each chunk was left, the calls that are open, and whom
/// recent calls belong to; what has been told is forgotten.
/// </summary>
/// <param name="segments">The segments that there are, the oldest first.</param>
/// <param name="hasLiveWriter">Whether the log is still written.</param>
internal sealed class LogFollower(Func<IEnumerable<FollowedSegment>> segments, Func<bool> hasLiveWriter)
{
    /// <summary>How many ended calls are remembered, for what is recorded inside them after their end.</summary>
    private const int RememberedCalls = 64 * 1024;

    private readonly LogTables _tables = new();
    private readonly Dictionary<string, SegmentProgress> _segments = new(StringComparer.Ordinal);
    private readonly Dictionary<long, Frame> _open = [];
    private readonly Dictionary<long, Frame> _llms = [];
    private readonly List<Frame> _unresolved = [];
    private readonly Dictionary<long, CallFacts> _facts = [];
    private readonly Queue<long> _ended = new();
    private readonly Dictionary<long, EventKind> _manualKinds = [];
    private readonly HashSet<uint> _startedSessions = [];
    private readonly HashSet<uint> _endedSessions = [];
    private long _lastTicks;
    private bool _isOver;

    private sealed class SegmentProgress
    {
        /// <summary>Where the next frame of each chunk is to be looked for, by the chunk's position.</summary>
        public Dictionary<long, int> Chunks { get; } = [];

        public bool IsSealed { get; set; }
    }

    /// <summary>What others need to know of a call after it was told.</summary>
    private sealed record CallFacts(uint Session, SiteDefinition? Site, AgentIdentity? Agent);

    public static LogFollower OfDirectory(string directory) => new(
        () => LogStore.SegmentsIn(directory).Select(static path => new FollowedSegment(path, () => SegmentSource.OfFile(path))),
        () => LogDirectory.HasLiveWriter(directory));

    /// <summary>The log of this process, wherever it is.</summary>
    public static LogFollower OfOwn(EventLogWriter log) => log.DirectoryPath is { } directory
        ? OfDirectory(directory)
        : new LogFollower(() => log.OpenMemory().Select(static source => new FollowedSegment(source.Name, () => source)), static () => true);

    /// <summary>Adds the events that are complete now and were not the last time.</summary>
    public void ReadNew(List<AgentEvent> events)
    {
        if (_isOver)
            return;
        // Asked first: what a writer wrote before it died is there when its lock is free.
        bool live = hasLiveWriter();
        // Chunks are read one after the other while all of them grow, so an end may be seen a look before its start. Such frames
        // wait for the next look; whatever is not resolved then refers to what has expired.
        List<Frame> waited = [.. _unresolved];
        _unresolved.Clear();
        var frames = new List<Frame>();
        foreach (FollowedSegment segment in segments())
            ReadSegment(segment, frames);
        var factory = new EventFactory(_tables);
        foreach (Frame frame in frames.OrderBy(static f => f.Ticks))
        {
            if (!TryAdd(frame, factory, events, isLastChance: !live))
                _unresolved.Add(frame);
        }
        foreach (Frame frame in waited)
            TryAdd(frame, factory, events, isLastChance: true);
        TellStarts(factory, events);
        if (!live)
            Finish(factory, events);
    }

    private void ReadSegment(FollowedSegment followed, List<Frame> frames)
    {
        if (!_segments.TryGetValue(followed.Name, out SegmentProgress? progress))
            _segments.Add(followed.Name, progress = new SegmentProgress());
        if (progress.IsSealed)
            return;
        try
        {
            using SegmentSource source = followed.Open();
            if (SegmentReader.Open(source) is not { } segment)
                return;
            if (progress.Chunks.Count == 0)
                _tables.Enter(segment.Header);
            // Asked before its frames are read: nothing comes after the seal.
            bool isSealed = segment.IsSealed;
            foreach (Chunk chunk in segment.ReadChunks())
                ReadChunk(segment, chunk, progress, frames);
            progress.IsSealed = isSealed;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or InvalidDataException)
        {
            // It has expired, or is none that can be read; the others can.
            progress.IsSealed = true;
        }
    }

    private void ReadChunk(SegmentReader segment, in Chunk chunk, SegmentProgress progress, List<Frame> frames)
    {
        int at = progress.Chunks.GetValueOrDefault(chunk.Position, chunk.FirstFrame);
        while (segment.TryReadFrame(chunk, ref at, out Frame frame))
        {
            if (FrameTypes.TicksOffset(frame.Type) != 0)
                _lastTicks = Math.Max(_lastTicks, frame.Ticks);
            if (frame.Type == FrameType.Llm)
                _llms[frame.Int64At(8)] = frame;
            else if (!_tables.Define(frame, segment.Header.Clock))
                frames.Add(frame);
        }
        progress.Chunks[chunk.Position] = at;
    }

    /// <summary>Takes up a frame of an event.</summary>
    /// <returns><see langword="false"/> if it refers to a call that has not been seen, and may be seen yet.</returns>
    private bool TryAdd(in Frame frame, EventFactory factory, List<AgentEvent> events, bool isLastChance)
    {
        long outer = frame.Type switch
        {
            FrameType.CallStart or FrameType.Error or FrameType.Manual => frame.Int64At(16),
            FrameType.CallEnd => frame.Int64At(8),
            _ => 0,
        };
        if (outer != 0 && !isLastChance && !_facts.ContainsKey(outer) && !_manualKinds.ContainsKey(outer))
            return false;
        switch (frame.Type)
        {
            case FrameType.CallStart: Open(frame); break;
            case FrameType.CallEnd: Close(frame, factory, events); break;
            case FrameType.Error or FrameType.Manual or FrameType.SessionUpdate or FrameType.SessionEnd: Tell(frame, factory, events); break;
        }
        return true;
    }

    private void Open(in Frame start)
    {
        _open[start.Position] = start;
        CallFacts? outer = _facts.GetValueOrDefault(start.Int64At(16));
        SiteDefinition? site = start.UInt32At(8) is > 0 and uint number ? _tables.Sites.GetValueOrDefault(number) : outer?.Site;
        _facts[start.Position] = new CallFacts(start.UInt32At(12), site, AgentOf(start, site, outer));
    }

    private AgentIdentity? AgentOf(in Frame start, SiteDefinition? site, CallFacts? outer)
    {
        if (new PayloadReader(start.Payload.Span, _tables.Texts).ReadAgent() is { } instance)
            return _tables.Agents.GetValueOrDefault(instance);
        return CallTable.AgentOf(site is { Agent: > 0 } ? _tables.Agents.GetValueOrDefault(site.Agent) : null, outer?.Agent);
    }

    private void Close(in Frame end, EventFactory factory, List<AgentEvent> events)
    {
        long span = end.Int64At(8);
        if (!_open.Remove(span, out Frame start))
            return;
        TellCall(start, end, EventStatus.Incomplete, factory, events);
        _ended.Enqueue(span);
        if (_ended.Count > RememberedCalls)
            _facts.Remove(_ended.Dequeue());
    }

    private void TellCall(in Frame start, in Frame end, EventStatus openStatus, EventFactory factory, List<AgentEvent> events)
    {
        CallFacts facts = _facts[start.Position];
        _llms.Remove(start.Position, out Frame llm);
        if (facts.Site is { } site && _tables.Sessions.ContainsKey(facts.Session))
            events.Add(factory.CreateCall(start, end, llm, site, facts.Agent, openStatus));
    }

    private void Tell(in Frame frame, EventFactory factory, List<AgentEvent> events)
    {
        long outer = frame.Type is FrameType.Error or FrameType.Manual ? frame.Int64At(16) : 0;
        CallFacts? facts = _facts.GetValueOrDefault(outer);
        uint session = frame.UInt32At(8);
        if (session == 0 && facts is not null)
            session = facts.Session;
        if (!_tables.Sessions.ContainsKey(session))
            return;
        if (frame.Type == FrameType.Manual)
            _manualKinds[frame.Position] = (EventKind)frame.UInt32At(12);
        if (frame.Type == FrameType.SessionEnd)
            _endedSessions.Add(session);
        EventKind? kind = facts?.Site?.Kind ?? (_manualKinds.TryGetValue(outer, out EventKind manual) ? manual : null);
        if (factory.CreateOther(frame, session, facts?.Agent, facts?.Site, kind) is { } other)
            events.Add(other);
    }

    private void TellStarts(EventFactory factory, List<AgentEvent> events)
    {
        foreach ((uint handle, SessionDefinition session) in _tables.Sessions)
        {
            if (_startedSessions.Add(handle))
                events.Add(factory.CreateStart(session));
        }
    }

    /// <summary>The writer is gone: whatever is open will stay so.</summary>
    private void Finish(EventFactory factory, List<AgentEvent> events)
    {
        _isOver = true;
        foreach (Frame start in _open.Values)
            TellCall(start, default, EventStatus.Interrupted, factory, events);
        foreach ((uint handle, SessionDefinition session) in _tables.Sessions)
        {
            if (!_endedSessions.Contains(handle))
                events.Add(factory.CreateCrash(session, _lastTicks));
        }
        _open.Clear();
        _facts.Clear();
    }
}
