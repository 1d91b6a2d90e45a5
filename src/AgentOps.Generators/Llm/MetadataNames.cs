using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Llm;

/// <summary>Types by the names that they have in metadata, under which tables know them.</summary>
internal static class MetadataNames
{
    /// <summary>The name with namespace and arity: <c>System.ClientModel.ClientResult`1</c>.</summary>
    public static string Of(ITypeSymbol type)
    {
        string name = type.MetadataName;
        for (INamedTypeSymbol? outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
            name = outer.MetadataName + "+" + name;
        return type.ContainingNamespace is { IsGlobalNamespace: false } space ? space.ToDisplayString() + "." + name : name;
    }

    /// <summary>The type, then what it derives from; of a type parameter what it must be.</summary>
    public static IEnumerable<ITypeSymbol> Chain(ITypeSymbol type)
    {
        if (type is ITypeParameterSymbol parameter)
            return parameter.ConstraintTypes.SelectMany(Chain);
        var chain = new List<ITypeSymbol>();
        for (ITypeSymbol? level = type; level is { SpecialType: SpecialType.None }; level = level.BaseType)
            chain.Add(level);
        return chain;
    }
}
