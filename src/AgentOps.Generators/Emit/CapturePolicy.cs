using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Emit;

/// <summary>Which values are captured at all.</summary>
internal static class CapturePolicy
{
    private static readonly HashSet<string> s_skipped = new(StringComparer.Ordinal)
    {
        "System.Threading.CancellationToken",
        "System.IO.Stream",
        "System.IO.TextReader",
        "System.IO.TextWriter",
        "System.IServiceProvider",
        "System.Net.Http.HttpClient",
        "Microsoft.Extensions.Logging.ILogger",
        "AgentOps.Session",
    };

    /// <summary>Whether values of the type say nothing worth keeping: tokens, streams, delegates, loggers, the session itself.</summary>
    public static bool IsSkipped(ITypeSymbol type)
    {
        if (type.TypeKind is TypeKind.Delegate or TypeKind.Pointer or TypeKind.FunctionPointer)
            return true;
        for (ITypeSymbol? candidate = type; candidate is not null; candidate = candidate.BaseType)
        {
            if (s_skipped.Contains(candidate.OriginalDefinition.ToDisplayString()))
                return true;
        }
        return type.AllInterfaces.Any(static i => i.ToDisplayString() == "Microsoft.Extensions.Logging.ILogger")
            || type.OriginalDefinition.ToDisplayString() == "System.IProgress<T>";
    }

    /// <summary>
    /// Whether a parameter, property or field is marked <c>[Redact]</c>: itself, where it is declared first, or as the
    /// constructor parameter of a record behind it.
    /// </summary>
    public static bool IsRedacted(ISymbol symbol) => symbol is IParameterSymbol { ContainingSymbol: IMethodSymbol method } parameter
        ? WithOrigins(method).Any(origin => HasRedact(((IMethodSymbol)origin).Parameters[parameter.Ordinal]))
        : WithOrigins(symbol).Any(static origin => HasRedact(origin) || IsRedactedInConstructor(origin));

    /// <summary>Whether the method's return value is marked <c>[return: Redact]</c>.</summary>
    public static bool RedactsResult(IMethodSymbol method) =>
        WithOrigins(method).Any(static origin => ((IMethodSymbol)origin).GetReturnTypeAttributes().Any(IsRedactAttribute));

    /// <summary>A member with those that it overrides or implements. What one of them keeps secret, none may tell.</summary>
    private static IEnumerable<ISymbol> WithOrigins(ISymbol member)
    {
        for (ISymbol? level = member; level is not null; level = (level as IMethodSymbol)?.OverriddenMethod ?? (ISymbol?)(level as IPropertySymbol)?.OverriddenProperty)
            yield return level;
        if (member.ContainingType is not { TypeKind: TypeKind.Class or TypeKind.Struct } type || member is IFieldSymbol)
            yield break;
        foreach (INamedTypeSymbol implemented in type.AllInterfaces)
        {
            foreach (ISymbol candidate in implemented.GetMembers(member.Name))
            {
                if (candidate.Kind == member.Kind && SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(candidate), member))
                    yield return candidate;
            }
        }
    }

    private static bool IsRedactedInConstructor(ISymbol symbol) =>
        symbol is IPropertySymbol { ContainingType: { IsRecord: true } record } property
        && record.InstanceConstructors.Any(constructor => constructor.Parameters.Any(p => p.Name == property.Name && HasRedact(p)));

    private static bool HasRedact(ISymbol symbol) => symbol.GetAttributes().Any(IsRedactAttribute);

    private static bool IsRedactAttribute(AttributeData attribute) =>
        attribute.AttributeClass?.ToDisplayString() == "AgentOps.RedactAttribute";
}
