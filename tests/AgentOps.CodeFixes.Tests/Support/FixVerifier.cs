using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentOps.CodeFixes.Tests.Support;

/// <summary>Has code mended whose diagnostics come from the analyzer itself, and makes sure that what comes out compiles.</summary>
/// <typeparam name="TAnalyzer">Reports.</typeparam>
/// <typeparam name="TFix">Mends.</typeparam>
internal static class FixVerifier<TAnalyzer, TFix>
    where TAnalyzer : DiagnosticAnalyzer, new()
    where TFix : CodeFixProvider, new()
{
    private const string File = "/project/Program.cs";

    /// <summary>A program after its first diagnostic is mended.</summary>
    public static async Task<string> MendAsync(string ruleId, string source, string? key = null) =>
        (await MendAsync(ruleId, [(File, source)], key)).Single();

    /// <summary>Files after the first diagnostic in them is mended.</summary>
    public static async Task<string[]> MendAsync(string ruleId, (string Path, string Text)[] files, string? key = null)
    {
        using EditedSolution edited = EditedSolution.Of(files);
        await AssertCompilesAsync(edited.Solution);
        Diagnostic diagnostic = await FirstAsync(edited, ruleId);
        CodeAction action = Assert.Single(await edited.OfferedAsync<TFix>(diagnostic), a => a.EquivalenceKey == (key ?? ruleId));
        return await TextsAsync(edited, await EditedSolution.ChangedAsync(action), files);
    }

    /// <summary>The titles of what is offered for the first diagnostic.</summary>
    public static async Task<string[]> OfferedAsync(string ruleId, params (string Path, string Text)[] files)
    {
        using EditedSolution edited = EditedSolution.Of(files);
        await AssertCompilesAsync(edited.Solution);
        return [.. (await edited.OfferedAsync<TFix>(await FirstAsync(edited, ruleId))).Select(static a => a.Title)];
    }

    /// <inheritdoc cref="OfferedAsync(string, ValueTuple{string, string}[])"/>
    public static Task<string[]> OfferedAsync(string ruleId, string source) => OfferedAsync(ruleId, (File, source));

    /// <summary>A program with everything mended.</summary>
    public static async Task<string> MendAllAsync(string ruleId, string source, string? key = null)
    {
        using EditedSolution edited = EditedSolution.Of((File, source));
        return (await TextsAsync(edited, await MendAllAsync(edited, ruleId, FixAllScope.Document, key), [(File, source)])).Single();
    }

    /// <summary>A solution with everything mended that the scope of its first diagnostic has.</summary>
    public static async Task<Solution> MendAllAsync(EditedSolution edited, string ruleId, FixAllScope scope, string? key = null)
    {
        await AssertCompilesAsync(edited.Solution);
        Solution changed = await ChangeAllAsync(edited, ruleId, scope, key);
        await AssertCompilesAsync(changed);
        return changed;
    }

    /// <summary>The same of code that does not compile as it is, because a part of it is generated.</summary>
    public static async Task<Solution> ChangeAllAsync(EditedSolution edited, string ruleId, FixAllScope scope, string? key = null)
    {
        Diagnostic first = await FirstAsync(edited, ruleId);
        var fix = new TFix();
        var context = new FixAllContext(
            edited.Solution.GetDocument(first.Location.SourceTree)!, fix, scope, key ?? ruleId, [ruleId], new Reported(ruleId), TestContext.Current.CancellationToken);
        CodeAction? action = await fix.GetFixAllProvider()!.GetFixAsync(context);
        Assert.NotNull(action);
        return await EditedSolution.ChangedAsync(action);
    }

    /// <summary>
    /// How many of three files are mended at all places by what mends a document, a project or a solution: two in one project, one in
    /// another. They are the same but for a name.
    /// </summary>
    /// <param name="ruleId">The rule.</param>
    /// <param name="scope">What is mended.</param>
    /// <param name="file">A file, in which NAME stands for its name.</param>
    /// <param name="key">The key of the mend.</param>
    public static async Task<int> FilesMendedAsync(string ruleId, FixAllScope scope, string file, string? key = null)
    {
        using EditedSolution edited = EditedSolution
            .Of(("/a/One.cs", file.Replace("NAME", "One", StringComparison.Ordinal)), ("/a/Two.cs", file.Replace("NAME", "Two", StringComparison.Ordinal)))
            .With("Other", ("/b/Three.cs", file.Replace("NAME", "Three", StringComparison.Ordinal)));
        Solution changed = await MendAllAsync(edited, ruleId, scope, key);
        var left = new List<Diagnostic>();
        foreach (Project project in changed.Projects)
            left.AddRange(await EditedSolution.DiagnosticsAsync<TAnalyzer>(project, ruleId));
        return new[] { "/a/One.cs", "/a/Two.cs", "/b/Three.cs" }.Count(path => left.TrueForAll(d => d.Location.SourceTree!.FilePath != path));
    }

    private static async Task<Diagnostic> FirstAsync(EditedSolution edited, string ruleId)
    {
        foreach (Project project in edited.Solution.Projects)
        {
            if (await EditedSolution.DiagnosticsAsync<TAnalyzer>(project, ruleId) is { Length: > 0 } found)
                return found[0];
        }
        throw new InvalidOperationException($"{ruleId} is not reported.");
    }

    private static async Task<string[]> TextsAsync(EditedSolution edited, Solution changed, (string Path, string Text)[] files)
    {
        await AssertCompilesAsync(changed);
        return await Task.WhenAll(files.Select(file => edited.TextAsync(changed, Path.GetFileName(file.Path))));
    }

    private static async Task AssertCompilesAsync(Solution solution)
    {
        foreach (Project project in solution.Projects)
        {
            Compilation compilation = (await project.GetCompilationAsync())!;
            Diagnostic[] errors = [.. compilation.GetDiagnostics().Where(static d => d.Severity == DiagnosticSeverity.Error)];
            if (errors.Length > 0)
                throw new InvalidOperationException(string.Join("\n", errors.AsEnumerable()) + "\n\n" + string.Join("\n\n", compilation.SyntaxTrees));
        }
    }

    private sealed class Reported(string ruleId) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            await EditedSolution.DiagnosticsAsync<TAnalyzer>(project, ruleId);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
        {
            SyntaxTree? tree = await document.GetSyntaxTreeAsync(cancellationToken);
            return (await EditedSolution.DiagnosticsAsync<TAnalyzer>(document.Project, ruleId)).Where(d => d.Location.SourceTree == tree);
        }

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
