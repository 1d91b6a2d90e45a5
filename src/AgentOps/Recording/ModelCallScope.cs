namespace AgentOps.Recording;

/// <summary>
/// A model call of a session with a budget, among those around it and inside it. It counts if it says more of what was used than all
/// calls inside it do; otherwise those count. Tokens say more than a reported cost alone, and that more than nothing. What analytics make of
/// a log in the end is kept up to date here while the calls go on.
/// </summary>
/// <param name="provider">Who serves it, as the call site says.</param>
/// <param name="model">The model that is asked.</param>
/// <param name="outer">The model call around it.</param>
/// <remarks>Not thread-safe.</remarks>
internal sealed class ModelCallScope(string? provider, string? model, ModelCallScope? outer)
{
    private bool _hasInside;
    private int _weight;
    private int _weightInside;
    private ModelCallAmounts _own;
    private ModelCallAmounts _inside;

    public string? Provider { get; } = provider;

    public string? Model { get; } = model;

    /// <summary>What counts for the call and all inside it.</summary>
    private ModelCallAmounts Counted => _weight > _weightInside ? _own : _hasInside ? _inside : new ModelCallAmounts { Unknown = 1 };

    /// <summary>Takes the call up, whose usage is unknown so far.</summary>
    /// <returns>How the total changes.</returns>
    public ModelCallAmounts Begin()
    {
        ModelCallAmounts change = Counted;
        for (ModelCallScope? around = outer; around is not null; around = around.Outer)
        {
            ModelCallAmounts before = around.Counted;
            around._hasInside = true;
            around._inside = around._inside.Plus(change);
            change = around.Counted.Minus(before);
        }
        return change;
    }

    /// <summary>Takes what the call says it used.</summary>
    /// <returns>How the total changes.</returns>
    public ModelCallAmounts Use(long? tokens, decimal? cost)
    {
        ModelCallAmounts before = Counted;
        _weight = tokens is not null ? 2 : cost is not null ? 1 : 0;
        _own = new ModelCallAmounts { Tokens = tokens ?? 0, Cost = cost ?? 0, Unknown = cost is null ? 1 : 0 };
        ModelCallAmounts change = Counted.Minus(before);
        int weight = Math.Max(_weight, _weightInside);
        for (ModelCallScope? around = outer; around is not null; around = around.Outer)
        {
            before = around.Counted;
            around._inside = around._inside.Plus(change);
            around._weightInside = Math.Max(around._weightInside, weight);
            weight = Math.Max(weight, around._weight);
            change = around.Counted.Minus(before);
        }
        return change;
    }

    private ModelCallScope? Outer => outer;
}

/// <summary>What model calls used together.</summary>
internal struct ModelCallAmounts
{
    public long Tokens { get; set; }

    public decimal Cost { get; set; }

    /// <summary>Calls of unknown cost.</summary>
    public long Unknown { get; set; }

    public readonly ModelCallAmounts Plus(in ModelCallAmounts other) =>
        new() { Tokens = Tokens + other.Tokens, Cost = Cost + other.Cost, Unknown = Unknown + other.Unknown };

    public readonly ModelCallAmounts Minus(in ModelCallAmounts other) =>
        new() { Tokens = Tokens - other.Tokens, Cost = Cost - other.Cost, Unknown = Unknown - other.Unknown };
}
