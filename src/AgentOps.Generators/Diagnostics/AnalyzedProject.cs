using System.Runtime.CompilerServices;
using AgentOps.Generators.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentOps.Generators.Diagnostics;

/// <summary>How every analyzer here begins.</summary>
internal static class AnalyzedProject
{
    private static readonly ConditionalWeakTable<Compilation, DeclarationShape> s_shapes = new();

    /// <summary>Has a project looked at that references the recorder, and leaves out all others.</summary>
    /// <param name="context">The analyzer's context.</param>
    /// <param name="begin">Registers what is to be done in the project.</param>
    public static void Analyze(AnalysisContext context, Action<CompilationStartAnalysisContext, ProjectSettings> begin) =>
        context.RegisterCompilationStartAction(start =>
        {
            if (ProjectEnvironment.ReferencesRuntime(start.Compilation) && start.Compilation.SyntaxTrees.FirstOrDefault() is { } first)
                begin(start, ProjectSettings.Create(first.Options, start.Options.AnalyzerConfigOptionsProvider.GlobalOptions));
        });

    /// <summary>
    /// What the generator knows before it binds anything. The analyzers of one compilation share it.
    /// </summary>
#pragma warning disable RS1012 // The analyzer that asks registers the actions.
    public static DeclarationShape ShapeOf(CompilationStartAnalysisContext start, ProjectSettings settings)
#pragma warning restore RS1012
    {
        if (s_shapes.TryGetValue(start.Compilation, out DeclarationShape? shared) && shared.Environment.HasSettings(settings))
            return shared;
        ProjectEnvironment environment = ProjectEnvironment.Create(start.Compilation, settings);
        DeclarationShape made = DeclarationShape.Create(
            [.. start.Compilation.SyntaxTrees.Select(tree => DeclarationWalker.Of(tree, start.CancellationToken))], environment, start.CancellationToken);
        return shared is null ? s_shapes.GetValue(start.Compilation, _ => made) : made;
    }
}
