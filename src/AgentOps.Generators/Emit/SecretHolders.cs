using AgentOps.Recording;
using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Emit;

/// <summary>Which types a secret may have. A number that is called a token counts them, and a flag only says that there is a password.</summary>
internal static class SecretHolders
{
    private static readonly HashSet<string> s_text = new(StringComparer.Ordinal)
    {
        "System.Uri", "System.BinaryData", "System.Text.StringBuilder", "System.Security.SecureString", "Microsoft.Extensions.Primitives.StringValues",
        "System.Text.Json.JsonElement", "System.Text.Json.JsonDocument", "System.Text.Json.Nodes.JsonNode",
    };

    /// <summary>Whether a value of the type is a secret if its name is.</summary>
    public static bool MayHold(ITypeSymbol type, SecretName name) => name switch
    {
        SecretName.Always => !IsHarmless(type),
        SecretName.IfText => IsText(type),
        _ => false,
    };

    /// <summary>Whether values of the type are text, bytes, or collections of them.</summary>
    public static bool IsText(ITypeSymbol type) => IsText(type, depth: 0);

    private static bool IsText(ITypeSymbol type, int depth)
    {
        if (type.SpecialType == SpecialType.System_String)
            return true;
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            return IsText(nullable.TypeArguments[0], depth);
        ITypeSymbol? element = SpanTypes.ElementOf(type) ?? (KnownWrappers.InnerOf(type) is { Member: "Span" } memory ? SpanTypes.ElementOf(memory.Type) : null)
            ?? (type as IArrayTypeSymbol)?.ElementType;
        if (element is not null && (SpanTypes.IsText(element) || SpanTypes.IsBytes(element)))
            return true;
        if (type is INamedTypeSymbol && s_text.Contains(type.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat.WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.None))))
            return true;
        if (depth == 3 || CollectionShape.Of(type) is not { } collection)
            return false;
        return IsText(collection.TextKey ? ((INamedTypeSymbol)collection.Element).TypeArguments[1] : collection.Element, depth + 1);
    }

    private static bool IsHarmless(ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            return IsHarmless(nullable.TypeArguments[0]);
        return type.TypeKind is TypeKind.Enum or TypeKind.Delegate || type.SpecialType is
            SpecialType.System_Boolean or SpecialType.System_SByte or SpecialType.System_Byte or SpecialType.System_Int16 or SpecialType.System_UInt16
            or SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_UInt64
            or SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_Decimal or SpecialType.System_DateTime
            || type.Name is "DateTimeOffset" or "DateOnly" or "TimeOnly" or "TimeSpan";
    }
}
