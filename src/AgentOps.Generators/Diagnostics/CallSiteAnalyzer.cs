using System.Collections.Concurrent;
using System.Collections.Immutable;
using AgentOps.Generators.Calls;
using AgentOps.Generators.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AgentOps.Generators.Diagnostics;

/// <summary>Says of every reference to a recorded method that is not recorded why it is not, and what to do. Decides with the generator's own classifier.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CallSiteAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        RuleDescriptors.NotAnOrdinaryMethod, RuleDescriptors.UnsupportedSignature, RuleDescriptors.ExtensionBlock, RuleDescriptors.UnnameableType,
        RuleDescriptors.InaccessibleMethod, RuleDescriptors.MethodGroup, RuleDescriptors.BaseCall,
        RuleDescriptors.TypeParameterReceiver, RuleDescriptors.Dynamic, RuleDescriptors.ExpressionTree,
        RuleDescriptors.DuplicateContent, RuleDescriptors.UnsupportedSyntax, RuleDescriptors.NamespaceNotListed,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName("AgentOps.Recording.CallScope") is null)
                return;
            SyntaxTree? first = start.Compilation.SyntaxTrees.FirstOrDefault();
            if (first is null)
                return;
            ProjectSettings settings = ProjectSettings.Create(first.Options, start.Options.AnalyzerConfigOptionsProvider.GlobalOptions);
            if (!settings.IsSwitchedOn)
                return;
            DeclarationShape shape = ShapeOf(
                start.Compilation, settings,
                tree => start.TryGetValue(tree, s_declarations, out FileDeclarations? known) ? known! : DeclarationWalker.Walk(tree, start.CancellationToken),
                start.CancellationToken);
            var state = new CompilationState(settings, shape.OwnNames);
            var operations = new RecordedOperations(shape.AllNames, shape.Attributes);
            operations.On(state.AnalyzeInvocation, OperationKind.Invocation);
            operations.On(CompilationState.AnalyzeMethodReference, OperationKind.MethodReference);
            operations.On(state.AnalyzeDynamicInvocation, OperationKind.DynamicInvocation);
            operations.On(CompilationState.AnalyzeCompilerMadeCalls, CompilerMadeCalls.Kinds);
            operations.Register(start);
            start.RegisterCompilationEndAction(state.ReportWholeFiles);
        });
    }

    /// <summary>What the generator knows before it binds anything. The compiler keeps what is found in a file for as long as it keeps the file.</summary>
    private static DeclarationShape ShapeOf(
        Compilation compilation, ProjectSettings settings, Func<SyntaxTree, FileDeclarations> declarations, CancellationToken cancellation) =>
        DeclarationShape.Create([.. compilation.SyntaxTrees.Select(declarations)], ProjectEnvironment.Create(compilation, settings), cancellation);

    private static readonly SyntaxTreeValueProvider<FileDeclarations> s_declarations = new(static tree => DeclarationWalker.Walk(tree, CancellationToken.None));

    private sealed class CompilationState(ProjectSettings settings, RecordedNames ownNames)
    {
        private readonly ConcurrentDictionary<SyntaxTree, Location> _filesWithCalls = new();

        public void AnalyzeInvocation(OperationAnalysisContext context)
        {
            var operation = (IInvocationOperation)context.Operation;
            IMethodSymbol method = operation.TargetMethod;
            if (RecordedMethod.Of(method) is null)
                return;
            if (operation.Syntax is not InvocationExpressionSyntax call)
            {
                Report(context, RefusalReason.UnsupportedSyntax, operation.Syntax.GetLocation(), method);
                return;
            }
            Location location = CallSyntax.NameOf(call)?.GetLocation() ?? call.GetLocation();
            RefusalReason reason = CallClassifier.Classify(operation.SemanticModel!, call, method, context.CancellationToken);
            if (reason == RefusalReason.None)
                _filesWithCalls.TryAdd(call.SyntaxTree, location);
            else
                Report(context, reason, location, method);
        }

        public static void AnalyzeMethodReference(OperationAnalysisContext context)
        {
            var reference = (IMethodReferenceOperation)context.Operation;
            if (RecordedMethod.Of(reference.Method) is not null)
                Report(context, RefusalReason.MethodGroup, reference.Syntax.GetLocation(), reference.Method);
        }

        public void AnalyzeDynamicInvocation(OperationAnalysisContext context)
        {
            SymbolInfo symbols = context.Operation.SemanticModel!.GetSymbolInfo(context.Operation.Syntax, context.CancellationToken);
            // An only candidate is the symbol, although the call is bound to it at run time.
            foreach (ISymbol candidate in symbols.Symbol is { } only ? [only] : symbols.CandidateSymbols)
            {
                if (candidate is IMethodSymbol method && RecordedMethod.Of(method) is not null)
                {
                    Report(context, RefusalReason.Dynamic, context.Operation.Syntax.GetLocation(), method);
                    return;
                }
            }
            // Of a dynamic receiver nothing but the name is known.
            if (context.Operation is IDynamicInvocationOperation { Operation: IDynamicMemberReferenceOperation member, Syntax: InvocationExpressionSyntax call }
                && ownNames.Contains(member.MemberName))
            {
                Location location = CallSyntax.NameOf(call)?.GetLocation() ?? call.GetLocation();
                Report(context, RefusalReason.Dynamic, location, member.MemberName);
            }
        }

        public static void AnalyzeCompilerMadeCalls(OperationAnalysisContext context)
        {
            foreach ((IMethodSymbol method, SyntaxNode place) in CompilerMadeCalls.Of(context.Operation))
            {
                if (RecordedMethod.Of(method) is null)
                    continue;
                Report(context, RefusalReason.UnsupportedSyntax, place.GetLocation(), method);
                return;
            }
        }

        public void ReportWholeFiles(CompilationAnalysisContext context)
        {
            if (!settings.AllowsInterceptors)
            {
                if (_filesWithCalls.Values.OrderBy(static l => l.SourceTree!.FilePath, StringComparer.Ordinal).FirstOrDefault() is { } any)
                    context.ReportDiagnostic(Diagnostic.Create(RuleDescriptors.NamespaceNotListed, any));
                return;
            }
            foreach (IGrouping<string, KeyValuePair<SyntaxTree, Location>> same in _filesWithCalls.GroupBy(
                pair => Convert.ToBase64String([.. pair.Key.GetText(context.CancellationToken).GetContentHash()]), StringComparer.Ordinal))
            {
                if (same.Count() < 2)
                    continue;
                foreach (KeyValuePair<SyntaxTree, Location> file in same)
                    context.ReportDiagnostic(Diagnostic.Create(RuleDescriptors.DuplicateContent, file.Value));
            }
        }

        private static void Report(OperationAnalysisContext context, RefusalReason reason, Location location, IMethodSymbol method) =>
            Report(context, reason, location, method.Name);

        private static void Report(OperationAnalysisContext context, RefusalReason reason, Location location, string method)
        {
            if (reason != RefusalReason.Unsound)
                context.ReportDiagnostic(Diagnostic.Create(RuleDescriptors.For(reason), location, method));
        }
    }
}
