using AgentOps.Generators.Emit;
using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Llm;

/// <summary>An expression in generated code, with its type: members are looked up before they are read, as versions of a package differ in them.</summary>
/// <param name="Expression">The expression.</param>
/// <param name="Type">Its type.</param>
/// <param name="MayBeNull">Whether reading a member of it must be guarded. In <c>a?.Number</c> the number itself need not be.</param>
/// <param name="Compilation">What generated code is part of.</param>
internal readonly record struct Bound(string Expression, ITypeSymbol Type, bool MayBeNull, Compilation Compilation)
{
    /// <summary>Whether the whole expression may be null.</summary>
    public bool YieldsNull => MayBeNull || Expression.Contains("?.");

    /// <summary>The type without <c>?</c>.</summary>
    public ITypeSymbol Core => CoreOf(Type);

    /// <summary>A member by its path, such as <c>InputTokenDetails.CachedTokenCount</c>; <see langword="null"/> if the type has none.</summary>
    public Bound? At(string path)
    {
        Bound? at = this;
        foreach (string name in path.Split('.'))
            at = at?.Member(name);
        return at;
    }

    /// <summary>The first of several paths that there is.</summary>
    public Bound? AtAny(params string[] paths)
    {
        foreach (string path in paths)
        {
            if (At(path) is { } found)
                return found;
        }
        return null;
    }

    /// <summary>A member that was found.</summary>
    public Bound Of(ISymbol member)
    {
        ITypeSymbol type = TypeOf(member);
        return this with
        {
            Expression = $"{Expression}{(MayBeNull ? "?." : ".")}{Identifiers.Escape(member.Name)}",
            Type = type,
            MayBeNull = CanBeNull(type),
        };
    }

    /// <summary>Properties and fields that generated code may read and that are not kept out of the record; those of the most derived type first, each name once.</summary>
    public IEnumerable<ISymbol> Members()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (ITypeSymbol level in Levels(Core))
        {
            foreach (ISymbol member in level.GetMembers())
            {
                if (IsReadable(member) && seen.Add(member.Name))
                    yield return member;
            }
        }
    }

    public static ITypeSymbol TypeOf(ISymbol member) => member is IPropertySymbol property ? property.Type : ((IFieldSymbol)member).Type;

    public static ITypeSymbol CoreOf(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;

    public static bool CanBeNull(ITypeSymbol type) => !type.IsValueType || type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;

    private Bound? Member(string name)
    {
        foreach (ITypeSymbol level in Levels(Core))
        {
            foreach (ISymbol member in level.GetMembers(name))
            {
                if (IsReadable(member))
                    return Of(member);
            }
        }
        return null;
    }

    private static IEnumerable<ITypeSymbol> Levels(ITypeSymbol type)
    {
        if (type is ITypeParameterSymbol parameter)
            return parameter.ConstraintTypes.SelectMany(Levels);
        if (type.TypeKind == TypeKind.Interface)
            return [type, .. type.AllInterfaces];
        var chain = new List<ITypeSymbol>();
        for (ITypeSymbol? level = type; level is not null; level = level.BaseType)
            chain.Add(level);
        return chain;
    }

    private bool IsReadable(ISymbol member) => IsInReachAsValue(member) && RedactionPolicy.Of(member) is { Redaction: Redaction.None } or { IsByName: true };

    private bool IsInReachAsValue(ISymbol member) =>
        member is { IsStatic: false, IsImplicitlyDeclared: false }
        && member is IPropertySymbol { Parameters.IsEmpty: true, GetMethod: { } getter, ExplicitInterfaceImplementations.IsEmpty: true } property
            ? IsInReach(getter) && IsInReach(property.Type)
            : member is IFieldSymbol { IsStatic: false, IsImplicitlyDeclared: false } field && IsInReach(field) && IsInReach(field.Type);

    private bool IsInReach(ISymbol symbol) =>
        symbol is ITypeParameterSymbol or IArrayTypeSymbol or IDynamicTypeSymbol
        || (Compilation.IsSymbolAccessibleWithin(symbol, Compilation.Assembly) && !Obsolescence.IsError(symbol));
}
