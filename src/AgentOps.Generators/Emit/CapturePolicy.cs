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

    /// <summary>Whether a symbol, or the constructor parameter of a record behind a property, is marked <c>[Redact]</c>.</summary>
    public static bool IsRedacted(ISymbol symbol)
    {
        if (HasRedact(symbol))
            return true;
        if (symbol is not IPropertySymbol { ContainingType: { IsRecord: true } record } property)
            return false;
        foreach (IMethodSymbol constructor in record.InstanceConstructors)
        {
            foreach (IParameterSymbol parameter in constructor.Parameters)
            {
                if (parameter.Name == property.Name && HasRedact(parameter))
                    return true;
            }
        }
        return false;
    }

    /// <summary>Whether the method's return value is marked <c>[return: Redact]</c>.</summary>
    public static bool RedactsResult(IMethodSymbol method) => method.GetReturnTypeAttributes().Any(IsRedactAttribute);

    private static bool HasRedact(ISymbol symbol) => symbol.GetAttributes().Any(IsRedactAttribute);

    private static bool IsRedactAttribute(AttributeData attribute) =>
        attribute.AttributeClass?.ToDisplayString() == "AgentOps.RedactAttribute";
}
