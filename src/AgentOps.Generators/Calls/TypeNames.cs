using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Calls;

/// <summary>How generated code writes types, and which it can write at all.</summary>
internal static class TypeNames
{
    private static readonly SymbolDisplayFormat s_full = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat s_short = SymbolDisplayFormat.MinimallyQualifiedFormat;

    /// <summary>The type from <c>global::</c> on, with nullability and tuple names as declared.</summary>
    public static string Full(ITypeSymbol type) => type.ToDisplayString(s_full);

    /// <summary>The type as a person would write it.</summary>
    public static string Short(ITypeSymbol type) => type.ToDisplayString(s_short);

    /// <summary>The type's name for the record: its namespace, name and arguments.</summary>
    public static string ForRecord(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat);

    /// <summary>Type parameters of a method and of the types it is nested in, outermost first: what an interceptor's own must be.</summary>
    public static IReadOnlyList<ITypeParameterSymbol> TypeParametersOf(IMethodSymbol method)
    {
        var parameters = new List<ITypeParameterSymbol>();
        for (INamedTypeSymbol? type = method.ContainingType; type is not null; type = type.ContainingType)
            parameters.InsertRange(0, type.TypeParameters);
        parameters.AddRange(method.TypeParameters);
        return parameters;
    }

    /// <summary>Whether a generated file of this compilation can write the type.</summary>
    public static bool CanName(Compilation compilation, ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol => true,
        IArrayTypeSymbol array => CanName(compilation, array.ElementType),
        IDynamicTypeSymbol => true,
        IErrorTypeSymbol => false,
        INamedTypeSymbol named => CanNameNamed(compilation, named),
        _ => false,
    };

    private static bool CanNameNamed(Compilation compilation, INamedTypeSymbol type)
    {
        if (type.IsAnonymousType || type.IsFileLocal || !SoundDeclaration.IsSound(type))
            return false;
        if (!compilation.IsSymbolAccessibleWithin(type.OriginalDefinition, compilation.Assembly))
            return false;
        return (type.ContainingType is null || CanName(compilation, type.ContainingType))
            && type.TypeArguments.All(argument => CanName(compilation, argument));
    }
}
