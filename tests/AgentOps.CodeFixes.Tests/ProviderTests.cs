using System.Reflection;
using AgentOps.Generators;
using AgentOps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentOps.CodeFixes.Tests;

/// <summary>What editors, and the compiler, find in the assemblies.</summary>
public sealed class ProviderTests
{
    private static IEnumerable<Type> Concrete<T>() => typeof(MendProvider).Assembly.GetTypes().Where(static t => !t.IsAbstract && typeof(T).IsAssignableFrom(t));

    [Fact]
    public void Compiler_needs_no_workspaces_for_the_generator() => Assert.DoesNotContain(
        typeof(RecordingGenerator).Assembly.GetReferencedAssemblies(), static a => a.Name!.Contains("Workspaces", StringComparison.Ordinal) || a.Name.Contains("Composition", StringComparison.Ordinal));

    [Fact]
    public void Compiler_has_nothing_to_load_of_the_mends()
    {
        Assert.Empty(Concrete<DiagnosticAnalyzer>());
        Assert.Empty(Concrete<IIncrementalGenerator>());
        Assert.All(typeof(MendProvider).Assembly.GetReferencedAssemblies(), static a => Assert.DoesNotContain("Features", a.Name!, StringComparison.Ordinal));
    }

    [Fact]
    public void Mends_and_refactorings_are_exported_to_editors()
    {
        Assert.All(Concrete<CodeFixProvider>(), static t => Assert.Equal(t.Name, t.GetCustomAttribute<ExportCodeFixProviderAttribute>()?.Name));
        Assert.All(Concrete<CodeRefactoringProvider>(), static t => Assert.Equal(t.Name, t.GetCustomAttribute<ExportCodeRefactoringProviderAttribute>()?.Name));
        Assert.All(Concrete<CodeFixProvider>().Concat(Concrete<CodeRefactoringProvider>()), static t => Assert.NotNull(t.GetConstructor(Type.EmptyTypes)));
    }

    [Fact]
    public void Each_rule_is_mended_by_one_provider_that_mends_all_at_once()
    {
        CodeFixProvider[] providers = [.. Concrete<CodeFixProvider>().Select(static t => (CodeFixProvider)Activator.CreateInstance(t)!)];

        Assert.All(providers, static p => Assert.Equal(
            [FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution], p.GetFixAllProvider()!.GetSupportedFixAllScopes()));
        Assert.Equal(
            [
                RuleIds.NotAnOrdinaryMethod, RuleIds.UnsupportedSignature, RuleIds.UnnameableType, RuleIds.InaccessibleMethod, RuleIds.AsyncVoid, RuleIds.ConflictingMarks,
                RuleIds.InvalidCaptureValue, RuleIds.BodyMissing, RuleIds.MarksDisagree, RuleIds.UnknownUsage,
                RuleIds.MethodGroup, RuleIds.BaseCall, RuleIds.TypeParameterReceiver, RuleIds.Dynamic, RuleIds.ExpressionTree, RuleIds.TaskNotAwaited,
                RuleIds.SecretByName,
                RuleIds.MissingSession, RuleIds.MissingSessionHere, RuleIds.IgnoredSession, RuleIds.SessionNotEnded,
            ],
            providers.SelectMany(static p => p.FixableDiagnosticIds).Order(StringComparer.Ordinal));
    }
}
