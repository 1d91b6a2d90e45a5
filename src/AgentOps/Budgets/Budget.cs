using AgentOps.Pricing;

namespace AgentOps;

/// <summary>What a budget does once a limit is reached. A notice comes in any case: an event of the session and <see cref="Budget.OnNotice"/>.</summary>
public enum BudgetAction
{
    /// <summary><see cref="Session.CancellationToken"/> is cancelled.</summary>
    Cancel = 0,

    /// <summary>As <see cref="Cancel"/>, and every later recorded call of the session throws <see cref="BudgetExceededException"/> instead of being made.</summary>
    Stop = 1,

    /// <summary>Nothing more.</summary>
    Report = 2,
}

/// <summary>What a budget limits.</summary>
public enum BudgetLimit
{
    /// <summary>USD, see <see cref="Budget.MaxCost"/>.</summary>
    Cost = 0,

    /// <summary>Input and output tokens, see <see cref="Budget.MaxTokens"/>.</summary>
    Tokens = 1,

    /// <summary>Seconds since the session's start, see <see cref="Budget.MaxDuration"/>.</summary>
    Duration = 2,

    /// <summary>Recorded calls and records by hand, see <see cref="Budget.MaxCalls"/>.</summary>
    Calls = 3,

    /// <summary>Errors, see <see cref="Budget.MaxErrors"/>.</summary>
    Errors = 4,

    /// <summary>Calls of one tool with the same arguments, see <see cref="Budget.MaxRepeats"/>.</summary>
    Repeats = 5,
}

/// <summary>
/// What a session may use up, and what happens when it has. Given in <see cref="SessionOptions.Budget"/>; read once, when the session
/// starts. A limit that is left out does not hold.
/// </summary>
public sealed class Budget
{
    private decimal? _maxCost;
    private long? _maxTokens;
    private TimeSpan? _maxDuration;
    private long? _maxCalls;
    private long? _maxErrors;
    private int? _maxRepeats;
    private double _warnAt = 0.8;
    private BudgetAction _atLimit;
    private TimeProvider _timeProvider = TimeProvider.System;

    /// <summary>
    /// The most that model calls may cost together, in USD; more than 0. Reached once what is known adds up to it: calls of unknown cost
    /// are not in the sum, see <see cref="BudgetUsage.CallsOfUnknownCost"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not more than 0.</exception>
    public decimal? MaxCost
    {
        get => _maxCost;
        set => _maxCost = value is null or > 0 ? value : throw NotPositive(nameof(MaxCost), value);
    }

    /// <summary>The most tokens, input and output, that model calls may use together; more than 0. Reached once what is known adds up to it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not more than 0.</exception>
    public long? MaxTokens
    {
        get => _maxTokens;
        set => _maxTokens = value is null or > 0 ? value : throw NotPositive(nameof(MaxTokens), value);
    }

    /// <summary>How long the session may last; more than 0 and at most 24 days.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside the range.</exception>
    public TimeSpan? MaxDuration
    {
        get => _maxDuration;
        set => _maxDuration = value is null || (value > TimeSpan.Zero && value <= TimeSpan.FromDays(24))
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxDuration), value, "MaxDuration is more than 0 and at most 24 days; leave it out for no limit.");
    }

    /// <summary>The most calls that are made, records by hand among them; more than 0. Reached by the call after the last that is allowed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not more than 0.</exception>
    public long? MaxCalls
    {
        get => _maxCalls;
        set => _maxCalls = value is null or > 0 ? value : throw NotPositive(nameof(MaxCalls), value);
    }

    /// <summary>The number of errors at which it is enough; more than 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not more than 0.</exception>
    public long? MaxErrors
    {
        get => _maxErrors;
        set => _maxErrors = value is null or > 0 ? value : throw NotPositive(nameof(MaxErrors), value);
    }

    /// <summary>
    /// How often one tool may be called with the same arguments; more than 0. Reached by the call after the last that is allowed: an agent
    /// that goes round in circles is found by this. Arguments are compared as they are recorded, so those that are kept out of the record, or cut
    /// off, do not tell calls apart, and a tool whose arguments are not captured at all is not watched; at least the latest 32,768 different calls are remembered.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not more than 0.</exception>
    public int? MaxRepeats
    {
        get => _maxRepeats;
        set => _maxRepeats = value is null or > 0 ? value : throw NotPositive(nameof(MaxRepeats), value);
    }

    /// <summary>The share of each limit at which a warning comes, once; more than 0 and at most 1, which is no warning; 0.8 when left out.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside the range.</exception>
    public double WarnAt
    {
        get => _warnAt;
        set => _warnAt = value is > 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(WarnAt), value, "WarnAt is a share of the limits, more than 0 and at most 1; 0.8 warns at 80 %, 1 never.");
    }

    /// <summary>What happens once a limit is reached; <see cref="BudgetAction.Cancel"/> when left out.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration's.</exception>
    public BudgetAction AtLimit
    {
        get => _atLimit;
        set => _atLimit = value is BudgetAction.Cancel or BudgetAction.Stop or BudgetAction.Report
            ? value
            : throw new ArgumentOutOfRangeException(nameof(AtLimit), value, "AtLimit is Cancel, Stop or Report.");
    }

    /// <summary>
    /// Told of every warning and of every limit that is reached, once each, on the thread that reached it; what it throws is counted in
    /// <see cref="RecorderHealth"/> and goes no further.
    /// </summary>
    public Action<BudgetNotice>? OnNotice { get; set; }

    /// <summary>What calls are priced with; <see cref="PriceTable.Default"/> when left out. Of no use without <see cref="MaxCost"/>.</summary>
    public PriceTable? Prices { get; set; }

    /// <summary>The clock of <see cref="MaxDuration"/>.</summary>
    /// <exception cref="ArgumentNullException">The value is <see langword="null"/>.</exception>
    public TimeProvider TimeProvider
    {
        get => _timeProvider;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _timeProvider = value;
        }
    }

    internal Budget Copy() => (Budget)MemberwiseClone();

    private static ArgumentOutOfRangeException NotPositive<T>(string name, T value) =>
        new(name, value, $"{name} is more than 0; leave it out for no limit.");
}
