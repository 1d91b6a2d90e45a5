using AgentOps.Generators.Declarations;
using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Calls;

/// <summary>Code that asks not to be recorded: what stands in a lambda, member, type or assembly marked with <c>[DoNotRecord]</c>.</summary>
internal static class OptOut
{
    public static bool Covers(SemanticModel model, SyntaxNode use, CancellationToken cancellation)
    {
        for (ISymbol? symbol = model.GetEnclosingSymbol(use.SpanStart, cancellation); symbol is not null; symbol = symbol.ContainingSymbol)
        {
            if (IsMarked(symbol) || (symbol is IMethodSymbol { AssociatedSymbol: { } member } && IsMarked(member)))
                return true;
        }
        return IsMarked(model.Compilation.Assembly);
    }

    private static bool IsMarked(ISymbol symbol)
    {
        foreach (AttributeData attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass is
                {
                    Name: "DoNotRecordAttribute",
                    ContainingNamespace: { Name: RecordedAttributeNames.Namespace, ContainingNamespace.IsGlobalNamespace: true },
                })
            {
                return true;
            }
        }
        return false;
    }
}
