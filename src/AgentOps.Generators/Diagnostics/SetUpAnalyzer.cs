using System.Collections.Concurrent;
using System.Collections.Immutable;
using AgentOps.Generators.Bodies;
using AgentOps.Generators.Calls;
using AgentOps.Generators.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AgentOps.Generators.Diagnostics;

/// <summary>Says once a project that none of its calls are recorded because of what it is compiled with: without the recorder, as a language too old, or with a type that hides it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SetUpAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [RuleDescriptors.RuntimeNotReferenced, RuleDescriptors.LanguageTooOld, RuleDescriptors.NamespaceHidden];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.SyntaxTrees.FirstOrDefault() is not { } first)
                return;
            var settings = ProjectSettings.Create(first.Options, start.Options.AnalyzerConfigOptionsProvider.GlobalOptions);
            if (!settings.IsSwitchedOn)
                return;
            if (!ProjectEnvironment.ReferencesRuntime(start.Compilation))
                FindCallsWithoutRuntime(start);
            else if (!settings.HasFileTypes)
                FindCallsInOldLanguage(start, settings);
            else if (HidingType(start.Compilation) is { } hiding)
                FindCallsBehind(start, settings, hiding);
        });
    }

    private static void FindCallsWithoutRuntime(CompilationStartAnalysisContext start)
    {
        var names = new RecordedNames(start.Compilation.SourceModule.ReferencedAssemblySymbols
            .Where(static assembly => assembly.Modules.Any(static m => m.ReferencedAssemblies.Any(static a => a.Name == RecordedAttributeNames.Namespace)) && assembly.GetAttributes().Any(static a => a.AttributeClass is { Name: "RecordedMethodsAttribute", ContainingNamespace.Name: "Recording" }))
            .SelectMany(assembly => MarkedMethodsIn(assembly.GlobalNamespace, start.CancellationToken)));
        if (names.IsEmpty)
            return;
        FirstUse calls = FindCalls(start, names, new RecordedNames([]));
        start.RegisterCompilationEndAction(end =>
        {
            if (calls.First is var (method, place))
                end.ReportDiagnostic(Diagnostic.Create(RuleDescriptors.RuntimeNotReferenced, place, method.ContainingAssembly.Name, method.Name));
        });
    }

    /// <summary>Names of marked methods. The assembly has a list of them, but its text cannot be read where the attribute's own class is unknown.</summary>
    private static IEnumerable<string> MarkedMethodsIn(INamespaceOrTypeSymbol container, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        foreach (ISymbol member in container.GetMembers())
        {
            if (member is IMethodSymbol method && RecordedMethod.IsMarked(method))
                yield return method.Name;
            if (member is not INamespaceOrTypeSymbol inner)
                continue;
            foreach (string name in MarkedMethodsIn(inner, cancellation))
                yield return name;
        }
    }

    /// <summary>The type of the project that has, outside of all namespaces, the name of a namespace that generated code has to name.</summary>
    private static INamedTypeSymbol? HidingType(Compilation compilation) => ((string[])[RecordedAttributeNames.Namespace, "System"])
        .SelectMany(name => compilation.Assembly.GlobalNamespace.GetTypeMembers(name, 0))
        .FirstOrDefault(static type => !type.IsFileLocal);

    private static void FindCallsBehind(CompilationStartAnalysisContext start, ProjectSettings settings, INamedTypeSymbol hiding)
    {
        DeclarationShape shape = AnalyzedProject.ShapeOf(start, settings);
        FirstUse calls = FindCalls(start, shape.AllNames, shape.Attributes);
        start.RegisterCompilationEndAction(end =>
        {
            if (calls.First is var (method, _))
                end.ReportDiagnostic(Diagnostic.Create(RuleDescriptors.NamespaceHidden, hiding.Locations[0], hiding.Name, method.Name));
        });
    }

    private static void FindCallsInOldLanguage(CompilationStartAnalysisContext start, ProjectSettings settings)
    {
        DeclarationShape shape = DeclarationShape.Create(
            [.. start.Compilation.SyntaxTrees.Select(tree => DeclarationWalker.Of(tree, start.CancellationToken))],
            ProjectEnvironment.Create(start.Compilation, settings),
            start.CancellationToken);
        FirstUse calls = FindCalls(start, shape.AllNames, shape.Attributes);
        start.RegisterSymbolAction(
            c =>
            {
                if (c.Symbol is IMethodSymbol method && RecordedBody.RecordsItself(method))
                    calls.Add(method, method.Locations[0]);
            },
            SymbolKind.Method);
        string version = ((CSharpParseOptions)start.Compilation.SyntaxTrees.First().Options).LanguageVersion.ToDisplayString();
        start.RegisterCompilationEndAction(end =>
        {
            if (calls.First is var (_, place))
                end.ReportDiagnostic(Diagnostic.Create(RuleDescriptors.LanguageTooOld, place, version));
        });
    }

    private static FirstUse FindCalls(CompilationStartAnalysisContext start, RecordedNames names, RecordedNames attributes)
    {
        var calls = new FirstUse();
        var operations = new RecordedOperations(names, attributes);
        operations.On(
            c =>
            {
                if (CallUses.OfInvocation((IInvocationOperation)c.Operation, c.CancellationToken) is { Method: { } method, Outcome: not (RefusalReason.OptedOut or RefusalReason.Unsound) } use)
                    calls.Add(method, use.Place.GetLocation());
            },
            OperationKind.Invocation);
        operations.Register(start);
        return calls;
    }

    /// <summary>Remembers the use that comes first in the order of files and lines, whichever is found first.</summary>
    private sealed class FirstUse
    {
        private readonly ConcurrentBag<(IMethodSymbol Method, Location Place)> _all = [];

        public (IMethodSymbol Method, Location Place)? First => _all.IsEmpty
            ? null
            : _all.OrderBy(static use => use.Place.SourceTree!.FilePath, StringComparer.Ordinal).ThenBy(static use => use.Place.SourceSpan.Start).First();

        public void Add(IMethodSymbol method, Location place) => _all.Add((method, place));
    }
}
