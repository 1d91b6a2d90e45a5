using AgentOps.Generators.Calls;
using AgentOps.Generators.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentOps.Generators.Diagnostics;

/// <summary>
/// Shows an analyzer the operations of bodies that mention a recorded method, and of no others: an operation action of the
/// compiler's own has every body of the project bound, which costs a build more than all that is recorded in it.
/// </summary>
/// <param name="names">The names of all recorded methods.</param>
/// <param name="attributes">The names under which the attributes are known.</param>
internal sealed class RecordedOperations(RecordedNames names, RecordedNames attributes)
{
    /// <summary>Methods that are called where their name does not stand: by statements, patterns, queries and initialisers.</summary>
    private static readonly string[] s_unspoken = [.. CompilerMadeSyntaxes.Called, "OnCompleted", "Slice", "GetPinnableReference", "Equals"];

    private readonly Dictionary<OperationKind, Action<OperationAnalysisContext>> _actions = [];

    public void On(Action<OperationAnalysisContext> action, params IEnumerable<OperationKind> kinds)
    {
        foreach (OperationKind kind in kinds)
            _actions[kind] = _actions.TryGetValue(kind, out Action<OperationAnalysisContext>? others) ? others + action : action;
    }

    /// <summary>Begins, once all actions are known.</summary>
    public void Register(CompilationStartAnalysisContext start)
    {
        if (s_unspoken.Any(names.Contains))
        {
            foreach (KeyValuePair<OperationKind, Action<OperationAnalysisContext>> action in _actions)
                start.RegisterOperationAction(action.Value, action.Key);
            return;
        }
        start.RegisterSemanticModelAction(Analyze);
    }

    private void Analyze(SemanticModelAnalysisContext context)
    {
        SyntaxTree tree = context.SemanticModel.SyntaxTree;
        // Local functions have attributes too, and are called in the same file.
        bool isWhole = MentionedNames.In(tree.GetText(context.CancellationToken), attributes);
        if (!isWhole && !MentionedNames.In(tree.GetText(context.CancellationToken), names))
            return;
        SyntaxNode root = tree.GetRoot(context.CancellationToken);
        var seen = new HashSet<SyntaxNode>();
        foreach (SyntaxToken token in root.DescendantTokens())
        {
            if (token.IsKind(SyntaxKind.IdentifierToken) && (isWhole || names.Contains(token.ValueText)) && BodyAround(token) is { } body && seen.Add(body))
                Analyze(context, body);
        }
    }

    private void Analyze(SemanticModelAnalysisContext context, SyntaxNode body)
    {
        if (context.SemanticModel.GetOperation(body, context.CancellationToken) is not { } operation
            || context.SemanticModel.GetEnclosingSymbol(body.SpanStart, context.CancellationToken) is not { } symbol)
        {
            return;
        }
        foreach (IOperation inside in WithDescendants(operation))
        {
            if (_actions.TryGetValue(inside.Kind, out Action<OperationAnalysisContext>? action))
            {
                // Obsolete because the compiler is meant to make it; there is no other way to run an operation action on chosen bodies.
#pragma warning disable CS0618
                action(new OperationAnalysisContext(
                    inside, symbol, context.SemanticModel.Compilation, context.Options, context.ReportDiagnostic, static _ => true, context.CancellationToken));
#pragma warning restore CS0618
            }
        }
    }

    private static IEnumerable<IOperation> WithDescendants(IOperation operation)
    {
        var open = new Stack<IOperation>();
        open.Push(operation);
        while (open.Count > 0)
        {
            IOperation next = open.Pop();
            yield return next;
            foreach (IOperation child in next.ChildOperations.Reverse())
                open.Push(child);
        }
    }

    /// <summary>The outermost node around a token that is bound as a whole.</summary>
    private static SyntaxNode? BodyAround(SyntaxToken token)
    {
        SyntaxNode? body = null;
        for (SyntaxNode? node = token.Parent; node is not null; node = node.Parent)
        {
            switch (node)
            {
                case BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or PrimaryConstructorBaseTypeSyntax or AttributeSyntax:
                case ArrowExpressionClauseSyntax { Parent: BasePropertyDeclarationSyntax }:
                case EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax or ParameterSyntax or EnumMemberDeclarationSyntax or VariableDeclaratorSyntax { Parent.Parent: BaseFieldDeclarationSyntax } }:
                    body = node;
                    break;
                case GlobalStatementSyntax { Parent: { } unit }:
                    return unit;
            }
        }
        return body;
    }
}
