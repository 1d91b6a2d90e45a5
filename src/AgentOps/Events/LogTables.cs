using AgentOps.Log;

namespace AgentOps.Events;

/// <summary>What the frames of one log refer to by number, and its clock. Filled while the log is read.</summary>
internal sealed class LogTables
{
    private readonly List<ClockSnapshot> _clocks = [];
    private readonly Dictionary<string, long> _losses = new(StringComparer.Ordinal);
    private bool _clocksAreSorted = true;

    public ulong LogKey { get; private set; }

    public TextTable Texts { get; } = new();

    public Dictionary<uint, SiteDefinition> Sites { get; } = [];

    public Dictionary<uint, AgentIdentity> Agents { get; } = [];

    public Dictionary<uint, SessionDefinition> Sessions { get; } = [];

    /// <summary>What the log says it lost, by reason.</summary>
    public IReadOnlyDictionary<string, long> Losses => _losses;

    public void Enter(SegmentHeader segment)
    {
        LogKey = segment.LogKey;
        AddClock(segment.Clock);
    }

    /// <summary>Takes up a frame that defines something.</summary>
    /// <returns><see langword="false"/> if it is part of an event.</returns>
    public bool Define(in Frame frame, in ClockSnapshot segmentClock)
    {
        switch (frame.Type)
        {
            case FrameType.Site: Sites.TryAdd(frame.UInt32At(8), DefinitionDecoder.DecodeSite(frame)); break;
            case FrameType.Agent: Agents.TryAdd(frame.UInt32At(8), DefinitionDecoder.DecodeAgent(frame)); break;
            case FrameType.Session: Sessions.TryAdd(frame.UInt32At(8), DefinitionDecoder.DecodeSession(frame)); break;
            case FrameType.Text: Texts.Add(frame.UInt32At(8), DefinitionDecoder.DecodeText(frame)); break;
            case FrameType.Clock: AddClock(segmentClock with { Ticks = frame.Ticks, UtcTicks = frame.Int64At(8) }); break;
            case FrameType.Loss: AddLosses(frame); break;
            default: return false;
        }
        return true;
    }

    public Guid? IdOf(long position) => position == 0 ? null : EventIds.Create(LogKey, position);

    /// <summary>The last snapshot before a moment, or the first there is.</summary>
    public ClockSnapshot ClockAt(long ticks) => _clocks[IndexBefore(ticks)];

    /// <summary>
    /// The wall time of a moment: by the snapshot before it, as its writer told time then, and never beyond the next. So times are
    /// in the order of ticks.
    /// </summary>
    public DateTimeOffset ToUtc(long ticks)
    {
        int before = IndexBefore(ticks);
        ClockSnapshot last = _clocks[before];
        DateTimeOffset utc = last.ToUtc(ticks);
        if (before + 1 == _clocks.Count || ticks < last.Ticks)
            return utc;
        DateTimeOffset next = _clocks[before + 1].ToUtc(_clocks[before + 1].Ticks);
        return utc < next ? utc : next;
    }

    private int IndexBefore(long ticks)
    {
        if (!_clocksAreSorted)
        {
            _clocks.Sort(static (a, b) => a.Ticks.CompareTo(b.Ticks));
            _clocksAreSorted = true;
        }
        int low = 0;
        for (int high = _clocks.Count; low < high;)
        {
            int middle = (low + high) >>> 1;
            if (_clocks[middle].Ticks <= ticks)
                low = middle + 1;
            else
                high = middle;
        }
        return Math.Max(0, low - 1);
    }

    private void AddClock(in ClockSnapshot clock)
    {
        _clocksAreSorted &= _clocks.Count == 0 || _clocks[^1].Ticks <= clock.Ticks;
        _clocks.Add(clock);
    }

    private void AddLosses(in Frame frame)
    {
        var reader = new PayloadReader(frame.Payload.Span, TextTable.Empty);
        while (reader.ReadString() is { } reason)
        {
            long count = reader.ReadInt64() ?? 0;
            _losses[reason] = Math.Max(_losses.GetValueOrDefault(reason), count);
        }
    }
}
