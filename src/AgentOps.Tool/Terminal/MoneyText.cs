using System.Globalization;
using AgentOps.Metrics;

namespace AgentOps.Tool.Terminal;

/// <summary>Amounts in US dollars, with enough digits that a cheap call does not read as a free one. Unknown is never zero.</summary>
internal static class MoneyText
{
    public const string Unknown = "?";

    private const decimal LeastShown = 0.000001m;

    public static string Of(decimal? usd) => usd switch
    {
        null => Unknown,
        > 0 and < LeastShown => "<$0.000001",
        >= 1 => string.Create(CultureInfo.InvariantCulture, $"${usd:N2}"),
        >= 0.01m => string.Create(CultureInfo.InvariantCulture, $"${usd:0.00##}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"${usd:0.00####}"),
    };

    /// <summary>A sum; a plus says that there is more whose cost is unknown.</summary>
    public static string Of(CostTotal cost) =>
        cost.KnownCalls + cost.UnknownCalls == 0 ? "" : Of(cost.Known) + (cost is { Known: not null, UnknownCalls: > 0 } ? "+" : "");
}
