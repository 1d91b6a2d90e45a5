using System.Globalization;
using System.Text.RegularExpressions;
using ResearchAgent.Documents;

namespace ResearchAgent.Agent;

/// <summary>A place that an answer names.</summary>
internal sealed partial record Citation(string File, int Line)
{
    /// <summary>The places that a text names and the library has, each once. What a model made up is not among them.</summary>
    public static IReadOnlyList<Citation> FindIn(string answer, DocumentLibrary library) =>
    [
        .. Place().Matches(answer)
            .Select(match => new Citation(match.Groups["file"].Value, LineOf(match)))
            .Where(place => library.Find(place.File) is { } document && place.Line >= 1 && place.Line <= document.Lines.Count)
            .Distinct(),
    ];

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}");

    private static int LineOf(Match match) =>
        int.TryParse(match.Groups["line"].ValueSpan, CultureInfo.InvariantCulture, out int line) ? line : 0;

    [GeneratedRegex(@"(?<file>[^\s:()\[\]{}<>""'`*,;]+):(?<line>\d+)")]
    private static partial Regex Place();
}
