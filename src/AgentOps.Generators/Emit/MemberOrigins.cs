using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Emit;

/// <summary>A member with those that it overrides or implements. What one of them keeps secret, none may tell.</summary>
internal static class MemberOrigins
{
    public static IEnumerable<ISymbol> Of(ISymbol member)
    {
        for (ISymbol? level = member; level is not null; level = (level as IMethodSymbol)?.OverriddenMethod ?? (ISymbol?)(level as IPropertySymbol)?.OverriddenProperty)
        {
            yield return level;
            foreach (ISymbol implemented in ImplementedBy(level))
                yield return implemented;
        }
    }

    private static IEnumerable<ISymbol> ImplementedBy(ISymbol member)
    {
        if (member.ContainingType is not { TypeKind: TypeKind.Class or TypeKind.Struct } type || member is IFieldSymbol)
            yield break;
        foreach (INamedTypeSymbol implemented in type.AllInterfaces)
        {
            foreach (ISymbol candidate in implemented.GetMembers(member.Name))
            {
                if (candidate.Kind == member.Kind && SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(candidate), member))
                    yield return candidate;
            }
        }
    }
}
