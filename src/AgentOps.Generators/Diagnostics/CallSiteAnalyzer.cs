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
            var state = new CompilationState(settings);
            start.RegisterOperationAction(state.AnalyzeInvocation, OperationKind.Invocation);
            start.RegisterOperationAction(CompilationState.AnalyzeMethodReference, OperationKind.MethodReference);
            start.RegisterOperationAction(state.AnalyzeDynamicInvocation, OperationKind.DynamicInvocation);
            start.RegisterOperationAction(CompilationState.AnalyzeCompilerMadeCalls, CompilerMadeCalls.Kinds);
            start.RegisterCompilationEndAction(state.ReportWholeFiles);
        });
    }

    private sealed class CompilationState(ProjectSettings settings)
    {
        private readonly ConcurrentDictionary<SyntaxTree, Location> _filesWithCalls = new();
        private RecordedNames? _ownNames;

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
                && OwnNames(context.Compilation, context.CancellationToken).Contains(member.MemberName))
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

        /// <summary>Read when the first call on a dynamic receiver is met: most projects have none.</summary>
        private RecordedNames OwnNames(Compilation compilation, CancellationToken cancellation)
        {
            if (_ownNames is { } known)
                return known;
            ImmutableArray<FileDeclarations> files = [.. compilation.SyntaxTrees.Select(tree => DeclarationWalker.Walk(tree, cancellation))];
            return _ownNames = DeclarationShape.Create(files, ProjectEnvironment.Create(compilation, settings), cancellation).OwnNames;
        }

        private static void Report(OperationAnalysisContext context, RefusalReason reason, Location location, IMethodSymbol method) =>
            Report(context, reason, location, method.Name);

        private static void Report(OperationAnalysisContext context, RefusalReason reason, Location location, string method) =>
            context.ReportDiagnostic(Diagnostic.Create(RuleDescriptors.For(reason), location, method));
    }
}
