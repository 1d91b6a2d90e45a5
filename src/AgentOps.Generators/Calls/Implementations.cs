using AgentOps.Generators.Declarations;
using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Calls;

/// <summary>The methods of this project that a call through an interface or base class may run: what they keep secret, the call must.</summary>
internal static class Implementations
{
    /// <summary>
    /// Overrides and implementations of a method. Looked for only where a method of its name redacts something, which syntax tells:
    /// looking means going through all types.
    /// </summary>
    public static IReadOnlyList<IMethodSymbol> ThatMayRedact(
        IMethodSymbol method, RecordedNames redacting, Compilation compilation, CancellationToken cancellation)
    {
        bool isOpen = !method.IsStatic && (method.IsAbstract || method.IsVirtual || method.IsOverride) && !method.IsSealed;
        if (!isOpen || !redacting.Contains(method.Name))
            return [];
        INamedTypeSymbol[] types = [.. compilation.GetSymbolsWithName(static _ => true, SymbolFilter.Type, cancellation).OfType<INamedTypeSymbol>()];
        var found = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default);
        if (method.ContainingType.TypeKind == TypeKind.Interface)
            found.UnionWith(types.SelectMany(type => ImplementationsIn(type, method)));
        // What implements an interface may be overridden in turn.
        IMethodSymbol[] overridable = [method, .. found];
        found.UnionWith(types.SelectMany(type => OverridesIn(type, overridable)));
        return [.. found];
    }

    private static IEnumerable<IMethodSymbol> ImplementationsIn(INamedTypeSymbol type, IMethodSymbol method)
    {
        foreach (INamedTypeSymbol implemented in type.AllInterfaces)
        {
            if (!SymbolEqualityComparer.Default.Equals(implemented.OriginalDefinition, method.ContainingType))
                continue;
            foreach (ISymbol member in implemented.GetMembers(method.Name))
            {
                if (SymbolEqualityComparer.Default.Equals(member.OriginalDefinition, method) && type.FindImplementationForInterfaceMember(member) is IMethodSymbol implementation)
                    yield return implementation.OriginalDefinition;
            }
        }
    }

    private static IEnumerable<IMethodSymbol> OverridesIn(INamedTypeSymbol type, IMethodSymbol[] overridable)
    {
        foreach (IMethodSymbol candidate in type.GetMembers(overridable[0].Name).OfType<IMethodSymbol>())
        {
            for (IMethodSymbol? level = candidate.OverriddenMethod; level is not null; level = level.OverriddenMethod)
            {
                if (overridable.Contains(level.OriginalDefinition, SymbolEqualityComparer.Default))
                    yield return candidate;
            }
        }
    }
}
