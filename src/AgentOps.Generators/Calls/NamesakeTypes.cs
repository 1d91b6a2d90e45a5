using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Calls;

/// <summary>Types that have a full name which means another type, or none, in a generated file.</summary>
internal static class NamesakeTypes
{
    /// <summary>Looking through all references takes its time, and encoders ask for the same types again and again.</summary>
    private static readonly ConditionalWeakTable<Compilation, ConcurrentDictionary<ISymbol, bool>> s_known = new();

    /// <summary>
    /// Whether <c>global::</c> and the type's full name mean the type: not if its assembly is referenced under aliases only, and not
    /// if another reference has a type of the same name.
    /// </summary>
    public static bool IsReachedByName(Compilation compilation, INamedTypeSymbol definition)
    {
        INamedTypeSymbol outermost = definition;
        while (outermost.ContainingType is { } outer)
            outermost = outer;
        if (outermost.SpecialType != SpecialType.None || SymbolEqualityComparer.Default.Equals(outermost.ContainingAssembly, compilation.Assembly))
            return true;
        if (compilation.GetMetadataReference(outermost.ContainingAssembly) is { Properties.Aliases: { IsEmpty: false } aliases } && !aliases.Contains("global"))
            return false;
        // That the platform has a type twice is not to be expected.
        return IsOfThePlatform(outermost)
            || s_known.GetValue(compilation, static _ => new(SymbolEqualityComparer.Default)).GetOrAdd(outermost, _ => IsOnlyOneOfItsName(compilation, outermost));
    }

    private static bool IsOnlyOneOfItsName(Compilation compilation, INamedTypeSymbol outermost)
    {
        string name = outermost.ContainingNamespace.IsGlobalNamespace ? outermost.MetadataName : $"{outermost.ContainingNamespace.ToDisplayString()}.{outermost.MetadataName}";
        return compilation.GetTypesByMetadataName(name).All(candidate =>
            SymbolEqualityComparer.Default.Equals(candidate, outermost) || !compilation.IsSymbolAccessibleWithin(candidate, compilation.Assembly));
    }

    private static bool IsOfThePlatform(INamedTypeSymbol type)
    {
        INamespaceSymbol space = type.ContainingNamespace;
        while (space is { IsGlobalNamespace: false, ContainingNamespace.IsGlobalNamespace: false })
            space = space.ContainingNamespace;
        return space is { IsGlobalNamespace: false, Name: "System" };
    }
}
