using System.Text;
using AgentOps.Generators.Adapters;
using AgentOps.Generators.Calls;
using AgentOps.Generators.Declarations;
using AgentOps.Generators.Decorators;
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
            .Select(static (file, cancellation) => DeclarationWalker.Of(file.Tree, cancellation))
            .WithTrackingName(GeneratorSteps.Declarations)
            .Collect()
            .Combine(environment)
            .Select(static (pair, cancellation) => DeclarationShape.Create(pair.Left, pair.Right, cancellation))
            .WithTrackingName(GeneratorSteps.Shape);

        IncrementalValuesProvider<CallCandidates> candidates = files
            .Combine(shape.Select(static (shape, _) => new UseSearch(shape)))
            .SelectMany(static (pair, cancellation) => CallCandidates.Find(pair.Left, pair.Right, cancellation))
            .WithTrackingName(GeneratorSteps.Candidates);

        // The comparer of jobs sits on the pair of tree and compilation: on the compilation alone it would hand an old
        // compilation to a changed tree.
        IncrementalValueProvider<(DeclarationShape Shape, Compilation Compilation)> bound = shape.Combine(context.CompilationProvider);
        IncrementalValuesProvider<FileResult> bindings = candidates
            .Where(static candidates => candidates.IsBound)
            .Combine(bound)
            .Select(static (pair, _) => new CallJob(pair.Left, pair.Right.Shape, pair.Right.Compilation))
            .Select(static (job, cancellation) => job.GetResult(cancellation))
            .WithTrackingName(GeneratorSteps.Bind);
        IncrementalValuesProvider<FileResult> results = bindings.Where(static result => result.Text.Length > 0);

        IncrementalValueProvider<string> duplicates = results
            .Select(static (result, _) => result.Checksum)
            .Collect()
            .Select(static (checksums, _) => DuplicateContent.Find(checksums))
            .WithTrackingName(GeneratorSteps.Duplicates);

        context.RegisterImplementationSourceOutput(
            results.Combine(duplicates).Where(static pair => !DuplicateContent.Contains(pair.Right, pair.Left.Checksum)).Select(static (pair, _) => pair.Left),
            static (output, result) => output.AddSource(result.HintName, SourceText.From(result.Text, Encoding.UTF8)));

        IncrementalValueProvider<ReportInput> report = bindings
            .Where(static result => !result.Facts.Items.IsEmpty)
            .Combine(duplicates)
            .Select(static (pair, _) => DuplicateContent.Contains(pair.Right, pair.Left.Checksum) ? pair.Left.ToFacts().AsDuplicate() : pair.Left.ToFacts())
            .Collect()
            .Combine(shape.Select(static (shape, _) => shape.WantsReport ? shape.Environment.AssemblyName : null))
            .Select(static (pair, _) => new ReportInput(pair.Right, new EquatableArray<FileFacts>(pair.Left)))
            .WithTrackingName(GeneratorSteps.Report);

        context.RegisterImplementationSourceOutput(report, static (output, report) =>
        {
            if (report.Project is { } project)
                output.AddSource(ReportEmitter.HintName, SourceText.From(ReportEmitter.Emit(project, report.Files.Items), Encoding.UTF8));
        });

        IncrementalValuesProvider<PartResult> parts = candidates
            .Where(static candidates => candidates.Declarations.Length > 0)
            .Combine(bound)
            .Select(static (pair, _) => new PartJob(pair.Left, pair.Right.Shape, pair.Right.Compilation))
            .Select(static (job, cancellation) => job.GetResult(cancellation))
            .WithTrackingName(GeneratorSteps.Parts);

        // The user's own code uses these, so an editor needs them too.
        context.RegisterSourceOutput(parts, static (output, result) =>
        {
            if (result.Bodies.Length > 0)
                output.AddSource(result.BodiesHintName, SourceText.From(result.Bodies, Encoding.UTF8));
            if (result.Decorators.Length > 0)
                output.AddSource(result.DecoratorsHintName, SourceText.From(result.Decorators, Encoding.UTF8));
        });

        IncrementalValueProvider<bool> usesServices = bindings.Select(static (result, _) => result.AddsServices)
            .Collect()
            .Combine(parts.Select(static (result, _) => result.Decorators.Length > 0).Collect())
            .Combine(shape.Select(static (shape, _) => shape.Environment.HasServices))
            .Select(static (pair, _) => pair.Right && (pair.Left.Left.Contains(true) || pair.Left.Right.Contains(true)));
        context.RegisterSourceOutput(usesServices, static (output, uses) =>
        {
            if (uses)
                output.AddSource(ServiceRegistration.HintName, SourceText.From(ServiceRegistration.Text, Encoding.UTF8));
        });

        IncrementalValueProvider<string> adapters = results.Select(static (result, _) => result.Adapted)
            .Collect()
            .Select(static (adapted, _) => AdapterTypes.For(adapted.Aggregate(Adapted.None, static (all, one) => all | one)));
        context.RegisterImplementationSourceOutput(adapters, static (output, text) =>
        {
            if (text.Length > 0)
                output.AddSource(AdapterTypes.HintName, SourceText.From(text, Encoding.UTF8));
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
