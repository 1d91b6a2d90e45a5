using System.Collections.Immutable;
using AgentOps.TestSupport;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentOps.CodeFixes.Tests.Support;

/// <summary>Projects as an editor has them open.</summary>
internal sealed class EditedSolution : IDisposable
{
    private readonly AdhocWorkspace _workspace = new();

    public Solution Solution { get; private set; }

    private EditedSolution() => Solution = _workspace.CurrentSolution;

    /// <summary>One project.</summary>
    public static EditedSolution Of(params (string Path, string Text)[] files) => new EditedSolution().With("App", files);

    /// <summary>One project that is a program.</summary>
    public static EditedSolution Program(params (string Path, string Text)[] files)
    {
        EditedSolution edited = Of(files);
        Project project = edited.Solution.Projects.Single();
        edited.Solution = project.WithCompilationOptions(project.CompilationOptions!.WithOutputKind(OutputKind.ConsoleApplication)).Solution;
        return edited;
    }

    /// <summary>One project whose files import what they need.</summary>
    public static EditedSolution WithoutUsings(params (string Path, string Text)[] files)
    {
        EditedSolution edited = Of(files);
        edited.Solution = edited.Solution.RemoveDocument(edited.Document("Usings.cs").Id);
        return edited;
    }

    /// <summary>One project that references nothing but what is given.</summary>
    public static EditedSolution On(IEnumerable<MetadataReference> references, params (string Path, string Text)[] files)
    {
        EditedSolution edited = Of(files);
        Project project = edited.Solution.Projects.Single();
        edited.Solution = project.WithMetadataReferences(references).RemoveDocument(project.Documents.Single(static d => d.Name == "Usings.cs").Id).Solution;
        return edited;
    }

    /// <summary>Adds a project.</summary>
    public EditedSolution With(string name, params (string Path, string Text)[] files) => Add(name, [], files);

    /// <summary>Adds a project that references those that are there.</summary>
    public EditedSolution Referencing(string name, params (string Path, string Text)[] files) => Add(name, Solution.ProjectIds, files);

    private EditedSolution Add(string name, IEnumerable<ProjectId> referenced, (string Path, string Text)[] files)
    {
        CSharpCompilation compilation = GeneratedProgram.Compile(files);
        ProjectId id = ProjectId.CreateNewId(name);
        Solution = Solution
            .AddProject(ProjectInfo.Create(
                id, VersionStamp.Default, name, name, LanguageNames.CSharp,
                compilationOptions: compilation.Options, parseOptions: GeneratedProgram.ParseOptions, metadataReferences: compilation.References,
                projectReferences: referenced.Select(static other => new ProjectReference(other))));
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
            Solution = Solution.AddDocument(DocumentId.CreateNewId(id), Path.GetFileName(tree.FilePath), tree.GetText(), filePath: tree.FilePath);
        return this;
    }

    public Document Document(string fileName) => Solution.Projects.SelectMany(static p => p.Documents).Single(d => d.Name == fileName);

    /// <summary>The text of a file after a change.</summary>
    public async Task<string> TextAsync(Solution changed, string fileName) => (await changed.GetDocument(Document(fileName).Id)!.GetTextAsync()).ToString();

    /// <summary>What an analyzer reports under an id in a project, in the order of files and places.</summary>
    public static async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync<TAnalyzer>(Project project, string ruleId)
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        Compilation compilation = (await project.GetCompilationAsync())!;
        ImmutableArray<Diagnostic> reported = await compilation
            .WithAnalyzers([new TAnalyzer()], new AnalyzerOptions([], new BuildProperties(ImmutableDictionary<string, string>.Empty)))
            .GetAnalyzerDiagnosticsAsync();
        if (reported.FirstOrDefault(static d => d.Id == "AD0001") is { } failure)
            throw new InvalidOperationException(failure.ToString());
        return
        [
            .. reported.Where(d => d.Id == ruleId && d.Location.IsInSource)
                .OrderBy(static d => d.Location.SourceTree!.FilePath, StringComparer.Ordinal).ThenBy(static d => d.Location.SourceSpan.Start),
        ];
    }

    /// <summary>What is offered for a diagnostic.</summary>
    public async Task<ImmutableArray<CodeAction>> OfferedAsync<TFix>(Diagnostic diagnostic)
        where TFix : CodeFixProvider, new()
    {
        ImmutableArray<CodeAction>.Builder actions = ImmutableArray.CreateBuilder<CodeAction>();
        Document document = Solution.GetDocument(diagnostic.Location.SourceTree)!;
        await new TFix().RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), TestContext.Current.CancellationToken));
        return actions.ToImmutable();
    }

    /// <summary>The solution that an action makes.</summary>
    public static async Task<Solution> ChangedAsync(CodeAction action) =>
        (await action.GetOperationsAsync(TestContext.Current.CancellationToken)).OfType<ApplyChangesOperation>().Single().ChangedSolution;

    public void Dispose() => _workspace.Dispose();
}
