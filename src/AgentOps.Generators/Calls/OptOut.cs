using AgentOps.Generators.Declarations;
using AgentOps.Generators.Support;
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

    /// <summary>Whether a symbol bears the mark itself.</summary>
    public static bool IsMarked(ISymbol symbol) => symbol.GetAttributes().Any(static attribute => attribute.OwnName() == RecordedAttributeNames.DoNotRecord);
}
