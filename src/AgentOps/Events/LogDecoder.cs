using AgentOps.Log;
using AgentOps.Recording;

namespace AgentOps.Events;

/// <summary>Turns the frames of one process's log into events: links ends to starts, calls to sites, and everything to its agent.</summary>
internal sealed class LogDecoder
{
    private readonly Dictionary<uint, SiteDefinition> _sites = [];
    private readonly Dictionary<uint, AgentIdentity> _agents = [];
    private readonly Dictionary<uint, SessionDefinition> _sessions = [];
    private readonly Dictionary<long, Frame> _calls = [];
    private readonly Dictionary<long, Frame> _ends = [];
    private readonly Dictionary<long, Frame> _usages = [];
    private readonly Dictionary<long, AgentIdentity?> _agentOf = [];
    private readonly Dictionary<long, EventKind> _manualKinds = [];
    private readonly List<Frame> _others = [];
    private readonly TextTable _texts = new();
    private readonly List<ClockSnapshot> _clocks = [];
    private readonly Dictionary<string, long> _losses = new(StringComparer.Ordinal);
    private ulong _logKey;

    /// <summary>What the log says it lost, by reason.</summary>
    public IReadOnlyDictionary<string, long> Losses => _losses;

    /// <summary>Frames that were damaged and passed over.</summary>
    public long DamagedFrames { get; private set; }

    public void Add(SegmentReader segment)
    {
        _logKey = segment.Header.LogKey;
        _clocks.Add(segment.Header.Clock);
        foreach (Chunk chunk in segment.ReadChunks())
        {
            for (int at = chunk.FirstFrame; segment.TryReadFrame(chunk, ref at, out Frame frame);)
                Add(frame, segment.Header.Clock);
        }
        DamagedFrames += segment.DamagedFrames;
    }

    /// <summary>All events, or those of one session, in the order in which they started.</summary>
    public List<AgentEvent> Decode(Guid? session)
    {
        _clocks.Sort(static (a, b) => a.Ticks.CompareTo(b.Ticks));
        var wanted = new HashSet<uint>();
        foreach ((uint handle, SessionDefinition definition) in _sessions)
        {
            if (session is null || definition.Id == session)
                wanted.Add(handle);
        }
        var events = new List<(long Ticks, AgentEvent Event)>();
        foreach (uint handle in wanted)
            events.Add((long.MinValue, StartOf(_sessions[handle])));
        // In the order of time a call comes after the one around it, so that no chain of calls is ever walked twice.
        foreach (Frame call in _calls.Values.OrderBy(static call => call.Ticks))
        {
            if (wanted.Contains(call.UInt32At(12)) && DecodeCall(call) is { } decoded)
                events.Add((call.Ticks, decoded));
        }
        foreach (Frame frame in _others)
        {
            uint handle = SessionOf(frame);
            if (wanted.Contains(handle) && DecodeOther(frame, handle) is { } decoded)
                events.Add((frame.Ticks, decoded));
        }
        return [.. events.OrderBy(static e => e.Event.Start).ThenBy(static e => e.Ticks).ThenBy(static e => e.Event.Id).Select(static e => e.Event)];
    }

    private void Add(in Frame frame, in ClockSnapshot segmentClock)
    {
        switch (frame.Type)
        {
            case FrameType.Site: _sites.TryAdd(frame.UInt32At(8), DefinitionDecoder.DecodeSite(frame)); break;
            case FrameType.Agent: _agents.TryAdd(frame.UInt32At(8), DefinitionDecoder.DecodeAgent(frame)); break;
            case FrameType.Session: _sessions.TryAdd(frame.UInt32At(8), DefinitionDecoder.DecodeSession(frame)); break;
            case FrameType.CallStart: _calls[frame.Position] = frame; break;
            case FrameType.CallEnd: _ends[frame.Int64At(8)] = frame; break;
            case FrameType.Usage: _usages[frame.Int64At(8)] = frame; break;
            case FrameType.Clock: _clocks.Add(segmentClock with { Ticks = frame.Ticks, UtcTicks = frame.Int64At(8) }); break;
            case FrameType.Text: _texts.Add(frame.UInt32At(8), DefinitionDecoder.DecodeText(frame)); break;
            case FrameType.Loss: AddLosses(frame); break;
            case FrameType.Manual:
                _manualKinds[frame.Position] = (EventKind)frame.UInt32At(12);
                _others.Add(frame);
                break;
            case FrameType.Error or FrameType.SessionUpdate or FrameType.SessionEnd: _others.Add(frame); break;
        }
    }

    private void AddLosses(in Frame frame)
    {
        var reader = new PayloadReader(frame.Payload.Span, _texts);
        while (reader.ReadString() is { } reason)
        {
            long count = reader.ReadInt64() ?? 0;
            _losses[reason] = Math.Max(_losses.GetValueOrDefault(reason), count);
        }
    }

    private ClockSnapshot ClockAt(long ticks)
    {
        int low = 0;
        for (int high = _clocks.Count; low < high;)
        {
            int middle = (low + high) >>> 1;
            if (_clocks[middle].Ticks <= ticks)
                low = middle + 1;
            else
                high = middle;
        }
        return _clocks[Math.Max(0, low - 1)];
    }

    private Guid? IdOf(long position) => position == 0 ? null : EventIds.Create(_logKey, position);

    private SessionStartEvent StartOf(SessionDefinition session) => new()
    {
        Id = EventIds.Create(_logKey, session.Position),
        SessionId = session.Id,
        Start = session.Start,
        Name = session.Name,
        IsResumed = session.Resumed,
        Tags = session.Tags,
        Metrics = session.Metrics,
        Host = session.Host,
    };

    private AgentEvent? DecodeCall(in Frame start)
    {
        long parent = start.Int64At(16);
        if (SiteOf(start) is not { } site)
            return null;
        var call = new CallDecoder(start, site, _texts);
        ClockSnapshot clock = ClockAt(start.Ticks);
        bool ended = _ends.TryGetValue(start.Position, out Frame end);
        long elapsed = ended ? end.Ticks - start.Ticks : 0;
        EventValue? returns = ended ? call.ReturnsOf(end) : null;
        EventStatus status = ended ? (EventStatus)(end.Flags & FrameFlags.OutcomeMask) : EventStatus.Incomplete;
        AgentEvent decoded = call.Create(returns, _usages.TryGetValue(start.Position, out Frame usage) ? usage : null) with
        {
            Id = EventIds.Create(_logKey, start.Position),
            SessionId = _sessions[start.UInt32At(12)].Id,
            ParentId = IdOf(parent),
            Agent = AgentAt(start.Position),
            Site = site.Site,
            Start = clock.ToUtc(start.Ticks),
            Duration = ended ? clock.ToTimeSpan(elapsed) : null,
            DurationNanoseconds = ended ? clock.ToNanoseconds(elapsed) : null,
            Status = status,
            IsTruncated = ((start.Flags | (ended ? end.Flags : 0)) & FrameFlags.Truncated) != 0,
            Params = call.Params,
            Returns = returns,
        };
        return decoded;
    }

    /// <summary>A further enumeration of a stream has no site of its own; it is a child of the call that made the stream.</summary>
    private SiteDefinition? SiteOf(in Frame start)
    {
        uint site = start.UInt32At(8);
        if (site == 0 && _calls.TryGetValue(start.Int64At(16), out Frame first))
            site = first.UInt32At(8);
        return _sites.GetValueOrDefault(site);
    }

    /// <summary>
    /// The agent of a call: the instance whose method it is, else the class whose code makes it, else whatever agent the call
    /// around it belongs to. An instance in the chain stands for its class.
    /// </summary>
    private AgentIdentity? AgentAt(long position)
    {
        if (position == 0 || !_calls.TryGetValue(position, out Frame start))
            return null;
        if (_agentOf.TryGetValue(position, out AgentIdentity? known))
            return known;
        var arguments = new PayloadReader(start.Payload.Span, _texts);
        AgentIdentity? agent;
        if (arguments.ReadAgent() is { } instance)
        {
            agent = _agents.GetValueOrDefault(instance);
        }
        else
        {
            AgentIdentity? outer = AgentAt(start.Int64At(16));
            AgentIdentity? lexical = SiteOf(start) is { Agent: > 0 } site ? _agents.GetValueOrDefault(site.Agent) : null;
            agent = lexical is null || outer?.Name == lexical.Name ? outer ?? lexical : lexical;
        }
        _agentOf[position] = agent;
        return agent;
    }

    /// <summary>The number of a frame's session; an error without one belongs to that of the call it left.</summary>
    private uint SessionOf(in Frame frame)
    {
        uint session = frame.UInt32At(8);
        return session == 0 && frame.Type == FrameType.Error && _calls.TryGetValue(frame.Int64At(16), out Frame call)
            ? call.UInt32At(12)
            : session;
    }

    private AgentEvent? DecodeOther(in Frame frame, uint handle)
    {
        Guid session = _sessions[handle].Id;
        DateTimeOffset time = ClockAt(frame.Ticks).ToUtc(frame.Ticks);
        Guid id = EventIds.Create(_logKey, frame.Position);
        var reader = new PayloadReader(frame.Payload.Span, _texts);
        bool truncated = (frame.Flags & FrameFlags.Truncated) != 0;
        switch (frame.Type)
        {
            case FrameType.Error:
                long trigger = frame.Int64At(16);
                ErrorEvent error = ManualDecoder.DecodeError(ref reader);
                return error with
                {
                    Id = id,
                    SessionId = session,
                    Start = time,
                    Duration = TimeSpan.Zero,
                    DurationNanoseconds = 0,
                    Status = EventStatus.Error,
                    ParentId = error.TriggerEventId ?? IdOf(trigger),
                    TriggerEventId = error.TriggerEventId ?? IdOf(trigger),
                    TriggerEventType = TypeAt(trigger),
                    Agent = AgentAt(trigger),
                    Site = _calls.TryGetValue(trigger, out Frame call) ? SiteOf(call)?.Site : null,
                    IsTruncated = truncated,
                };
            case FrameType.Manual:
                long parent = frame.Int64At(16);
                return ManualDecoder.DecodeRecord((EventKind)frame.UInt32At(12), frame.Payload, _texts, id, session, IdOf(parent), AgentAt(parent), truncated);
            case FrameType.SessionUpdate:
                (IReadOnlyList<string> tags, IReadOnlyDictionary<string, MetricValue> metrics) = DefinitionDecoder.DecodeFacts(ref reader);
                return new SessionUpdateEvent { Id = id, SessionId = session, Start = time, Tags = tags, Metrics = metrics };
            case FrameType.SessionEnd:
                DateTimeOffset end = reader.ReadDateTimeOffset() ?? time;
                return new SessionEndEvent
                {
                    Id = id,
                    SessionId = session,
                    Start = end,
                    EndState = (EndState)(reader.ReadInt64() ?? 0),
                    Reason = reader.ReadString(),
                };
            default:
                return null;
        }
    }

    private string? TypeAt(long position) =>
        KindAt(position) switch { EventKind.Action => "actions", EventKind.Tool => "tools", EventKind.Llm => "llms", _ => null };

    private EventKind? KindAt(long position)
    {
        if (_calls.TryGetValue(position, out Frame call))
            return SiteOf(call)?.Kind;
        return _manualKinds.TryGetValue(position, out EventKind kind) ? kind : null;
    }
}
