using System.Globalization;
using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Emit;

/// <summary>What the bits of a <c>[Flags]</c> enumeration are.</summary>
/// <param name="NumberType">The type to look at the bits in.</param>
/// <param name="Known">All bits that have a name, as a literal of that type.</param>
internal sealed record EnumFlags(string NumberType, string Known)
{
    /// <summary>The flags of an enumeration; <see langword="null"/> if it is none of flags.</summary>
    public static EnumFlags? Of(INamedTypeSymbol type)
    {
        if (!type.GetAttributes().Any(static a => a.AttributeClass is { Name: "FlagsAttribute", ContainingNamespace.Name: "System" }))
            return null;
        ulong known = 0;
        foreach (IFieldSymbol field in type.GetMembers().OfType<IFieldSymbol>())
        {
            if (field is { HasConstantValue: true, ConstantValue: { } constant })
                known |= constant is ulong large ? large : unchecked((ulong)Convert.ToInt64(constant, CultureInfo.InvariantCulture));
        }
        return type.EnumUnderlyingType!.SpecialType == SpecialType.System_UInt64
            ? new EnumFlags("ulong", known.ToString(CultureInfo.InvariantCulture) + "UL")
            : new EnumFlags("long", unchecked((long)known) switch
            {
                long.MinValue => "long.MinValue",
                var number => $"({number.ToString(CultureInfo.InvariantCulture)}L)",
            });
    }
}
