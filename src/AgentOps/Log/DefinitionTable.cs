namespace AgentOps.Log;

/// <summary>
/// Everything that frames refer to by number: call sites, agents, live sessions. Each segment holds them all, so that any older
/// segment may be deleted. What is defined later is appended to every segment that is open at that time.
/// </summary>
/// <remarks>In a fork nothing is done here: a thread that it does not have may hold the lock.</remarks>
internal sealed class DefinitionTable(EventLogWriter log)
{
    private readonly object _lock = new();
    private readonly List<Segment> _open = [];
    private readonly List<Definition> _permanent = [];
    private readonly Dictionary<uint, Definition> _sessions = [];

    /// <summary>The chunk of what is appended here, shared by all threads.</summary>
    private readonly ChunkCursor _shared = new();

    private bool _isActive;

    private readonly record struct Definition(FrameType Type, uint Number, byte[] Payload);

    /// <summary>Adds something that stays defined as long as the log lives.</summary>
    public void Add(FrameType type, uint number, ReadOnlySpan<byte> payload)
    {
        if (ForkGuard.IsForked)
            return;
        var definition = new Definition(type, number, payload.ToArray());
        lock (_lock)
        {
            _isActive = true;
            _permanent.Add(definition);
            Emit(definition, _open);
        }
    }

    /// <summary>Defines a live session, or replaces what is known of it in the segments still to come.</summary>
    public void SetSession(uint session, ReadOnlySpan<byte> payload)
    {
        if (ForkGuard.IsForked)
            return;
        var definition = new Definition(FrameType.Session, session, payload.ToArray());
        lock (_lock)
        {
            _isActive = true;
            bool known = _sessions.ContainsKey(session);
            _sessions[session] = definition;
            // The segment written now hears of changes through update frames, in order with everything else.
            Emit(definition, _open, except: known ? log.Current : null);
        }
    }

    /// <summary>Writes a frame of a session into the chunk that all threads share.</summary>
    public void Append(FrameType type, uint number, ReadOnlySpan<byte> payload, long ticks)
    {
        if (ForkGuard.IsForked)
            return;
        lock (_lock)
        {
            _isActive = true;
            FrameWriter.Write(log, _shared, type, 0, number, 0, payload, ticks);
        }
    }

    /// <summary>Whether anything was defined or appended since the last time this was asked; the clock and the losses do not count.</summary>
    public bool TakeActivity()
    {
        lock (_lock)
        {
            bool was = _isActive;
            _isActive = false;
            return was;
        }
    }

    public void AppendClock(in ClockSnapshot clock)
    {
        if (ForkGuard.IsForked)
            return;
        lock (_lock)
            FrameWriter.Write(log, _shared, FrameType.Clock, 0, (ulong)clock.UtcTicks, 0, default, clock.Ticks);
    }

    /// <summary>Writes how much was lost so far, by reason: loss is data of the log like everything else.</summary>
    /// <returns>Whether there was room for it.</returns>
    public bool AppendLosses(IReadOnlyDictionary<string, long> losses, long ticks)
    {
        var payload = new PayloadBuilder(4096);
        foreach ((string reason, long count) in losses)
        {
            payload.Write(reason);
            payload.Write(count);
        }
        lock (_lock)
            return FrameWriter.Write(log, _shared, FrameType.Loss, 0, 0, 0, payload.Written, ticks) != 0;
    }

    public void RemoveSession(uint session)
    {
        if (ForkGuard.IsForked)
            return;
        lock (_lock)
            _sessions.Remove(session);
    }

    /// <summary>Writes all that is defined into a new segment and keeps it up to date from here on.</summary>
    public void Open(Segment segment)
    {
        lock (_lock)
        {
            List<Segment> opened = [segment];
            foreach (Definition definition in _permanent)
                Emit(definition, opened);
            foreach (Definition definition in _sessions.Values)
                Emit(definition, opened);
            _open.Add(segment);
        }
    }

    /// <summary>Forgets a segment that is no longer written to.</summary>
    public void Close(Segment segment)
    {
        lock (_lock)
        {
            _open.Remove(segment);
            segment.Definitions.Release();
            if (_shared.Segment == segment)
                _shared.Release();
        }
    }

    /// <summary>
    /// Writes a definition to segments. One that is full does without: the next one has it, and outlives it. Only what none of
    /// them has room for is a loss.
    /// </summary>
    private void Emit(in Definition definition, List<Segment> segments, Segment? except = null)
    {
        bool isWanted = false;
        bool isWritten = false;
        foreach (Segment segment in segments)
        {
            if (segment == except)
                continue;
            isWanted = true;
            isWritten |= TryEmit(segment, definition);
        }
        if (isWanted && !isWritten)
            log.Losses.Count(LossReason.NoSegmentReady);
    }

    private unsafe bool TryEmit(Segment segment, in Definition definition)
    {
        ChunkCursor cursor = segment.Definitions;
        int length = FrameTypes.PayloadOffset(definition.Type) + definition.Payload.Length;
        if (cursor.Room < length && !TryClaimChunk(segment, length))
            return false;
        FrameWriter.Write(log, cursor, definition.Type, 0, definition.Number, 0, definition.Payload);
        return true;
    }

    /// <summary>Gives a segment's definitions another chunk of that same segment.</summary>
    /// <returns><see langword="false"/> if the segment is full.</returns>
    private static bool TryClaimChunk(Segment segment, int frameBytes)
    {
        int units = LogFormat.UnitsOf(frameBytes);
        if (segment.Claim(units) is not (>= 0 and long offset))
            return false;
        segment.Definitions.Release();
        segment.OpenChunk(segment.Definitions, offset, units);
        return true;
    }
}
