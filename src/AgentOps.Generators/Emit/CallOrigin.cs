using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Emit;

/// <summary>What may stand before or behind a recorded call that records it too, and how the two find out about each other.</summary>
/// <remarks>
/// A call of an interface's or a virtual method may reach a body that records, or a decorator. Which one it is only the receiver
/// knows, so the question is asked when the program runs; every other call has its answer here and pays nothing.
/// </remarks>
internal sealed class CallOrigin
{
    private readonly bool _mayReachDecorator;
    private readonly string? _takes;

    private CallOrigin(string? offered, bool mayReachDecorator, string? takes)
    {
        Offered = offered;
        _mayReachDecorator = mayReachDecorator;
        _takes = takes;
    }

    /// <summary>The id by which a body that records may be reached; <see langword="null"/> if none can be.</summary>
    public string? Offered { get; }

    public static CallOrigin OfCalls(IMethodSymbol method) =>
        new(IsOpen(method) ? IdOf(method) : null, mayReachDecorator: IsOpen(method) && method.ContainingType.TypeKind == TypeKind.Interface, takes: null);

    public static CallOrigin OfDecorator(IMethodSymbol method) => new(IdOf(method), mayReachDecorator: false, takes: null);

    public static CallOrigin OfBody(IMethodSymbol method)
    {
        string[] ids = [.. OriginsOf(method).Select(static origin => $"\"{IdOf(origin)}\"")];
        if (ids.Length == 0)
            return new CallOrigin(null, mayReachDecorator: false, takes: null);
        string listed = $"[{string.Join(", ", ids)}]";
        return new CallOrigin(null, mayReachDecorator: false, listed);
    }

    /// <summary>Whether the body may be reached by calls that are recorded where they are made.</summary>
    public bool IsReachedByCalls => _takes is not null;

    /// <summary>The ids by which calls name the body, as a collection expression.</summary>
    public string Ids => _takes ?? "[]";

    /// <summary>The condition under which another records the call; <see langword="null"/> if none can.</summary>
    public string? IsRecordedElsewhere(string receiver) => _mayReachDecorator ? $"CallHandover.IsRecordedBy({receiver})" : null;

    /// <summary>Whether an override or implementation may be what is called.</summary>
    private static bool IsOpen(IMethodSymbol method)
    {
        if (method.IsStatic || method.ContainingType.IsValueType)
            return false;
        if (method.ContainingType.TypeKind == TypeKind.Interface)
            return method.IsAbstract || method.IsVirtual;
        return (method.IsVirtual || method.IsAbstract || method.IsOverride) && !method.IsSealed && !method.ContainingType.IsSealed;
    }

    /// <summary>What callers may call a body by: the methods that it overrides, and the interface members that it implements.</summary>
    public static IEnumerable<IMethodSymbol> OriginsOf(IMethodSymbol method)
    {
        for (IMethodSymbol? origin = method.OverriddenMethod; origin is not null; origin = origin.OverriddenMethod)
            yield return origin;
        INamedTypeSymbol type = method.ContainingType;
        if (method.IsStatic || type.TypeKind == TypeKind.Interface)
            yield break;
        foreach (ISymbol member in type.AllInterfaces.SelectMany(static i => i.GetMembers()))
        {
            if (member is IMethodSymbol implemented
                && type.FindImplementationForInterfaceMember(member) is IMethodSymbol found && SymbolEqualityComparer.Default.Equals(Definition(found), method))
            {
                yield return implemented;
            }
        }
    }

    /// <summary>Of a method in two parts, the one that its uses mean.</summary>
    private static IMethodSymbol Definition(IMethodSymbol method) => method.PartialDefinitionPart ?? method;

    private static string IdOf(IMethodSymbol method) => method.OriginalDefinition.GetDocumentationCommentId() ?? method.Name;
}
