using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AgentOps.TestSupport;

/// <summary>
/// Runs an analyzer over sources in which the expected diagnostics are marked: <c>[|text|]</c> for the rule under test,
/// <c>{|AOPS0201:text|}</c> for a rule by its id. Exactly those must be reported, at exactly those places.
/// </summary>
public static partial class AnalyzerVerifier
{
    /// <summary>Verifies one file.</summary>
    public static Task VerifyAsync<TAnalyzer>(string ruleId, string markup)
        where TAnalyzer : DiagnosticAnalyzer, new() => VerifyAsync<TAnalyzer>(ruleId, [("/project/Program.cs", markup)]);

    /// <summary>Verifies several files together.</summary>
    /// <param name="ruleId">The rule that <c>[|…|]</c> stands for.</param>
    /// <param name="files">Paths and marked-up texts.</param>
    /// <param name="properties">MSBuild properties that the analyzer sees.</param>
    /// <param name="change">Changes the compilation before it is analysed, for example its references.</param>
    /// <exception cref="InvalidOperationException">The sources do not compile, or other diagnostics are reported than marked.</exception>
    public static Task VerifyAsync<TAnalyzer>(
        string ruleId,
        (string Path, string Markup)[] files,
        IReadOnlyDictionary<string, string>? properties = null,
        Func<CSharpCompilation, CSharpCompilation>? change = null)
        where TAnalyzer : DiagnosticAnalyzer, new() => VerifyAsync([new TAnalyzer()], ruleId, files, properties, change);

    /// <summary>Verifies one file with every analyzer there is: no other rule has anything to say either.</summary>
    public static Task VerifyAllAsync(string ruleId, string markup, IReadOnlyDictionary<string, string>? properties = null) =>
        VerifyAsync(AllAnalyzers.Create(), ruleId, [("/project/Program.cs", markup)], properties);

    /// <inheritdoc cref="VerifyAsync{TAnalyzer}(string, ValueTuple{string, string}[], IReadOnlyDictionary{string, string}, Func{CSharpCompilation, CSharpCompilation})"/>
    public static async Task VerifyAsync(
        ImmutableArray<DiagnosticAnalyzer> analyzers,
        string ruleId,
        (string Path, string Markup)[] files,
        IReadOnlyDictionary<string, string>? properties = null,
        Func<CSharpCompilation, CSharpCompilation>? change = null)
    {
        var expected = new List<string>();
        var sources = new List<(string, string)>();
        foreach ((string path, string markup) in files)
        {
            (string text, List<(string Id, TextSpan Span)> marks) = Parse(markup, ruleId);
            sources.Add((path, text));
            SourceText source = SourceText.From(text);
            expected.AddRange(marks.Select(mark => Describe(mark.Id, path, source, mark.Span)));
        }
        CSharpCompilation compilation = GeneratedProgram.Compile([.. sources]);
        if (change is not null)
            compilation = change(compilation);
        // What is hidden marks what is in order; only its own tests look for it.
        ImmutableArray<Diagnostic> reported = (await AnalyzeAsync(analyzers, compilation, properties))
            .RemoveAll(d => d.Severity == DiagnosticSeverity.Hidden && d.Id != ruleId);

        string[] actual = [.. reported.Select(Describe)];
        if (!expected.Order(StringComparer.Ordinal).SequenceEqual(actual.Order(StringComparer.Ordinal)))
        {
            throw new InvalidOperationException(
                $"Expected:\n{string.Join("\n", expected)}\nReported:\n{string.Join("\n", reported.Select(d => Describe(d) + " " + d.GetMessage(System.Globalization.CultureInfo.InvariantCulture)))}");
        }
    }

    /// <summary>What the analyzer reports for sources that compile.</summary>
    /// <exception cref="InvalidOperationException">They do not compile, or the analyzer threw.</exception>
    public static Task<ImmutableArray<Diagnostic>> AnalyzeAsync<TAnalyzer>(
        CSharpCompilation compilation, IReadOnlyDictionary<string, string>? properties = null)
        where TAnalyzer : DiagnosticAnalyzer, new() => AnalyzeAsync([new TAnalyzer()], compilation, properties);

    /// <summary>What several analyzers report for sources that compile.</summary>
    /// <exception cref="InvalidOperationException">They do not compile, or an analyzer threw.</exception>
    public static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(
        ImmutableArray<DiagnosticAnalyzer> analyzers, CSharpCompilation compilation, IReadOnlyDictionary<string, string>? properties = null)
    {
        Diagnostic[] errors = [.. compilation.GetDiagnostics().Where(static d => d.Severity == DiagnosticSeverity.Error)];
        if (errors.Length > 0)
            throw new InvalidOperationException("The source does not compile:\n" + string.Join("\n", errors.AsEnumerable()));
        ImmutableArray<Diagnostic> reported = await compilation
            .WithAnalyzers(analyzers, new AnalyzerOptions([], new BuildProperties(properties ?? ImmutableDictionary<string, string>.Empty)))
            .GetAnalyzerDiagnosticsAsync();
        if (reported.FirstOrDefault(static d => d.Id == "AD0001") is { } failure)
            throw new InvalidOperationException(failure.ToString());
        return reported;
    }

    [GeneratedRegex(@"\[\||\{\|(?<id>[A-Z]+[0-9]+):|\|[\]}]")]
    private static partial Regex Marker();

    private static (string Text, List<(string Id, TextSpan Span)> Marks) Parse(string markup, string ruleId)
    {
        var text = new StringBuilder(markup.Length);
        var open = new Stack<(string Id, int Start)>();
        var marks = new List<(string, TextSpan)>();
        int position = 0;
        foreach (Match marker in Marker().Matches(markup))
        {
            text.Append(markup, position, marker.Index - position);
            position = marker.Index + marker.Length;
            if (marker.Value[0] != '|')
            {
                open.Push((marker.Groups["id"] is { Success: true } id ? id.Value : ruleId, text.Length));
            }
            else
            {
                (string id, int start) = open.Pop();
                marks.Add((id, TextSpan.FromBounds(start, text.Length)));
            }
        }
        if (open.Count > 0)
            throw new ArgumentException("A mark is opened and not closed.", nameof(markup));
        return (text.Append(markup, position, markup.Length - position).ToString(), marks);
    }

    private static string Describe(Diagnostic diagnostic) =>
        Describe(diagnostic.Id, diagnostic.Location.SourceTree!.FilePath, diagnostic.Location.SourceTree.GetText(), diagnostic.Location.SourceSpan);

    private static string Describe(string id, string path, SourceText text, TextSpan span)
    {
        LinePosition start = text.Lines.GetLinePosition(span.Start);
        return $"{path}({start.Line + 1},{start.Character + 1}): {id} at '{text.ToString(span)}'";
    }
}
