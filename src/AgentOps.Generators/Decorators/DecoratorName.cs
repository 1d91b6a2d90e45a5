using AgentOps.Generators.Emit;
using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Decorators;

/// <summary>What the decorator of an interface is called: <c>IAgent</c> has <c>RecordedAgent</c>, in a namespace that mirrors its own.</summary>
internal static class DecoratorName
{
    private static readonly SymbolDisplayFormat s_namespace =
        SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);

    public static string NamespaceOf(INamedTypeSymbol type) => type.ContainingNamespace is { IsGlobalNamespace: false } space
        ? "AgentOps.Decorators." + space.ToDisplayString(s_namespace)
        : "AgentOps.Decorators";

    /// <summary>The name without type parameters. Of nested interfaces it has those of the types around them.</summary>
    public static string Of(INamedTypeSymbol type)
    {
        string name = Bare(type.Name);
        for (INamedTypeSymbol? outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
            name = $"{outer.Name}_{name}";
        return Identifiers.From("Recorded" + name + (type.Arity > 0 ? "Of" + type.Arity : ""));
    }

    private static string Bare(string name) => name.Length > 1 && name[0] == 'I' && char.IsUpper(name[1]) ? name.Substring(1) : name;
}
