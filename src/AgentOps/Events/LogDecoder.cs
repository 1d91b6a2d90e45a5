using AgentOps.Log;
using AgentOps.Recording;

namespace AgentOps.Events;

/// <summary>Turns the frames of one process's log into events: links ends to starts, calls to sites, and everything to its agent.</summary>
/// <param name="writerIsAlive">Whether the process that writes the log lives: what has no end yet may then still get one.</param>
internal sealed class LogDecoder(bool writerIsAlive)
{
    private readonly LogTables _tables = new();
    private readonly CallTable _calls = new();
    private readonly List<Frame> _others = [];
    private readonly Dictionary<long, EventKind> _manualKinds = [];
    private long _lastTicks;

    /// <summary>What the log says it lost, by reason.</summary>
    public IReadOnlyDictionary<string, long> Losses => _tables.Losses;

    /// <summary>Frames that were damaged and passed over.</summary>
    public long DamagedFrames { get; private set; }

    public void Add(SegmentReader segment)
    {
        _tables.Enter(segment.Header);
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
        _calls.Link();
        var factory = new EventFactory(_tables);
        var sessions = _tables.Sessions.Where(s => session is null || s.Value.Id == session).ToDictionary();
        var events = new List<AgentEvent>(_calls.Count + _others.Count);
        foreach (SessionDefinition definition in sessions.Values)
            events.Add(factory.CreateStart(definition));
        AddCalls(events, sessions, factory);
        HashSet<uint> ended = AddOthers(events, sessions, factory);
        if (!writerIsAlive)
        {
            foreach ((uint handle, SessionDefinition definition) in sessions)
            {
                if (!ended.Contains(handle))
                    events.Add(factory.CreateCrash(definition, _lastTicks));
            }
        }
        return EventOrder.Sort(events);
    }

    private void Add(in Frame frame, in ClockSnapshot segmentClock)
    {
        if (FrameTypes.TicksOffset(frame.Type) != 0)
            _lastTicks = Math.Max(_lastTicks, frame.Ticks);
        if (_calls.Add(frame) || _tables.Define(frame, segmentClock))
            return;
        if (frame.Type == FrameType.Manual)
            _manualKinds[frame.Position] = (EventKind)frame.UInt32At(12);
        if (frame.Type is FrameType.Error or FrameType.Manual or FrameType.SessionUpdate or FrameType.SessionEnd)
            _others.Add(frame);
    }

    private void AddCalls(List<AgentEvent> events, Dictionary<uint, SessionDefinition> sessions, EventFactory factory)
    {
        EventStatus open = writerIsAlive ? EventStatus.Incomplete : EventStatus.Interrupted;
        for (int i = 0; i < _calls.Count; i++)
        {
            Frame start = _calls.Calls[i].Start;
            if (!sessions.ContainsKey(start.UInt32At(12)) || _calls.SiteOf(start, _tables) is not { } site)
                continue;
            AgentIdentity? agent = _calls.AgentOf(i, _tables);
            events.Add(factory.CreateCall(start, _calls.Calls[i].End, _calls.Calls[i].Llm, site, agent, open));
        }
    }

    private HashSet<uint> AddOthers(List<AgentEvent> events, Dictionary<uint, SessionDefinition> sessions, EventFactory factory)
    {
        var ended = new HashSet<uint>();
        foreach (Frame frame in _others)
        {
            bool mayHaveOuter = frame.Type is FrameType.Error or FrameType.Manual;
            long outer = mayHaveOuter ? frame.Int64At(16) : 0;
            int call = _calls.IndexOf(outer);
            uint handle = frame.UInt32At(8);
            if (handle == 0 && call >= 0)
                handle = _calls.Calls[call].Start.UInt32At(12);
            if (!sessions.ContainsKey(handle))
                continue;
            if (frame.Type == FrameType.SessionEnd)
                ended.Add(handle);
            SiteDefinition? site = call >= 0 ? _calls.SiteOf(_calls.Calls[call].Start, _tables) : null;
            EventKind? kind = site?.Kind ?? (_manualKinds.TryGetValue(outer, out EventKind manual) ? manual : null);
            if (factory.CreateOther(frame, handle, call >= 0 ? _calls.AgentOf(call, _tables) : null, site, kind) is { } other)
                events.Add(other);
        }
        return ended;
    }
}
