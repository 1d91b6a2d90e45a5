using AgentOps.Log;

namespace AgentOps.Events;

/// <summary>The calls of one log: starts linked to their ends, whichever is read first.</summary>
internal sealed class CallTable
{
    private readonly Dictionary<long, int> _indexes = [];
    private readonly List<Call> _calls = [];
    private readonly Dictionary<long, Frame> _earlyEnds = [];
    private readonly Dictionary<long, Frame> _llms = [];

    /// <summary>A call. Frames without bytes are missing.</summary>
    public struct Call
    {
        public Frame Start;
        public Frame End;
        public Frame Llm;
        public AgentIdentity? Agent;
        public bool HasAgent;
    }

    public int Count => _calls.Count;

    public Span<Call> Calls => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_calls);

    /// <summary>Takes up a frame of a call.</summary>
    /// <returns><see langword="false"/> if it is none.</returns>
    public bool Add(in Frame frame)
    {
        switch (frame.Type)
        {
            case FrameType.CallStart:
                _indexes[frame.Position] = _calls.Count;
                _calls.Add(new Call { Start = frame });
                break;
            case FrameType.CallEnd:
                if (_indexes.TryGetValue(frame.Int64At(8), out int ended))
                    Calls[ended].End = frame;
                else
                    _earlyEnds[frame.Int64At(8)] = frame;
                break;
            case FrameType.Llm:
                _llms[frame.Int64At(8)] = frame;
                break;
            default:
                return false;
        }
        return true;
    }

    /// <summary>Links what came before its start.</summary>
    public void Link()
    {
        foreach ((long span, Frame end) in _earlyEnds)
        {
            if (_indexes.TryGetValue(span, out int ended))
                Calls[ended].End = end;
        }
        foreach ((long span, Frame llm) in _llms)
        {
            if (_indexes.TryGetValue(span, out int asked))
                Calls[asked].Llm = llm;
        }
        _earlyEnds.Clear();
        _llms.Clear();
    }

    /// <summary>Where a call stands in <see cref="Calls"/>; -1 if the log does not have it, or not any more.</summary>
    public int IndexOf(long span) => span != 0 && _indexes.TryGetValue(span, out int index) ? index : -1;

    /// <summary>A further enumeration of a stream has no site of its own; it is a child of the call that made the stream.</summary>
    public SiteDefinition? SiteOf(in Frame start, LogTables tables)
    {
        uint site = start.UInt32At(8);
        if (site == 0 && IndexOf(start.Int64At(16)) is >= 0 and int first)
            site = Calls[first].Start.UInt32At(8);
        return tables.Sites.GetValueOrDefault(site);
    }

    /// <summary>
    /// The agent of a call: the instance whose method it is, else the class whose code makes it, else whatever agent the call
    /// around it belongs to. An instance in the chain stands for its class.
    /// </summary>
    public AgentIdentity? AgentOf(int index, LogTables tables)
    {
        // A chain as long as a recursion is deep: walked up first, then resolved on the way back.
        var open = new Stack<int>();
        for (int at = index; at >= 0 && !Calls[at].HasAgent; at = IndexOf(Calls[at].Start.Int64At(16)))
        {
            Calls[at].HasAgent = true;
            open.Push(at);
        }
        while (open.TryPop(out int call))
            Calls[call].Agent = Resolve(Calls[call].Start, tables);
        return Calls[index].Agent;
    }

    private AgentIdentity? Resolve(in Frame start, LogTables tables)
    {
        if (new PayloadReader(start.Payload.Span, tables.Texts).ReadAgent() is { } instance)
            return tables.Agents.GetValueOrDefault(instance);
        AgentIdentity? outer = IndexOf(start.Int64At(16)) is >= 0 and int parent ? Calls[parent].Agent : null;
        AgentIdentity? lexical = SiteOf(start, tables) is { Agent: > 0 } site ? tables.Agents.GetValueOrDefault(site.Agent) : null;
        return AgentOf(lexical, outer);
    }

    /// <summary>The agent of a call that no instance makes: the class whose code it is, unless that is whom the call around it belongs to.</summary>
    public static AgentIdentity? AgentOf(AgentIdentity? lexical, AgentIdentity? outer) =>
        lexical is null || outer?.Name == lexical.Name ? outer ?? lexical : lexical;
}
