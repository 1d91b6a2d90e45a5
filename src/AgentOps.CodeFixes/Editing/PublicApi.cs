using Microsoft.CodeAnalysis;

namespace AgentOps.CodeFixes.Editing;

/// <summary>What other assemblies may depend on: titles of mends that change it say so.</summary>
internal static class PublicApi
{
    /// <summary>A title that warns where it must.</summary>
    public static string Title(string title, ISymbol changed) => Has(changed) ? title + " (public API)" : title;

    public static bool Has(ISymbol symbol)
    {
        for (ISymbol? level = symbol; level is not null and not INamespaceSymbol; level = level.ContainingSymbol)
        {
            if (level.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal))
                return false;
        }
        return true;
    }
}
