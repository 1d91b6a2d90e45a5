namespace AgentOps.Server.Filters;

/// <summary>A filter: what the language says, without a word of how it is looked up.</summary>
public abstract record FilterNode;

/// <summary>All of them hold.</summary>
public sealed record AllOf(IReadOnlyList<FilterNode> Parts) : FilterNode;

/// <summary>One of them holds, or several.</summary>
public sealed record AnyOf(IReadOnlyList<FilterNode> Parts) : FilterNode;

/// <summary>It does not hold.</summary>
public sealed record NoneOf(FilterNode Part) : FilterNode;

public enum FilterOperator
{
    Is,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// <summary>One condition.</summary>
/// <param name="Field">What is looked at; its name is empty for a word that may stand anywhere.</param>
/// <param name="Operator">How it is compared.</param>
/// <param name="Value">With what, as it was written.</param>
public sealed record FilterTerm(FilterField Field, FilterOperator Operator, string Value) : FilterNode
{
    /// <summary>The name of the custom metric, where the field is one.</summary>
    public string? Metric { get; init; }

    /// <summary>The value as a number: nanoseconds, billionths of a dollar, or a count.</summary>
    public long Number { get; init; }
}
