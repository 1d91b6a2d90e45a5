using System.Reflection;
using AgentOps.Generators;
using AgentOps.Generators.Diagnostics;
using AgentOps.TestSupport;
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
                RuleIds.MissingSession, RuleIds.MissingSessionHere, RuleIds.IgnoredSession, RuleIds.SessionNotEnded, RuleIds.SessionEndedTwice, RuleIds.SessionsPileUp,
            ],
            providers.SelectMany(static p => p.FixableDiagnosticIds).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Page_of_each_rule_says_what_editors_offer_or_why_they_offer_nothing()
    {
        HashSet<string> mended = [.. Concrete<CodeFixProvider>().SelectMany(static t => ((CodeFixProvider)Activator.CreateInstance(t)!).FixableDiagnosticIds)];

        Assert.All(AllAnalyzers.Rules.Select(static rule => rule.Id).Distinct(), id =>
        {
            string[] sentences = [.. File.ReadAllLines(Path.Combine(s_pages, id + ".md")).Where(static line => line.StartsWith("An editor offers", StringComparison.Ordinal))];
            Assert.Equal(!mended.Contains(id), Assert.Single(sentences).StartsWith("An editor offers nothing: ", StringComparison.Ordinal));
        });
    }

    private static readonly string s_pages = FindPages();

    private static string FindPages()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AgentOps.Generators.sln")))
                return Path.Combine(folder.FullName, "docs", "rules");
        }
        throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
