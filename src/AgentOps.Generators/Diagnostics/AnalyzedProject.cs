using AgentOps.Generators.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentOps.Generators.Diagnostics;

/// <summary>How every analyzer here begins.</summary>
internal static class AnalyzedProject
{
    /// <summary>Has a project looked at that references the recorder, and leaves out all others.</summary>
    /// <param name="context">The analyzer's context.</param>
    /// <param name="begin">Registers what is to be done in the project.</param>
    public static void Analyze(AnalysisContext context, Action<CompilationStartAnalysisContext, ProjectSettings> begin) =>
        context.RegisterCompilationStartAction(start =>
        {
            if (ProjectEnvironment.ReferencesRuntime(start.Compilation) && start.Compilation.SyntaxTrees.FirstOrDefault() is { } first)
                begin(start, ProjectSettings.Create(first.Options, start.Options.AnalyzerConfigOptionsProvider.GlobalOptions));
        });
}
