using AgentOps.Events;
using AgentOps.Metrics.Tallies;

namespace AgentOps.Metrics;

/// <summary>Whether a model call's usage and cost are part of sums.</summary>
internal enum CallCounting
{
    /// <summary>They are.</summary>
    Counted,

    /// <summary>They are not: model calls inside it say what was used.</summary>
    Aggregate,

    /// <summary>They are not: a call around it says what was used for all inside.</summary>
    Covered,
}

/// <summary>
/// Which model calls of a log count, so that what was used once is summed once, however many layers recorded it. A call that says more
/// than all model calls inside it, at any depth, counts for them all; otherwise what is inside counts. Tokens say more than a
/// reported cost alone, and that more than nothing.
/// </summary>
/// <remarks>Pure, in linear time, without recursion; calls that lie inside one another in a circle count once each at most.</remarks>
internal sealed class CountedCalls
{
    /// <summary>How much a call says that says its tokens.</summary>
    public const int MaxWeight = 2;

    private readonly Dictionary<Guid, CallCounting> _others = [];
    private readonly HashSet<Guid> _outer = [];
    private readonly List<UsageMismatch> _mismatches = [];

    private CountedCalls()
    {
    }

    /// <summary>Calls whose own usage is not what was counted inside them, in the order of the events.</summary>
    public IReadOnlyList<UsageMismatch> Mismatches => _mismatches;

    public static CountedCalls Of(IReadOnlyList<AgentEvent> events)
    {
        var counted = new CountedCalls();
        CallNesting nesting = CallNesting.Of(events);
        if (nesting.HasLayers)
            counted.Decide(nesting);
        return counted;
    }

    public CallCounting Of(LlmEvent call) => _others.GetValueOrDefault(call.Id);

    /// <summary>Whether no model call lies inside.</summary>
    public bool IsInnermost(LlmEvent call) => !_outer.Contains(call.Id);

    /// <summary>How much a call says of what it used: tokens, only a cost, nothing.</summary>
    public static int WeightOf(LlmEvent call) => SaneUsage.Of(call.Usage) is not null ? MaxWeight : call.ReportedCost is not null ? 1 : 0;

    private void Decide(CallNesting nesting)
    {
        IReadOnlyList<LlmEvent> calls = nesting.Calls;
        int[] weights = new int[calls.Count];
        int[] beneath = new int[calls.Count];
        for (int i = 0; i < weights.Length; i++)
            (weights[i], beneath[i]) = (WeightOf(calls[i]), -1);
        foreach (int call in nesting.InnermostFirst)
        {
            if (nesting.Outer[call] is not (>= 0 and int outer))
                continue;
            beneath[outer] = Math.Max(beneath[outer], Math.Max(weights[call], beneath[call]));
            _outer.Add(calls[outer].Id);
        }
        var decided = new CallCounting[calls.Count];
        bool[] covers = new bool[calls.Count];
        for (int i = nesting.InnermostFirst.Length - 1; i >= 0; i--)
        {
            int call = nesting.InnermostFirst[i];
            bool isCovered = nesting.Outer[call] is >= 0 and int outer && covers[outer];
            bool saysMore = weights[call] > beneath[call];
            covers[call] = isCovered || saysMore;
            decided[call] = isCovered ? CallCounting.Covered : saysMore ? CallCounting.Counted : CallCounting.Aggregate;
            if (decided[call] != CallCounting.Counted)
                _others[calls[call].Id] = decided[call];
        }
        Compare(nesting, decided);
    }

    private void Compare(CallNesting nesting, CallCounting[] decided)
    {
        var sums = new UsageSum?[decided.Length];
        foreach (int call in nesting.InnermostFirst)
        {
            if (nesting.Outer[call] is not (>= 0 and int outer))
                continue;
            if (decided[call] == CallCounting.Counted)
                (sums[outer] ??= new UsageSum()).Add(SaneUsage.Of(nesting.Calls[call].Usage));
            else if (sums[call] is { } inner)
                (sums[outer] ??= new UsageSum()).Add(inner);
        }
        for (int call = 0; call < decided.Length; call++)
        {
            LlmEvent own = nesting.Calls[call];
            if (decided[call] == CallCounting.Aggregate && sums[call] is { } sum && SaneUsage.Of(own.Usage) is { } usage && sum.DiffersFrom(usage))
                _mismatches.Add(new UsageMismatch(own.Id, own.Model, usage, sum.Tokens, sum.Unknown));
        }
    }
}
