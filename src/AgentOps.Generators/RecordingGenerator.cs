using System.Text;
using AgentOps.Generators.Calls;
using AgentOps.Generators.Declarations;
using AgentOps.Generators.Report;
using AgentOps.Generators.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AgentOps.Generators;

/// <summary>
/// Finds the calls of recorded methods and emits an interceptor for each. Only the pipeline stands here: declarations decide
/// the names to look for, names decide which files are bound, and each file yields one generated file.
/// </summary>
/// <remarks>
/// An edit in a body elsewhere leaves every step cached; an edit in a file with recorded calls binds that file alone; an edit of
/// a declaration binds all files with candidates again. No <c>ForAttributeWithMetadataName</c>: it binds attributes anew on every
/// keystroke, which costs more than all of this.
/// </remarks>
[Generator(LanguageNames.CSharp)]
public sealed class RecordingGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<SourceFile> files = context.CompilationProvider
            .SelectMany(static (compilation, _) => SourceFile.AllOf(compilation))
            .WithTrackingName(GeneratorSteps.Files);

        IncrementalValueProvider<ProjectSettings> settings = context.ParseOptionsProvider
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Select(static (pair, _) => ProjectSettings.Create(pair.Left, pair.Right.GlobalOptions));

        IncrementalValueProvider<ProjectEnvironment> environment = context.CompilationProvider
            .Combine(settings)
            .Select(static (pair, _) => ProjectEnvironment.Create(pair.Left, pair.Right))
            .WithTrackingName(GeneratorSteps.Environment);

        IncrementalValueProvider<DeclarationShape> shape = files
            .Select(static (file, cancellation) => DeclarationWalker.Walk(file.Tree, cancellation))
            .WithTrackingName(GeneratorSteps.Declarations)
            .Collect()
            .Combine(environment)
            .Select(static (pair, cancellation) => DeclarationShape.Create(pair.Left, pair.Right, cancellation))
            .WithTrackingName(GeneratorSteps.Shape);

        IncrementalValuesProvider<CallCandidates> candidates = files
            .Combine(shape.Select(static (shape, _) => new SearchTerms(shape)))
            .SelectMany(static (pair, cancellation) => CallCandidates.Find(pair.Left, pair.Right, cancellation))
            .WithTrackingName(GeneratorSteps.Candidates);

        // The comparer of jobs sits on the pair of tree and compilation: on the compilation alone it would hand an old
        // compilation to a changed tree.
        IncrementalValuesProvider<FileResult> bound = candidates
            .Combine(shape.Combine(context.CompilationProvider))
            .Select(static (pair, _) => new BindJob(pair.Left, pair.Right.Left, pair.Right.Right))
            .Select(static (job, cancellation) => job.GetResult(cancellation))
            .WithTrackingName(GeneratorSteps.Bind);
        IncrementalValuesProvider<FileResult> results = bound.Where(static result => result.Text.Length > 0);

        IncrementalValueProvider<string> duplicates = results
            .Select(static (result, _) => result.Checksum)
            .Collect()
            .Select(static (checksums, _) => DuplicateContent.Find(checksums))
            .WithTrackingName(GeneratorSteps.Duplicates);

        context.RegisterImplementationSourceOutput(
            results.Combine(duplicates).Where(static pair => !DuplicateContent.Contains(pair.Right, pair.Left.Checksum)).Select(static (pair, _) => pair.Left),
            static (output, result) => output.AddSource(result.HintName, SourceText.From(result.Text, Encoding.UTF8)));

        IncrementalValueProvider<ReportInput> report = bound
            .Where(static result => !result.Facts.Items.IsEmpty)
            .Combine(duplicates)
            .Select(static (pair, _) => DuplicateContent.Contains(pair.Right, pair.Left.Checksum) ? pair.Left.ToFacts().AsDuplicate() : pair.Left.ToFacts())
            .Collect()
            .Combine(shape.Select(static (shape, _) => shape.Environment.WantsReport ? shape.Environment.AssemblyName : null))
            .Select(static (pair, _) => new ReportInput(pair.Right, new EquatableArray<FileFacts>(pair.Left)))
            .WithTrackingName(GeneratorSteps.Report);

        context.RegisterImplementationSourceOutput(report, static (output, report) =>
        {
            if (report.Project is { } project)
                output.AddSource(ReportEmitter.HintName, SourceText.From(ReportEmitter.Emit(project, report.Files.Items), Encoding.UTF8));
        });

        context.RegisterImplementationSourceOutput(
            shape.Select(static (shape, _) => shape.OwnNames),
            static (output, names) =>
            {
                if (!names.IsEmpty)
                    output.AddSource("RecordedMethods.AgentOps.g.cs", SourceText.From(Emit.ManifestEmitter.Emit(names), Encoding.UTF8));
            });
    }
}
