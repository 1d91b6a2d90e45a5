using AgentOps.Generators.Declarations;
using AgentOps.Generators.Support;
using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Calls;

/// <summary>A class that is marked as an agent.</summary>
/// <param name="Type">The full name of the class that carries the mark.</param>
/// <param name="Name">The agent's name.</param>
internal sealed record TrackedAgent(string Type, string Name)
{
    /// <summary>The agent that a type is: by its own mark, that of a base class, or that of the type it is nested in.</summary>
    public static TrackedAgent? Of(INamedTypeSymbol? type, bool includeOuter)
    {
        for (INamedTypeSymbol? outer = type; outer is not null; outer = includeOuter ? outer.ContainingType : null)
        {
            for (INamedTypeSymbol? candidate = outer; candidate is not null; candidate = candidate.BaseType)
            {
                foreach (AttributeData attribute in candidate.GetAttributes())
                {
                    if (attribute.OwnName() == RecordedAttributeNames.TrackAgent)
                        return new TrackedAgent(candidate.ToDisplayString(), attribute.SingleText() ?? candidate.Name);
                }
            }
        }
        return null;
    }
}
