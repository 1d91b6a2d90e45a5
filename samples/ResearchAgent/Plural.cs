using System.Globalization;

namespace ResearchAgent;

/// <summary>Counted things.</summary>
internal static class Plural
{
    public static string Of(int count, string thing) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {thing}{(count == 1 ? "" : "s")}");
}
