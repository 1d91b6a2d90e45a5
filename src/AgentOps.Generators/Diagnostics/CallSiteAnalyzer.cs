using System.Collections.Concurrent;
using System.Collections.Immutable;
using AgentOps.Generators.Adapters;
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
        RuleDescriptors.DuplicateContent, RuleDescriptors.UnsupportedSyntax, RuleDescriptors.RecordedCall, RuleDescriptors.NamespaceNotListed,
        RuleDescriptors.SwitchedOff, RuleDescriptors.BrokenLeaf, RuleDescriptors.TaskNotAwaited, RuleDescriptors.ValueTaskConsumedTwice, RuleDescriptors.StreamNotRead,
        RuleDescriptors.GenericRecursion,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        AnalyzedProject.Analyze(context, static (start, settings) =>
        {
            if (!settings.IsSwitchedOn)
            {
                var marks = new MarkedMethods();
                start.RegisterSymbolAction(marks.Add, SymbolKind.Method);
                start.RegisterCompilationEndAction(marks.ReportSwitchedOff);
                return;
            }
            DeclarationShape shape = AnalyzedProject.ShapeOf(start, settings);
            // Nothing is recorded, and the rules of set-up say so.
            if (shape.Hidden != HiddenNamespaces.None)
                return;
            var state = new CompilationState(settings, shape.OwnNames);
            var operations = new RecordedOperations(RecordedNames.Union([shape.AllNames, shape.Terms.Factories.Mentioned]), shape.Attributes);
            operations.On(state.AnalyzeInvocation, OperationKind.Invocation);
            operations.On(state.AnalyzeMethodReference, OperationKind.MethodReference);
            operations.On(state.AnalyzeDynamicInvocation, OperationKind.DynamicInvocation);
            operations.On(state.AnalyzeCompilerMadeCalls, CompilerMadeCalls.Kinds);
            operations.Register(start);
            start.RegisterCompilationEndAction(state.ReportWholeFiles);
        });
    }

    private sealed class CompilationState(ProjectSettings settings, RecordedNames ownNames)
    {
        private readonly ConcurrentDictionary<SyntaxTree, Location> _filesWithCalls = new();
        private readonly ConcurrentDictionary<SyntaxTree, bool> _hasTwin = new();
        private readonly RecordedResults _results = new();

        public void AnalyzeInvocation(OperationAnalysisContext context)
        {
            var operation = (IInvocationOperation)context.Operation;
            CallUse? use = CallUses.OfInvocation(operation, context.CancellationToken);
            _results.Analyze(context, operation, () => use is null ? RecordedMethod.OfDeclaration(operation.TargetMethod) is not null : use.Outcome == RefusalReason.None);
            if (use is not null)
                Report(context, use);
            else if (operation.Syntax is InvocationExpressionSyntax factory && Factory.IsAdapted(operation.SemanticModel!, factory, operation.TargetMethod, context.CancellationToken))
                _filesWithCalls.TryAdd(factory.SyntaxTree, CallSyntax.NameOf(factory)!.GetLocation());
        }

        public void AnalyzeMethodReference(OperationAnalysisContext context) =>
            Report(context, CallUses.OfReference((IMethodReferenceOperation)context.Operation, context.CancellationToken));

        public void AnalyzeDynamicInvocation(OperationAnalysisContext context) => Report(
            context,
            CallUses.OfDynamic((IDynamicInvocationOperation)context.Operation, () => ownNames, context.CancellationToken));

        public void AnalyzeCompilerMadeCalls(OperationAnalysisContext context) =>
            Report(context, CallUses.OfCompilerMade(context.Operation, context.CancellationToken));

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

        private void Report(OperationAnalysisContext context, CallUse? use)
        {
            if (use is null || use.Outcome is RefusalReason.OptedOut or RefusalReason.Unsound)
                return;
            Location location = use.Place.GetLocation();
            if (use.Outcome != RefusalReason.None)
            {
                context.ReportDiagnostic(Diagnostic.Create(RuleDescriptors.For(use.Outcome), location, use.MethodName));
                return;
            }
            _filesWithCalls.TryAdd(use.Place.SyntaxTree, location);
            LeafPromise.Analyze(context, use);
            if (settings is { AllowsInterceptors: true, HasFileTypes: true } && !HasTwin(use.Place.SyntaxTree, context.Compilation, context.CancellationToken))
                context.ReportDiagnostic(Diagnostic.Create(RuleDescriptors.RecordedCall, location, use.MethodName, KindOf(use.Recorded!), use.Recorded!.Name));
        }

        /// <summary>Whether another file has the same content. Files of different lengths are told apart without reading them.</summary>
        private bool HasTwin(SyntaxTree tree, Compilation compilation, CancellationToken cancellation) => _hasTwin.GetOrAdd(tree, one => compilation.SyntaxTrees.Any(
            other => other != one && other.Length == one.Length && other.GetText(cancellation).ContentEquals(one.GetText(cancellation))));

        private static string KindOf(RecordedMethod recorded) => recorded.Kind switch
        {
            RecordedKind.Tool => "the tool",
            RecordedKind.Llm => "the model call",
            _ => "the action",
        };
    }
}
