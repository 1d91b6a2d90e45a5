using System.Collections.Concurrent;
using AgentOps.Generators.Emit;
using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Diagnostics;

/// <summary>What is captured with a value: its members and items, and theirs.</summary>
/// <param name="compilation">The project's.</param>
/// <param name="seen">Types whose members were looked at already, so that each is reported once.</param>
internal sealed class CapturedReach(Compilation compilation, ConcurrentDictionary<ISymbol, bool> seen)
{
    private const int MaxDepth = 6;

    /// <summary>Members declared in this project that are erased because of their name alone.</summary>
    public IEnumerable<ISymbol> SecretsByName(ITypeSymbol type) => SecretsByName(type, 0);

    /// <summary>Why values of a type show no more than the name of their type; <see langword="null"/> if they show more, or nobody would expect more.</summary>
    public static string? WhyNamedOnly(ITypeSymbol type)
    {
        ITypeSymbol value = Innermost(type);
        if (value.IsRefLikeType)
            return SpanTypes.ElementOf(value) is null ? $"'{value.Name}' is a ref struct, which nothing can be read of; pass a span, or what should be seen as a value of its own" : null;
        if (value.TypeKind is not (TypeKind.Class or TypeKind.Struct) || value.IsAbstract || value is IErrorTypeSymbol || CapturePolicy.IsSkipped(value)
            || value.SpecialType is SpecialType.System_Object || MemberReader.IsException(value) || SimpleTypes.IsSimple(value)
            || EncoderSet.IsEncodable(value) || RedactionPolicy.OfType(value) is not null)
        {
            return null;
        }
        if (MemberReader.IsPlatformType(value))
            return $"the recorder does not know '{value.Name}'; pass what should be seen as a value of its own, or register a JSON description of it (RecorderOptions.JsonTypeInfoResolver)";
        bool hasFields = value.TypeKind == TypeKind.Class && value.GetMembers().OfType<IFieldSymbol>().Any(
            static f => f is { IsStatic: false, IsConst: false, DeclaredAccessibility: Accessibility.Public });
        return hasFields ? $"'{value.Name}' has public fields and no public properties; make the fields properties" : null;
    }

    private IEnumerable<ISymbol> SecretsByName(ITypeSymbol type, int depth)
    {
        ITypeSymbol value = Innermost(type);
        if (depth == MaxDepth || !seen.TryAdd(value, true) || CapturePolicy.IsSkipped(value) || RedactionPolicy.OfType(value) is not null and not Redaction.None)
            yield break;
        if (value is INamedTypeSymbol { IsTupleType: true } tuple)
        {
            foreach (ISymbol found in tuple.TupleElements.SelectMany(e => SecretsByName(e.Type, depth + 1)))
                yield return found;
            yield break;
        }
        if (!SymbolEqualityComparer.Default.Equals(value.ContainingAssembly, compilation.Assembly) || !MemberReader.HasReadableMembers(value))
            yield break;
        foreach (ISymbol member in MemberReader.ReadableMembers(value))
        {
            Secrecy secrecy = RedactionPolicy.Of(member, value);
            if (secrecy.IsByName)
            {
                if (seen.TryAdd(member, true))
                    yield return member;
            }
            else if (secrecy.Redaction == Redaction.None)
            {
                foreach (ISymbol found in SecretsByName(member is IPropertySymbol property ? property.Type : ((IFieldSymbol)member).Type, depth + 1))
                    yield return found;
            }
        }
    }

    /// <summary>What a nullable, a wrapper or a collection is made of.</summary>
    private static ITypeSymbol Innermost(ITypeSymbol type)
    {
        for (int i = 0; i < MaxDepth; i++)
        {
            ITypeSymbol? inner = type switch
            {
                INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable => nullable.TypeArguments[0],
                _ when SimpleTypes.IsSimple(type) => null,
                _ when CollectionShape.Of(type) is { } collection => collection.TextKey ? ((INamedTypeSymbol)collection.Element).TypeArguments[1] : collection.Element,
                _ => KnownWrappers.InnerOf(type)?.Type,
            };
            if (inner is null)
                return type;
            type = inner;
        }
        return type;
    }
}
