using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Calls;

/// <summary>
/// Calls that a generic method makes of itself. The compiler compares an interceptor with the called method after it has put numbers in
/// place of that method's type parameters, which are here the arguments, too: no signature that can be written is the same then.
/// </summary>
internal static class GenericRecursion
{
    /// <summary>Whether the parameters or the result of a called method have types with type parameters of its own.</summary>
    public static bool Is(IMethodSymbol called)
    {
        if (called.TypeParameters.IsEmpty)
            return false;
        // Called on its receiver, an extension has type parameters that are copies of its own.
        IMethodSymbol method = called.ReducedFrom is { } extension ? extension.OriginalDefinition.Construct([.. called.TypeArguments]) : called;
        IMethodSymbol definition = method.OriginalDefinition;
        return method.TypeArguments.Any(argument => Mentions(argument, definition))
            && (Mentions(method.ReturnType, definition) || method.Parameters.Any(parameter => Mentions(parameter.Type, definition)));
    }

    private static bool Mentions(ITypeSymbol? type, IMethodSymbol method) => type switch
    {
        ITypeParameterSymbol { DeclaringMethod: { } declaring } => SymbolEqualityComparer.Default.Equals((declaring.ReducedFrom ?? declaring).OriginalDefinition, method),
        IArrayTypeSymbol array => Mentions(array.ElementType, method),
        IPointerTypeSymbol pointer => Mentions(pointer.PointedAtType, method),
        IFunctionPointerTypeSymbol { Signature: var signature } => Mentions(signature.ReturnType, method) || signature.Parameters.Any(p => Mentions(p.Type, method)),
        INamedTypeSymbol named => named.TypeArguments.Any(argument => Mentions(argument, method)) || Mentions(named.ContainingType, method),
        _ => false,
    };
}
