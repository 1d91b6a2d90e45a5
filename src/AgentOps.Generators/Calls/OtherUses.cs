using AgentOps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace AgentOps.Generators.Calls;

/// <summary>
/// Finds the uses of recorded methods in a file that are no calls by a recorded name: method groups, local functions, and what the
/// compiler calls itself. None is recorded; they are found for the report of a build.
/// </summary>
internal static class OtherUses
{
    public static IEnumerable<CallUse> Find(SemanticModel model, SyntaxNode root, UseSearch terms, CancellationToken cancellation)
    {
        HashSet<string> localFunctions = MarkedLocalFunctions(root, terms);
        var seen = new HashSet<TextSpan>();
        foreach (SyntaxNode node in root.DescendantNodes())
        {
            foreach (CallUse use in In(model, node, terms, localFunctions, cancellation))
            {
                if (seen.Add(use.Place.Span))
                    yield return use;
            }
        }
    }

    private static IEnumerable<CallUse> In(
        SemanticModel model, SyntaxNode node, UseSearch terms, HashSet<string> localFunctions, CancellationToken cancellation)
    {
        switch (node)
        {
            case SimpleNameSyntax name when IsNameOfCall(name):
                if (!terms.Names.Contains(name.Identifier.ValueText) && localFunctions.Contains(name.Identifier.ValueText))
                    return OfOperation(model.GetOperation(CallOf(name)!, cancellation), cancellation);
                return [];
            case SimpleNameSyntax name:
                string text = name.Identifier.ValueText;
                return terms.Names.Contains(text) || localFunctions.Contains(text)
                    ? OfOperation(model.GetOperation(Parenthesized(Qualified(name)), cancellation), cancellation)
                    : [];
            default:
                return terms.Syntax.Matches(node) && model.GetOperation(node is GlobalStatementSyntax global ? global.Statement : node, cancellation) is { } operation
                    ? operation.DescendantsAndSelf().SelectMany(part => OfHidden(part, cancellation))
                    : [];
        }
    }

    private static IEnumerable<CallUse> OfOperation(IOperation? operation, CancellationToken cancellation)
    {
        CallUse? use = operation switch
        {
            IInvocationOperation invocation => CallUses.OfInvocation(invocation, cancellation),
            IMethodReferenceOperation reference => CallUses.OfReference(reference, cancellation),
            IDelegateCreationOperation { Target: IMethodReferenceOperation reference } => CallUses.OfReference(reference, cancellation),
            _ => null,
        };
        return use is null ? [] : [use];
    }

    private static IEnumerable<CallUse> OfHidden(IOperation operation, CancellationToken cancellation)
    {
        if (operation is IInvocationOperation { Syntax: not InvocationExpressionSyntax } invocation && CallUses.OfInvocation(invocation, cancellation) is { } implied)
            yield return implied;
        if (CompilerMadeCalls.Kinds.Contains(operation.Kind) && CallUses.OfCompilerMade(operation, cancellation) is { } made)
            yield return made;
    }

    private static bool IsNameOfCall(SimpleNameSyntax name) => CallOf(name) is not null;

    private static InvocationExpressionSyntax? CallOf(SimpleNameSyntax name) =>
        Qualified(name).Parent is InvocationExpressionSyntax call && CallSyntax.NameOf(call) == name ? call : null;

    private static SyntaxNode Qualified(SimpleNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access when access.Name == name => access,
        MemberBindingExpressionSyntax binding => binding,
        _ => name,
    };

    /// <summary><c>(new C().M)()</c> is a call, though not one that can be recorded.</summary>
    private static SyntaxNode Parenthesized(SyntaxNode node)
    {
        SyntaxNode outer = node;
        while (outer.Parent is ParenthesizedExpressionSyntax parenthesized)
            outer = parenthesized;
        return outer != node && outer.Parent is InvocationExpressionSyntax call && call.Expression == outer ? call : node;
    }

    private static HashSet<string> MarkedLocalFunctions(SyntaxNode root, UseSearch terms)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (SyntaxNode node in root.DescendantNodes())
        {
            if (node is LocalFunctionStatementSyntax function && CallSyntax.HasAttribute(function.AttributeLists, terms.IsMark))
                names.Add(function.Identifier.ValueText);
        }
        return names;
    }
}
