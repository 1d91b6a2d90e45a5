using AgentOps.Budgets;
using AgentOps.Log;
using AgentOps.Recording;

namespace AgentOps;

/// <summary>What a session is given at its start. Read once; later changes have no effect.</summary>
public sealed class SessionOptions
{
    private Budget? _budget;

    /// <summary>A name for people; need not be unique.</summary>
    public string? Name { get; set; }

    /// <summary>Tags to find and group sessions by. Duplicates are kept once.</summary>
    public IList<string> Tags { get; } = [];

    /// <summary>Custom metrics by name.</summary>
    public IDictionary<string, MetricValue> Metrics { get; } = new Dictionary<string, MetricValue>(StringComparer.Ordinal);

    /// <summary>Whether to record facts about the host: name, operating system, architecture, runtime, processors. Off unless asked for.</summary>
    public bool IncludeHostInfo
    {
        get => HostFacts is not null;
        set => HostFacts = value ? AgentOps.HostFacts.Write : null;
    }

    /// <summary>The distributed trace that the session is part of; none when left out. <see cref="AgentOps.TraceContext.Current"/> is the one of the current flow.</summary>
    public TraceContext? TraceContext { get; set; }

    /// <summary>What the session may use up; no limit when left out.</summary>
    public Budget? Budget
    {
        get => _budget;
        set
        {
            _budget = value;
            BudgetKeeper = value is null ? null : BudgetTracker.Start;
        }
    }

    /// <summary>Keeps the budget. Named by the setter alone, so that a program that sets none is compiled without it.</summary>
    internal Func<Session, Budget, CallBudget>? BudgetKeeper { get; private set; }

    /// <summary>Writes the facts. Named by the setter alone, so that a program that never asks is compiled without them.</summary>
    internal Action<PayloadBuilder>? HostFacts { get; private set; }
}
