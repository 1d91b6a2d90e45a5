using AgentOps.Generators.Emit;
using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Calls;

/// <summary>How generated code writes types, and which it can write at all.</summary>
internal static class TypeNames
{
    private static readonly SymbolDisplayFormat s_full = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat s_short = SymbolDisplayFormat.MinimallyQualifiedFormat;

    /// <summary>The type from <c>global::</c> on, with nullability and tuple names as declared.</summary>
    public static string Full(ITypeSymbol type) => string.Concat(type.ToDisplayParts(s_full).Select(
        static part => part.Symbol is ITypeParameterSymbol parameter ? NameOf(parameter) : part.ToString()));

    /// <summary>
    /// A type parameter's name where all of a method's stand in one list: those of the types around it come first, and one that
    /// hides an outer namesake there, or would hide a name that generated code uses, gives way.
    /// </summary>
    public static string NameOf(ITypeParameterSymbol parameter)
    {
        var taken = new HashSet<string>(GeneratedNames.Types, StringComparer.Ordinal);
        IReadOnlyList<ITypeParameterSymbol> all = parameter.DeclaringMethod is { } method ? TypeParametersOf(method) : TypeParametersOf(parameter.DeclaringType);
        foreach (ITypeParameterSymbol candidate in all)
        {
            string name = Identifiers.Unique(candidate.Name, taken);
            if (SymbolEqualityComparer.Default.Equals(candidate, parameter))
                return Identifiers.Escape(name);
        }
        return Identifiers.Escape(parameter.Name);
    }

    /// <summary>The type as a person would write it.</summary>
    public static string Short(ITypeSymbol type) => type.ToDisplayString(s_short);

    /// <summary>The type's name for the record: its namespace, name and arguments.</summary>
    public static string ForRecord(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat);

    /// <summary>The method as a person would write it.</summary>
    public static string Describe(IMethodSymbol method) =>
        $"{Short(method.ContainingType)}.{method.Name}{Emit.TypeParameterText.Declared(method.TypeParameters)}({string.Join(", ", method.Parameters.Select(static p => Short(p.Type)))})";

    /// <summary>Type parameters of a method and of the types it is nested in, outermost first: what an interceptor's own must be.</summary>
    public static IReadOnlyList<ITypeParameterSymbol> TypeParametersOf(IMethodSymbol method)
    {
        List<ITypeParameterSymbol> parameters = TypeParametersOf(method.ContainingType);
        parameters.AddRange(method.TypeParameters);
        return parameters;
    }

    /// <summary>Type parameters of a type and of those it is nested in, outermost first.</summary>
    public static List<ITypeParameterSymbol> TypeParametersOf(INamedTypeSymbol? type)
    {
        var parameters = new List<ITypeParameterSymbol>();
        for (INamedTypeSymbol? level = type; level is not null; level = level.ContainingType)
            parameters.InsertRange(0, level.TypeParameters);
        return parameters;
    }

    /// <summary>Type arguments of a type and of those it is nested in, outermost first.</summary>
    public static IEnumerable<ITypeSymbol> TypeArgumentsOf(INamedTypeSymbol type) =>
        type.ContainingType is { } outer ? TypeArgumentsOf(outer).Concat(type.TypeArguments) : type.TypeArguments;

    /// <summary>Whether a generated file of this compilation can write the type.</summary>
    public static bool CanName(Compilation compilation, ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol => true,
        IArrayTypeSymbol array => CanName(compilation, array.ElementType),
        IDynamicTypeSymbol => true,
        IErrorTypeSymbol => false,
        INamedTypeSymbol named => CanNameNamed(compilation, named),
        IPointerTypeSymbol pointer => CanName(compilation, pointer.PointedAtType),
        IFunctionPointerTypeSymbol { Signature: var signature } =>
            CanName(compilation, signature.ReturnType) && signature.Parameters.All(p => CanName(compilation, p.Type)),
        _ => false,
    };

    /// <summary>Whether the type is, or is made of, a pointer, and so may only be written in unsafe code.</summary>
    public static bool NeedsUnsafe(ITypeSymbol type) => type switch
    {
        IPointerTypeSymbol or IFunctionPointerTypeSymbol => true,
        IArrayTypeSymbol array => NeedsUnsafe(array.ElementType),
        INamedTypeSymbol named => (named.ContainingType is { } outer && NeedsUnsafe(outer)) || named.TypeArguments.Any(NeedsUnsafe),
        _ => false,
    };

    private static bool CanNameNamed(Compilation compilation, INamedTypeSymbol type)
    {
        if (type.IsAnonymousType || type.IsFileLocal || !SoundDeclaration.IsSound(type))
            return false;
        if (!compilation.IsSymbolAccessibleWithin(type.OriginalDefinition, compilation.Assembly) || !NamesakeTypes.IsReachedByName(compilation, type.OriginalDefinition))
            return false;
        return (type.ContainingType is null || CanName(compilation, type.ContainingType))
            && type.TypeArguments.All(argument => CanName(compilation, argument));
    }
}
