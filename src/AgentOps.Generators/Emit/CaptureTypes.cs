using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Emit;

/// <summary>Types that the runtime's writer takes as they are.</summary>
internal static class SimpleTypes
{
    /// <summary>Whether every value of the type is one word of a payload.</summary>
    public static bool IsWord(ITypeSymbol type) => type.SpecialType
        is SpecialType.System_Boolean or SpecialType.System_Char or SpecialType.System_Single
        or SpecialType.System_SByte or SpecialType.System_Byte or SpecialType.System_Int16 or SpecialType.System_UInt16
        or SpecialType.System_Int32 or SpecialType.System_UInt32
        || IsNamed(type, "System.DateOnly");

    /// <summary>Whether writing a value of the type runs none of the user's code and cannot fail.</summary>
    public static bool IsPlain(ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            return IsPlain(nullable.TypeArguments[0]);
        if (type.TypeKind == TypeKind.Enum || type is IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: SpecialType.System_Byte })
            return true;
        if (SpanTypes.ElementOf(type) is { } element)
            return SpanTypes.IsText(element) || SpanTypes.IsBytes(element);
        return IsSimple(type) && !(type is INamedTypeSymbol && s_guarded.Contains(type.ToDisplayString(s_plainName)));
    }

    /// <summary>Bytes that often are text, and come in a package that the runtime does not know.</summary>
    public static bool IsBinaryData(ITypeSymbol type) => IsNamed(type, "System.BinaryData");

    private static bool IsNamed(ITypeSymbol type, string fullName) =>
        type is INamedTypeSymbol { IsGenericType: false } && type.Name == fullName.Substring(fullName.LastIndexOf('.') + 1) && type.ToDisplayString(s_plainName) == fullName;

    private static readonly SymbolDisplayFormat s_plainName =
        SymbolDisplayFormat.CSharpErrorMessageFormat.WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.None);

    private static readonly HashSet<string> s_named = new(StringComparer.Ordinal)
    {
        "System.Guid", "System.DateTimeOffset", "System.DateOnly", "System.TimeOnly", "System.TimeSpan", "System.Uri",
        "System.Half", "System.Int128", "System.UInt128", "System.Numerics.BigInteger", "System.Text.Rune", "System.Version", "System.Index", "System.Range",
    };

    /// <summary>Types whose values the runtime writes by running code that is not its own, or that may fail.</summary>
    private static readonly HashSet<string> s_guarded = new(StringComparer.Ordinal)
    {
        "System.Text.Json.JsonElement", "System.Text.Json.JsonDocument", "System.Text.Json.Nodes.JsonNode", "System.Text.Json.Nodes.JsonObject",
        "System.Text.Json.Nodes.JsonArray", "System.Text.Json.Nodes.JsonValue", "System.Type", "System.Globalization.CultureInfo",
        "System.Net.IPAddress", "System.Text.StringBuilder",
    };

    public static bool IsSimple(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Boolean or SpecialType.System_Char or SpecialType.System_String or SpecialType.System_DateTime
            or SpecialType.System_Decimal or SpecialType.System_Single or SpecialType.System_Double
            or SpecialType.System_SByte or SpecialType.System_Byte or SpecialType.System_Int16 or SpecialType.System_UInt16
            or SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_UInt64
            or SpecialType.System_IntPtr or SpecialType.System_UIntPtr => true,
        _ => type is INamedTypeSymbol && type.ToDisplayString(s_plainName) is var name && (s_named.Contains(name) || s_guarded.Contains(name)),
    };
}

/// <summary>Spans, whose contents are copied while they are in reach.</summary>
internal static class SpanTypes
{
    /// <summary>The element of a span; <see langword="null"/> for every other type.</summary>
    public static ITypeSymbol? ElementOf(ITypeSymbol type) =>
        type is INamedTypeSymbol { IsRefLikeType: true, MetadataName: "Span`1" or "ReadOnlySpan`1", ContainingNamespace.Name: "System" } span
            ? span.TypeArguments[0]
            : null;

    public static bool IsText(ITypeSymbol element) => element.SpecialType == SpecialType.System_Char;

    public static bool IsBytes(ITypeSymbol element) => element.SpecialType == SpecialType.System_Byte;
}

/// <summary>Types that only wrap another value, by the member that holds it.</summary>
internal static class KnownWrappers
{
    public static (string Member, ITypeSymbol Type)? InnerOf(ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol { IsGenericType: true } named)
            return null;
        for (INamedTypeSymbol? candidate = named; candidate is not null; candidate = candidate.BaseType)
        {
            if (candidate is { MetadataName: "ClientResult`1" } && candidate.ContainingNamespace.ToDisplayString() == "System.ClientModel")
                return ("Value", candidate.TypeArguments[0]);
        }
        return named is { MetadataName: "Memory`1" or "ReadOnlyMemory`1", ContainingNamespace.Name: "System" }
            ? ("Span", SpanOf(named))
            : null;
    }

    private static ITypeSymbol SpanOf(INamedTypeSymbol memory) =>
        memory.GetMembers("Span").OfType<IPropertySymbol>().First().Type;
}

/// <summary>How the items of a collection are read.</summary>
/// <param name="Element">The type of its items.</param>
/// <param name="TextKey">Whether it maps text to values.</param>
/// <param name="NeedsMaterialisedCheck">Whether a value may be a lazy sequence.</param>
/// <param name="MayBeDefault">Whether it is an immutable array, which throws when it was never set.</param>
/// <param name="PatternGivesElement">Whether a plain <c>foreach</c>, which prefers the type's own enumerator, gives those items.</param>
/// <param name="Rank">How many dimensions an array has; otherwise 1.</param>
/// <param name="Count">The member that counts the items, if the type has one; otherwise they are asked as a sequence.</param>
internal sealed record CollectionShape(
    ITypeSymbol Element, bool TextKey, bool NeedsMaterialisedCheck, bool MayBeDefault, bool PatternGivesElement, int Rank = 1, string? Count = null)
{
    public static CollectionShape? Of(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol array)
            return new CollectionShape(array.ElementType, false, false, false, true, array.Rank, "Length");
        if (SpanTypes.ElementOf(type) is { } item)
            return new CollectionShape(item, false, false, false, true, Count: "Length");
        if (type is not INamedTypeSymbol || type.SpecialType == SpecialType.System_String || type.IsRefLikeType)
            return null;
        INamedTypeSymbol? sequence = Self(type, "IEnumerable`1");
        INamedTypeSymbol? collection = Self(type, "ICollection`1") ?? Self(type, "IReadOnlyCollection`1");
        if (sequence is null || type.AllInterfaces.Any(static i => i.MetadataName == "IQueryable"))
            return null;
        bool isBareSequence = collection is null;
        if (isBareSequence && type.TypeKind != TypeKind.Interface)
            return null;
        ITypeSymbol element = sequence.TypeArguments[0];
        bool textKey = element is INamedTypeSymbol { MetadataName: "KeyValuePair`2" } pair && pair.TypeArguments[0].SpecialType == SpecialType.System_String;
        bool mayBeDefault = type.MetadataName == "ImmutableArray`1";
        return new CollectionShape(element, textKey, isBareSequence, mayBeDefault, GivesElement(type, element));
    }

    private static bool GivesElement(ITypeSymbol type, ITypeSymbol element)
    {
        // An interface has no enumerator that would be cheaper than the sequence's.
        if (type.TypeKind == TypeKind.Interface)
            return IsGenericCollection((INamedTypeSymbol)type, "IEnumerable`1");
        for (ITypeSymbol? level = type; level is not null; level = level.BaseType)
        {
            IMethodSymbol[] found = [.. level.GetMembers("GetEnumerator").OfType<IMethodSymbol>().Where(static m => m is { IsStatic: false, DeclaredAccessibility: Accessibility.Public })];
            if (found.Length > 0)
                {
                return found.Length == 1 && found[0] is { Arity: 0, Parameters.IsEmpty: true } only
                    && SymbolEqualityComparer.Default.Equals(CurrentOf(only.ReturnType), element);
            }
        }
        return true;
    }

    private static ITypeSymbol? CurrentOf(ITypeSymbol enumerator)
    {
        for (ITypeSymbol? level = enumerator; level is not null; level = level.BaseType)
        {
            if (level.GetMembers("Current").OfType<IPropertySymbol>().FirstOrDefault(static p => p is { IsStatic: false, DeclaredAccessibility: Accessibility.Public }) is { } current)
                return current.Type;
        }
        return null;
    }

    private static INamedTypeSymbol? Self(ITypeSymbol type, string metadataName)
    {
        if (type is INamedTypeSymbol named && IsGenericCollection(named, metadataName))
            return named;
        INamedTypeSymbol? found = null;
        foreach (INamedTypeSymbol candidate in type.AllInterfaces)
        {
            if (!IsGenericCollection(candidate, metadataName))
                continue;
            if (found is not null)
                return null; // A sequence of two element types cannot be read by one foreach.
            found = candidate;
        }
        return found;
    }

    private static bool IsGenericCollection(INamedTypeSymbol type, string metadataName) =>
        type.MetadataName == metadataName && type.ContainingNamespace.ToDisplayString() == "System.Collections.Generic";
}

/// <summary>Which members of an object are read.</summary>
internal static class MemberReader
{
    private static readonly string[] s_platform = ["System", "Microsoft", "Windows", "Internal"];

    public static bool HasReadableMembers(ITypeSymbol type) =>
        type.TypeKind is TypeKind.Class or TypeKind.Struct or TypeKind.Interface
        && (!IsPlatformType(type) || IsBareData(type))
        && !CapturePolicy.IsSkipped(type)
        && !IsException(type)
        && !IsAwaitable(type)
        && ReadableMembers(type).Count > 0;

    /// <summary>
    /// Public properties with a getter and public fields of structs: those of the base first, in the order of the source. Of
    /// members of one name the most derived counts.
    /// </summary>
    public static IReadOnlyList<ISymbol> ReadableMembers(ITypeSymbol type)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var members = new List<ISymbol>();
        IEnumerable<ITypeSymbol> levels = type.TypeKind == TypeKind.Interface ? [type, .. type.AllInterfaces] : BaseChain(type);
        foreach (ITypeSymbol level in levels)
            members.InsertRange(0, [.. level.GetMembers().Where(member => IsReadable(member) && seen.Add(member.Name))]);
        return members;
    }

    private static IEnumerable<ITypeSymbol> BaseChain(ITypeSymbol type)
    {
        for (ITypeSymbol? level = type; level is not null && (!IsPlatformType(level) || IsBareData(level)); level = level.BaseType)
            yield return level;
    }

    /// <summary>The types of the platform that are nothing but their members.</summary>
    private static bool IsBareData(ITypeSymbol type) =>
        (type.MetadataName == "KeyValuePair`2" && type.ContainingNamespace.ToDisplayString() == "System.Collections.Generic")
        || (type is INamedTypeSymbol { IsGenericType: true, Name: "Tuple", ContainingNamespace.Name: "System" });

    private static bool IsReadable(ISymbol member)
    {
        if (member.IsStatic || member.Name.Length == 0 || member.IsImplicitlyDeclared || member.DeclaredAccessibility != Accessibility.Public || Obsolescence.IsErrorOrExperimental(member))
            return false;
        ITypeSymbol? type = member switch
        {
            IPropertySymbol { IsIndexer: false, ReturnsByRef: false, ReturnsByRefReadonly: false, GetMethod.DeclaredAccessibility: Accessibility.Public } property
                when property.ExplicitInterfaceImplementations.IsEmpty => property.Type,
            IFieldSymbol { ContainingType.TypeKind: TypeKind.Struct, AssociatedSymbol: null, IsConst: false } field => field.Type,
            _ => null,
        };
        // A name that stands twice is the user's error, and theirs alone to see.
        return type is not null && !type.IsRefLikeType && !CapturePolicy.IsSkipped(type) && member.ContainingType.GetMembers(member.Name).Length == 1;
    }

    public static bool IsPlatformType(ITypeSymbol type)
    {
        INamespaceSymbol? space = type.ContainingNamespace;
        while (space is { IsGlobalNamespace: false, ContainingNamespace.IsGlobalNamespace: false })
            space = space.ContainingNamespace;
        return space is { IsGlobalNamespace: false } && s_platform.Contains(space.Name);
    }

    /// <summary>Reading the result of something that is awaited may wait for it, or use it up.</summary>
    private static bool IsAwaitable(ITypeSymbol type)
    {
        for (ITypeSymbol? level = type; level is not null; level = level.BaseType)
        {
            if (level.GetMembers("GetAwaiter").Any(static m => m is IMethodSymbol { IsStatic: false, Parameters.IsEmpty: true, ReturnsVoid: false }))
                return true;
        }
        return false;
    }

    public static bool IsException(ITypeSymbol type)
    {
        for (ITypeSymbol? level = type; level is not null; level = level.BaseType)
        {
            if (level.OriginalDefinition.ToDisplayString() == "System.Exception")
                return true;
        }
        return false;
    }
}

/// <summary>Members that must not be touched from generated code.</summary>
internal static class Obsolescence
{
    public static bool IsError(ISymbol symbol) =>
        symbol.GetAttributes().Any(static a => a.AttributeClass?.Name == "ObsoleteAttribute" && a.ConstructorArguments.Length == 2 && a.ConstructorArguments[1].Value is true);

    /// <summary>Experimental members are errors to use, and what they return is not settled.</summary>
    public static bool IsErrorOrExperimental(ISymbol symbol) =>
        IsError(symbol) || symbol.GetAttributes().Any(static a => a.AttributeClass?.Name == "ExperimentalAttribute");
}
