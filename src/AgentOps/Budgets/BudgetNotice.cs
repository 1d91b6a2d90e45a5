using System.Globalization;

namespace AgentOps;

/// <summary>Says that a session comes near a limit of its budget, or has reached it.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Limit">Which limit.</param>
/// <param name="Used">How much is used: USD, tokens, seconds, calls or errors, as the limit says.</param>
/// <param name="Max">How much there is.</param>
/// <param name="IsExceeded">Whether the limit is reached; otherwise this is the warning before it.</param>
/// <param name="Tool">The tool that is called over and over; <see langword="null"/> for other limits.</param>
public sealed record BudgetNotice(Guid SessionId, BudgetLimit Limit, decimal Used, decimal Max, bool IsExceeded, string? Tool = null)
{
    /// <summary>For people: <c>The session has used 4.10 of 5.00 USD.</c></summary>
    public string Message => Limit switch
    {
        BudgetLimit.Cost => Text($"The session has used {Used:0.00####} of {Max:0.00####} USD."),
        BudgetLimit.Tokens => Text($"The session has used {Used:0} of {Max:0} tokens."),
        BudgetLimit.Duration => Text($"The session has lasted {Used:0.###} of {Max:0.###} seconds."),
        BudgetLimit.Calls => Text($"The session has made {Used:0} calls; it may make {Max:0}."),
        BudgetLimit.Errors => Text($"The session has met {Used:0} errors; {Max:0} are enough."),
        _ => Text($"The tool '{Tool}' was called {Used:0} times with the same arguments; it may be {Max:0} times."),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What a session with a budget has used so far.</summary>
/// <param name="Cost">USD, of the model calls whose cost is known. Zero where no cost is limited: nothing is priced then.</param>
/// <param name="CallsOfUnknownCost">Model calls that are not in <paramref name="Cost"/>, those under way among them.</param>
/// <param name="Tokens">Input and output tokens, of the model calls that say them; a call around others that say theirs is not counted again.</param>
/// <param name="Duration">Since the session's start.</param>
/// <param name="Calls">Recorded calls and records by hand.</param>
/// <param name="Errors">Errors.</param>
/// <param name="Reached">The limits that are reached, in the order in which they were.</param>
public sealed record BudgetUsage(
    decimal Cost, long CallsOfUnknownCost, long Tokens, TimeSpan Duration, long Calls, long Errors, IReadOnlyList<BudgetLimit> Reached);

/// <summary>Thrown in place of a recorded call by a session whose budget is used up, if its owner chose <see cref="BudgetAction.Stop"/>.</summary>
public sealed class BudgetExceededException : Exception
{
    /// <summary>For the limit that a notice says was reached.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="notice"/> is <see langword="null"/>.</exception>
    public BudgetExceededException(BudgetNotice notice)
        : base(MessageOf(notice))
    {
        Notice = notice;
    }

    /// <summary>The limit and how much was used when it was reached.</summary>
    public BudgetNotice Notice { get; }

    private static string MessageOf(BudgetNotice notice)
    {
        ArgumentNullException.ThrowIfNull(notice);
        return $"The budget of session {notice.SessionId} is used up, so the call was not made. {notice.Message} "
            + $"Raise Budget.Max{notice.Limit}, or choose BudgetAction.Cancel to let calls go on.";
    }
}
