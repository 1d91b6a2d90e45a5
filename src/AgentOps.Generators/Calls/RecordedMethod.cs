using AgentOps.Generators.Bodies;
using AgentOps.Generators.Declarations;
using AgentOps.Generators.Emit;
using AgentOps.Generators.Support;
using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Calls;

/// <summary>The kinds of events that a recorded method makes; the names are those of the runtime's <c>EventKind</c>.</summary>
internal enum RecordedKind
{
    Action,
    Tool,
    Llm,
}

/// <summary>What the attribute on a method says.</summary>
/// <param name="Kind">What kind of event a call makes.</param>
/// <param name="Name">The event's name.</param>
/// <param name="Model">The model that is asked.</param>
/// <param name="Provider">Who serves it.</param>
/// <param name="IsPromisedLeaf">Whether nothing is recorded inside.</param>
/// <param name="Capture">What is captured; <see langword="null"/> if that is left to the project.</param>
internal sealed record RecordedMethod(RecordedKind Kind, string Name, string? Model, string? Provider, bool IsPromisedLeaf, CaptureLevels? Capture)
{
    /// <summary>What the attribute says whose calls are recorded where they are made; <see langword="null"/> also for a method that records them itself.</summary>
    public static RecordedMethod? Of(IMethodSymbol method)
    {
        RecordedMethod? recorded = OfDeclaration(method);
        return recorded is null || RecordedBody.RecordsItself((method.ReducedFrom ?? method).OriginalDefinition) ? null : recorded;
    }

    /// <summary>What is recorded of a method without an attribute: that it was called.</summary>
    public static RecordedMethod AsAction(IMethodSymbol method) => new(RecordedKind.Action, method.Name, null, null, IsPromisedLeaf: false, Capture: null);

    /// <summary>
    /// Finds the attribute of a method: its own, that of a method it overrides, or that of an interface member it implements.
    /// </summary>
    public static RecordedMethod? OfDeclaration(IMethodSymbol method)
    {
        IMethodSymbol definition = (method.ReducedFrom ?? method).OriginalDefinition;
        for (IMethodSymbol? candidate = definition; candidate is not null; candidate = candidate.OverriddenMethod?.OriginalDefinition)
        {
            if (Read(candidate, definition.Name) is { } found)
                return found;
        }
        for (IMethodSymbol? candidate = definition; candidate is not null; candidate = candidate.OverriddenMethod?.OriginalDefinition)
        {
            foreach (IMethodSymbol member in ImplementedBy(candidate))
            {
                if (Read(member, definition.Name) is { } found)
                    return found;
            }
        }
        return null;
    }

    /// <summary>Whether the method bears the attribute itself.</summary>
    public static bool IsMarked(IMethodSymbol method) => method.GetAttributes().Any(IsMark);

    public static bool IsMark(AttributeData attribute) => attribute.OwnName() is { } name && RecordedAttributeNames.InSource.Contains(name);

    /// <summary>The same in a project that says what is captured where the attribute does not.</summary>
    public RecordedMethod In(ProjectEnvironment environment) => this with { Capture = Capture ?? environment.Capture };

    /// <summary>The interface members of its name that a method implements in its own type.</summary>
    private static IEnumerable<IMethodSymbol> ImplementedBy(IMethodSymbol method)
    {
        if (method.ContainingType is not { TypeKind: TypeKind.Class or TypeKind.Struct } type)
            yield break;
        foreach (INamedTypeSymbol implemented in type.AllInterfaces)
        {
            foreach (ISymbol member in implemented.GetMembers(method.Name))
            {
                if (member is IMethodSymbol candidate
                    && SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(member)?.OriginalDefinition, method))
                {
                    yield return candidate;
                }
            }
        }
    }

    private static RecordedMethod? Read(IMethodSymbol method, string methodName)
    {
        foreach (AttributeData attribute in method.GetAttributes())
        {
            if (attribute.OwnName() is not { } type)
                continue;
            string? argument = attribute.SingleText();
            bool leaf = attribute.NamedFlag("Leaf");
            CaptureLevels? capture = (CaptureLevels?)attribute.NamedNumber("Capture") & CaptureLevels.All;
            switch (type)
            {
                case RecordedAttributeNames.Action: return new RecordedMethod(RecordedKind.Action, argument ?? methodName, null, null, leaf, capture);
                case RecordedAttributeNames.Tool: return new RecordedMethod(RecordedKind.Tool, argument ?? methodName, null, null, leaf, capture);
                case RecordedAttributeNames.Llm:
                    return new RecordedMethod(RecordedKind.Llm, methodName, attribute.NamedText("Model"), attribute.NamedText("Provider"), leaf, capture);
            }
        }
        return null;
    }
}
