using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Calls;

/// <summary>The method that a call runs, as it is declared.</summary>
internal static class CalledMethod
{
    /// <summary>Newer compilers than the one this is built against say it, and only those let members of extension blocks be intercepted.</summary>
    private static readonly Func<IMethodSymbol, IMethodSymbol?>? s_implementation =
        (Func<IMethodSymbol, IMethodSymbol?>?)typeof(IMethodSymbol).GetProperty("AssociatedExtensionImplementation")?.GetMethod.CreateDelegate(typeof(Func<IMethodSymbol, IMethodSymbol?>));

    /// <summary>
    /// The definition of a method, with the receiver of an extension as its first parameter: of a member of an extension block that
    /// is the static method which the compiler makes of it.
    /// </summary>
    public static IMethodSymbol DefinitionOf(IMethodSymbol method)
    {
        IMethodSymbol definition = (method.ReducedFrom ?? method).OriginalDefinition;
        return IsInExtensionBlock(definition) ? s_implementation?.Invoke(definition) ?? definition : definition;
    }

    /// <summary>Whether a method stands in an <c>extension</c> block.</summary>
    public static bool IsInExtensionBlock(IMethodSymbol method) => method.ContainingType is { TypeKind: TypeKind.Extension };
}
