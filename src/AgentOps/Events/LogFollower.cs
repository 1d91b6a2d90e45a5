using AgentOps.Log;
using AgentOps.Recording;

namespace AgentOps.Events;

/// <summary>A segment that may be opened any number of times.</summary>
/// <param name="Name">What it is known by.</param>
/// <param name="Open">Opens it.</param>
internal readonly record struct FollowedSegment(string Name, Func<SegmentSource> Open);

/// <summary>An event that is complete, with the bytes that its frames take in the log.</summary>
/// <param name="Event">The event.</param>
/// <param name="Bytes">The bytes.</param>
internal readonly record struct ToldEvent(AgentEvent Event, int Bytes);

/// <summary>What one look at a log found.</summary>
/// <param name="IsLive">Whether the log was still written when the look began.</param>
/// <param name="IsCut">Whether the look ended at its limit, so that more may stand in the log.</param>
internal readonly record struct LogLook(bool IsLive, bool IsCut);

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

    /// <summary>About what a session's start, or an end that nobody wrote, takes.</summary>
    private const int SessionBytes = 256;

    private readonly LogTables _tables = new();
    private readonly Dictionary<string, SegmentExtent> _segments = new(StringComparer.Ordinal);
    private readonly Dictionary<long, Frame> _open = [];
    private readonly Dictionary<long, Frame> _llms = [];
    private readonly List<Frame> _unresolved = [];
    private readonly Dictionary<long, CallFacts> _facts = [];
    private readonly Queue<long> _ended = new();
    private readonly Dictionary<long, EventKind> _manualKinds = [];
    private readonly HashSet<uint> _startedSessions = [];
    private readonly HashSet<uint> _endedSessions = [];
    private readonly List<string> _problems = [];
    private long _lastTicks;
    private int _firstNumber;
    private bool _isOver;

    /// <summary>What others need to know of a call after it was told.</summary>
    private sealed record CallFacts(uint Session, SiteDefinition? Site, AgentIdentity? Agent);

    public static LogFollower OfDirectory(string directory) => new(
        () => LogStore.SegmentsIn(directory).Select(static path => new FollowedSegment(path, () => SegmentSource.OfFile(path))),
        () => LogDirectory.HasLiveWriter(directory));

    /// <summary>The log of this process, wherever it is.</summary>
    public static LogFollower OfOwn(EventLogWriter log) => log.DirectoryPath is { } directory
        ? OfDirectory(directory)
        : new LogFollower(() => log.OpenMemory().Select(static source => new FollowedSegment(source.Name, () => source)), static () => true);

    /// <summary>Whether the log is at its end: its writer is gone, and all that it left has been told.</summary>
    public bool IsOver => _isOver;

    /// <summary>The key of the log; 0 until a segment was read.</summary>
    public ulong LogKey => _tables.LogKey;

    /// <summary>Segments that were gone before they had been read to their end.</summary>
    public long ExpiredSegments { get; private set; }

    /// <summary>Segments that could not be read, each with what to do.</summary>
    public IReadOnlyCollection<string> Problems => _problems;

    /// <summary>How far the log has been read.</summary>
    public LogExtent Extent => LogExtent.Of(_segments, _unresolved.Select(static frame => frame.Position));

    /// <summary>Adds the calls that are under way and were not told as such before.</summary>
    /// <param name="events">Gets them; they are told again when they end.</param>
    /// <param name="told">Where in the log those stand that were told; brought up to date.</param>
    public void TellOpen(List<AgentEvent> events, HashSet<long> told)
    {
        told.IntersectWith(_open.Keys);
        var factory = new EventFactory(_tables);
        foreach ((long position, Frame start) in _open)
        {
            if (!told.Add(position) || _facts.GetValueOrDefault(position) is not { Site: { } site } facts || !_tables.Sessions.ContainsKey(facts.Session))
                continue;
            events.Add(factory.CreateCall(start, default, _llms.GetValueOrDefault(position), site, facts.Agent, EventStatus.Incomplete));
        }
    }

    /// <summary>Adds the events that are complete now and were not the last time.</summary>
    public void ReadNew(List<AgentEvent> events)
    {
        var told = new List<ToldEvent>();
        Look(told);
        foreach (ToldEvent one in told)
            events.Add(one.Event);
    }

    /// <summary>Tells the events that are complete now and were not the last time.</summary>
    /// <param name="told">Gets the events.</param>
    /// <param name="maxBytes">After so many bytes of frames no further segment is begun.</param>
    public LogLook Look(List<ToldEvent> told, long maxBytes = long.MaxValue)
    {
        // Asked first: what a writer wrote before it died is there when its lock is free.
        bool live = hasLiveWriter();
        bool isCut = !_isOver && Advance(told, maxBytes, upTo: null, isLive: live, isCut: null);
        return new LogLook(live, isCut);
    }

    /// <summary>Repeats a look that was made before, by another reader of the same log: it tells the same events.</summary>
    /// <param name="told">Gets the events.</param>
    /// <param name="upTo">How far it went.</param>
    /// <param name="look">What it found.</param>
    public void Repeat(List<ToldEvent> told, LogExtent upTo, LogLook look) => Advance(told, long.MaxValue, upTo, look.IsLive, look.IsCut);

    /// <summary>Brings a reader that has read nothing to where another one was.</summary>
    /// <param name="extent">Where that was.</param>
    /// <param name="stepBytes">How much is kept in memory at a time.</param>
    /// <param name="pass">Gets the events that are passed over.</param>
    public void PassTo(LogExtent extent, long stepBytes, Action<List<ToldEvent>> pass)
    {
        var told = new List<ToldEvent>();
        foreach (string segment in extent.Segments.Keys)
            _segments.TryAdd(segment, new SegmentExtent());
        _firstNumber = extent.Segments.Keys.Min(LogFormat.NumberOfSegment) ?? 0;
        for (bool more = true; more;)
        {
            // As if each were cut: what refers to later segments waits for them.
            more = Advance(told, stepBytes, extent, isLive: true, isCut: true);
            pass(told);
            told.Clear();
        }
        List<Frame> waited = [.. _unresolved];
        _unresolved.Clear();
        var factory = new EventFactory(_tables);
        foreach (Frame frame in waited)
        {
            if (extent.Unresolved.Contains(frame.Position))
                _unresolved.Add(frame);
            else
                TryAdd(frame, factory, told, isLastChance: true);
        }
        pass(told);
        foreach ((string name, SegmentExtent there) in extent.Segments)
        {
            // It has expired since, after it was read.
            if (there.IsDone)
                _segments[name].IsDone = true;
        }
    }

    /// <returns>Whether the limit was met before the end.</returns>
    private bool Advance(List<ToldEvent> told, long maxBytes, LogExtent? upTo, bool isLive, bool? isCut)
    {
        // Chunks are read one after the other while all of them grow, so an end may be seen a look before its start. Such frames
        // wait for the next look; whatever is not resolved then refers to what has expired.
        List<Frame> waited = [.. _unresolved];
        _unresolved.Clear();
        var frames = new List<Frame>();
        bool more = ReadSegments(frames, maxBytes, upTo);
        bool cut = isCut ?? more;
        var factory = new EventFactory(_tables);
        foreach (Frame frame in frames.OrderBy(static f => f.Ticks))
        {
            if (!TryAdd(frame, factory, told, isLastChance: !isLive && !cut))
                _unresolved.Add(frame);
        }
        foreach (Frame frame in waited)
        {
            if (!TryAdd(frame, factory, told, isLastChance: !cut))
                _unresolved.Add(frame);
        }
        TellStarts(factory, told);
        if (!isLive && !cut)
            Finish(factory, told);
        return more;
    }

    private bool ReadSegments(List<Frame> frames, long maxBytes, LogExtent? upTo)
    {
        long read = 0;
        string? first = null;
        foreach (FollowedSegment segment in segments())
        {
            string name = Path.GetFileName(segment.Name);
            if (first is null && upTo is null)
                CountExpired(name);
            first ??= name;
            if (!_segments.TryGetValue(name, out SegmentExtent? progress))
                _segments.Add(name, progress = new SegmentExtent());
            SegmentExtent? limit = null;
            if (progress.IsDone || (upTo is not null && !upTo.Segments.TryGetValue(name, out limit)) || (limit is not null && progress.Reaches(limit)))
                continue;
            if (read >= maxBytes)
                return true;
            int before = frames.Count;
            ReadSegment(segment, progress, limit, frames);
            for (int i = before; i < frames.Count; i++)
                read += frames[i].Bytes.Length;
        }
        return false;
    }

    /// <summary>Segments go oldest first, so those before the first one that is there have been deleted.</summary>
    private void CountExpired(string first)
    {
        if (LogFormat.NumberOfSegment(first) is not { } number)
            return;
        int next = _firstNumber;
        foreach ((string name, SegmentExtent progress) in _segments)
        {
            if (LogFormat.NumberOfSegment(name) is not { } known || known >= number)
                continue;
            next = Math.Max(next, known + 1);
            if (!progress.IsDone)
                ExpiredSegments++;
            _segments.Remove(name);
        }
        ExpiredSegments += Math.Max(0, number - next);
        _firstNumber = Math.Max(_firstNumber, number);
    }

    private void ReadSegment(FollowedSegment followed, SegmentExtent progress, SegmentExtent? limit, List<Frame> frames)
    {
        try
        {
            using SegmentSource source = followed.Open();
            if (SegmentReader.Open(source) is not { } segment)
                return;
            if (progress.Chunks.Count == 0)
                _tables.Enter(segment.Header);
            // Asked before its frames are read: nothing comes after the seal.
            bool isSealed = limit?.IsDone ?? segment.IsSealed;
            foreach (Chunk chunk in segment.ReadChunks())
            {
                long end = limit is null || limit.IsDone ? long.MaxValue : limit.Chunks.GetValueOrDefault(chunk.Position);
                ReadChunk(segment, chunk, progress, end, frames);
            }
            progress.IsDone = isSealed;
            if (isSealed)
                progress.Chunks.Clear();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            progress.IsDone = true;
            ExpiredSegments++;
        }
        catch (InvalidDataException e)
        {
            // None that can be read; the others can.
            progress.IsDone = true;
            _problems.Add(e.Message);
        }
    }

    private void ReadChunk(SegmentReader segment, in Chunk chunk, SegmentExtent progress, long end, List<Frame> frames)
    {
        int at = progress.Chunks.GetValueOrDefault(chunk.Position, chunk.FirstFrame);
        while (at < end && segment.TryReadFrame(chunk, ref at, out Frame frame))
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
    private bool TryAdd(in Frame frame, EventFactory factory, List<ToldEvent> events, bool isLastChance)
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

    private void Close(in Frame end, EventFactory factory, List<ToldEvent> events)
    {
        long span = end.Int64At(8);
        if (!_open.Remove(span, out Frame start))
            return;
        TellCall(start, end, EventStatus.Incomplete, factory, events);
        _ended.Enqueue(span);
        if (_ended.Count > RememberedCalls)
            _facts.Remove(_ended.Dequeue());
    }

    private void TellCall(in Frame start, in Frame end, EventStatus openStatus, EventFactory factory, List<ToldEvent> events)
    {
        CallFacts facts = _facts[start.Position];
        _llms.Remove(start.Position, out Frame llm);
        if (facts.Site is { } site && _tables.Sessions.ContainsKey(facts.Session))
            events.Add(new ToldEvent(
                factory.CreateCall(start, end, llm, site, facts.Agent, openStatus), start.Bytes.Length + end.Bytes.Length + llm.Bytes.Length));
    }

    private void Tell(in Frame frame, EventFactory factory, List<ToldEvent> events)
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
            events.Add(new ToldEvent(other, frame.Bytes.Length));
    }

    private void TellStarts(EventFactory factory, List<ToldEvent> events)
    {
        foreach ((uint handle, SessionDefinition session) in _tables.Sessions)
        {
            if (_startedSessions.Add(handle))
                events.Add(new ToldEvent(factory.CreateStart(session), SessionBytes));
        }
    }

    /// <summary>The writer is gone: whatever is open will stay so.</summary>
    private void Finish(EventFactory factory, List<ToldEvent> events)
    {
        _isOver = true;
        foreach (Frame start in _open.Values)
            TellCall(start, default, EventStatus.Interrupted, factory, events);
        foreach ((uint handle, SessionDefinition session) in _tables.Sessions)
        {
            if (!_endedSessions.Contains(handle))
                events.Add(new ToldEvent(factory.CreateCrash(session, _lastTicks), SessionBytes));
        }
        _open.Clear();
        _facts.Clear();
    }
}
