using System.Globalization;

namespace ResearchAgent.Terminal;

/// <summary>Amounts in US dollars, with enough digits that a cheap call does not read as a free one.</summary>
internal static class MoneyText
{
    private const decimal LeastShown = 0.000001m;

    public static string Of(decimal? usd) => usd switch
    {
        null => "unknown",
        > 0 and < LeastShown => "< $0.000001",
        >= 1 => string.Create(CultureInfo.InvariantCulture, $"${usd:N2}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"${usd:0.00####}"),
    };
}
