using AgentOps.Generators.Declarations;
using AgentOps.Generators.Support;
using AgentOps.Recording;
using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Emit;

/// <summary>How much of a value is kept out of the record, the strictest first. The numbers are those of the runtime's <c>Redaction</c>.</summary>
internal enum Redaction
{
    Erase = 0,
    Hash = 1,
    Mask = 2,
    None = 3,
}

/// <summary>What is decided for a value.</summary>
/// <param name="Redaction">How much is kept out.</param>
/// <param name="IsByName">Whether nothing but its name says so.</param>
internal readonly record struct Secrecy(Redaction Redaction, bool IsByName);

/// <summary>
/// Decides which values are kept out of the record. A value is marked by itself, where it is declared first, as the constructor
/// parameter of a record behind it, or by its type; of several marks the strictest counts. Without any its name decides.
/// </summary>
internal static class RedactionPolicy
{
    /// <summary>What is decided for a parameter, property or field.</summary>
    public static Secrecy Of(ISymbol symbol) => Of(Origins(symbol), TypeOf(symbol));

    /// <summary>What is decided for a member that is read of values of a type: in an interface, members of one name mostly are one property of the object.</summary>
    public static Secrecy Of(ISymbol member, ITypeSymbol readFrom) => readFrom.TypeKind != TypeKind.Interface
        ? Of(member)
        : Of([member, .. readFrom.AllInterfaces.SelectMany(i => i.GetMembers(member.Name)).Where(other => other.Kind == member.Kind)], TypeOf(member));

    /// <summary>What is decided for what a method returns. Its name counts where that is text: <c>GetApiKey</c>.</summary>
    public static Secrecy OfResult(IMethodSymbol method)
    {
        if (ResultShape.Of(method).Type is not { } type)
            return new Secrecy(Redaction.None, false);
        string name = method.Name.EndsWith("Async", StringComparison.Ordinal) ? method.Name.Substring(0, method.Name.Length - "Async".Length) : method.Name;
        bool isSecret = SecretNames.Of(name.AsSpan()) != SecretName.None && SecretHolders.IsText(type);
        return Decide(MemberOrigins.Of(method).SelectMany(static origin => ((IMethodSymbol)origin).GetReturnTypeAttributes()), type, isSecret);
    }

    /// <summary>What a mark on the type itself, or on what it derives from, says; <see langword="null"/> without one.</summary>
    public static Redaction? OfType(ITypeSymbol type)
    {
        if (type.SpecialType != SpecialType.None || type is not INamedTypeSymbol named)
            return null;
        if (named.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T)
            return OfType(named.TypeArguments[0]);
        Redaction? strictest = null;
        for (ITypeSymbol? level = named; level is { SpecialType: SpecialType.None }; level = level.BaseType)
            strictest = Stricter(strictest, MarkIn(level.GetAttributes()));
        foreach (INamedTypeSymbol implemented in named.AllInterfaces)
            strictest = Stricter(strictest, MarkIn(implemented.GetAttributes()));
        return strictest;
    }

    /// <summary>The statement that writes what is left of a value, over <c>writer</c>.</summary>
    public static string Statement(Redaction redaction, ITypeSymbol type, string value)
    {
        string method = redaction == Redaction.Hash ? "WriteHashed" : "WriteMasked";
        if (redaction == Redaction.Erase)
            return Erased;
        if (KnownWrappers.InnerOf(type) is { Member: "Span" } memory)
            return Statement(redaction, memory.Type, value + ".Span");
        if (SpanTypes.ElementOf(type) is { } element)
        {
            return SpanTypes.IsText(element) ? $"writer.{method}((global::System.ReadOnlySpan<char>){value});"
                : SpanTypes.IsBytes(element) && redaction == Redaction.Hash ? $"writer.{method}((global::System.ReadOnlySpan<byte>){value});"
                : Erased;
        }
        if (type is IDynamicTypeSymbol)
            return $"writer.{method}((object?){value});";
        return HasText(type) ? $"writer.{method}({value});" : Erased;
    }

    private const string Erased = "writer.WriteRedacted();";

    private static bool HasText(ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            return HasText(nullable.TypeArguments[0]);
        return type.TypeKind == TypeKind.Enum || SimpleTypes.IsSimple(type) || type.SpecialType == SpecialType.System_Object
            || type is ITypeParameterSymbol { AllowsRefLikeType: false }
            || type is IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: SpecialType.System_Byte };
    }

    private static Secrecy Of(IEnumerable<ISymbol> origins, ITypeSymbol type)
    {
        ISymbol[] all = [.. origins];
        IEnumerable<AttributeData> attributes = all.SelectMany(static o => o.GetAttributes().Concat(OfRecordParameter(o)).Concat(OfBackingField(o)));
        return Decide(attributes, type, all.Any(origin => SecretHolders.MayHold(type, SecretNames.Of(origin.Name.AsSpan()))));
    }

    private static Secrecy Decide(IEnumerable<AttributeData> attributes, ITypeSymbol type, bool hasSecretName)
    {
        if (Stricter(MarkIn(attributes), OfType(type)) is { } marked)
            return new Secrecy(marked, false);
        return hasSecretName ? new Secrecy(Redaction.Erase, true) : new Secrecy(Redaction.None, false);
    }

    private static ITypeSymbol TypeOf(ISymbol symbol) => symbol switch
    {
        IParameterSymbol parameter => parameter.Type,
        IPropertySymbol property => property.Type,
        IFieldSymbol field => field.Type,
        IMethodSymbol method => method.ReturnType,
        _ => throw new ArgumentException($"A {symbol.Kind} has no value.", nameof(symbol)),
    };

    private static IEnumerable<ISymbol> Origins(ISymbol symbol) => symbol is IParameterSymbol { ContainingSymbol: IMethodSymbol method } parameter
        ? MemberOrigins.Of(method).Select(origin => (ISymbol)((IMethodSymbol)origin).Parameters[parameter.Ordinal])
        : MemberOrigins.Of(symbol);

    private static IEnumerable<AttributeData> OfRecordParameter(ISymbol symbol) =>
        symbol is IPropertySymbol { ContainingType: { IsRecord: true } record } property
            ? record.InstanceConstructors.SelectMany(static constructor => constructor.Parameters).Where(p => p.Name == property.Name).SelectMany(static p => p.GetAttributes())
            : [];

    private static IEnumerable<AttributeData> OfBackingField(ISymbol symbol) =>
        symbol is IPropertySymbol { ContainingType: { } type } property
            ? type.GetMembers().OfType<IFieldSymbol>().Where(f => SymbolEqualityComparer.Default.Equals(f.AssociatedSymbol, property)).SelectMany(static f => f.GetAttributes())
            : [];

    private static Redaction? MarkIn(IEnumerable<AttributeData> attributes)
    {
        Redaction? strictest = null;
        foreach (AttributeData attribute in attributes)
        {
            if (attribute.OwnName() == RecordedAttributeNames.Redact)
                strictest = Stricter(strictest, RedactMark.Of(attribute));
        }
        return strictest;
    }

    private static Redaction? Stricter(Redaction? one, Redaction? other) => one is null ? other : other is null ? one : one < other ? one : other;
}

/// <summary>What one <c>[Redact]</c> says.</summary>
internal static class RedactMark
{
    /// <summary>The strength it names; one that is none erases.</summary>
    public static Redaction Of(AttributeData attribute) => attribute.FirstNumber() is { } number && IsKnown(number) ? (Redaction)number : Redaction.Erase;

    public static bool IsKnown(int value) => value is >= (int)Redaction.Erase and <= (int)Redaction.None;
}
