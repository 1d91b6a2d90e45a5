using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Calls;

/// <summary>
/// Whether a declaration is right as far as generated code repeats it. While it is typed it often is not: the compiler says so
/// where it stands, and must not say it again of a file that the user did not write.
/// </summary>
internal static class SoundDeclaration
{
    public static bool Is(IMethodSymbol definition)
    {
        if (definition.Name.Length == 0 || !IsNamed(definition.ContainingType) || (definition.ContainingType.IsStatic && !definition.IsStatic))
            return false;
        if (!definition.ReturnsVoid && !IsSoundValue(definition.ReturnType))
            return false;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (IParameterSymbol parameter in definition.Parameters)
        {
            if (parameter.Name.Length == 0 || !names.Add(parameter.Name) || !IsSoundValue(parameter.Type) || !IsSoundModifier(definition, parameter))
                return false;
        }
        return TypeNames.TypeParametersOf(definition).All(static p =>
            p.Name.Length > 0 && p.ConstraintTypes.All(static c => IsSound(c) && c.TypeKind is TypeKind.Class or TypeKind.Interface or TypeKind.TypeParameter));
    }

    /// <summary>Whether a type, with all that it is made of, is declared and given arguments that it allows.</summary>
    public static bool IsSound(ITypeSymbol type) => type switch
    {
        IErrorTypeSymbol => false,
        ITypeParameterSymbol parameter => parameter.Name.Length > 0,
        IArrayTypeSymbol array => IsSoundValue(array.ElementType) && !array.ElementType.IsRefLikeType,
        INamedTypeSymbol named => IsNamed(named) && (named.ContainingType is null || IsSound(named.ContainingType)) && HasSoundArguments(named),
        _ => true,
    };

    private static bool IsSoundValue(ITypeSymbol type) => type.SpecialType != SpecialType.System_Void && !type.IsStatic && IsSound(type);

    private static bool IsNamed(INamedTypeSymbol? type)
    {
        for (INamedTypeSymbol? level = type; level is not null; level = level.ContainingType)
        {
            if (level.Name.Length == 0 && level is { IsTupleType: false, IsAnonymousType: false })
                return false;
        }
        for (INamespaceSymbol? space = type?.ContainingNamespace; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
        {
            if (space.Name.Length == 0)
                return false;
        }
        return true;
    }

    private static bool HasSoundArguments(INamedTypeSymbol type)
    {
        for (int i = 0; i < type.TypeArguments.Length; i++)
        {
            ITypeSymbol argument = type.TypeArguments[i];
            ITypeParameterSymbol parameter = type.TypeParameters[i];
            if (!IsSoundValue(argument) || argument is IPointerTypeSymbol or IFunctionPointerTypeSymbol || (argument.IsRefLikeType && !parameter.AllowsRefLikeType))
                return false;
            if (parameter.HasValueTypeConstraint && (!argument.IsValueType || argument.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T))
                return false;
            if (parameter.HasReferenceTypeConstraint && !argument.IsReferenceType)
                return false;
        }
        return true;
    }

    private static bool IsSoundModifier(IMethodSymbol method, IParameterSymbol parameter)
    {
        if (parameter.IsParams)
            return parameter.Ordinal == method.Parameters.Length - 1 && parameter.RefKind == RefKind.None && IsList(parameter.Type);
        if (!method.IsExtensionMethod || parameter.Ordinal > 0)
            return true;
        // What an extension is called on by reference is a value.
        return parameter.RefKind switch
        {
            RefKind.None => parameter.Type.TypeKind != TypeKind.Dynamic,
            RefKind.Ref => parameter.Type.IsValueType,
            RefKind.In or RefKind.RefReadOnlyParameter => parameter.Type is { IsValueType: true, TypeKind: not TypeKind.TypeParameter },
            _ => false,
        };
    }

    private static bool IsList(ITypeSymbol type) => type is IArrayTypeSymbol { Rank: 1 }
        || (type is INamedTypeSymbol && (type.IsRefLikeType || type.AllInterfaces.Append(type).Any(static i => i.SpecialType == SpecialType.System_Collections_IEnumerable
            || i.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)));
}
