using AgentOps.Generators.Calls;
using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Emit;

/// <summary>Type parameters and their constraints, as generated methods must restate them.</summary>
internal static class TypeParameterText
{
    /// <summary>The parameters in angle brackets; empty if there are none.</summary>
    public static string Listed(IReadOnlyList<ITypeParameterSymbol> parameters) =>
        parameters.Count == 0 ? "" : $"<{string.Join(", ", parameters.Select(TypeNames.NameOf))}>";

    /// <summary>One clause for each parameter that has constraints.</summary>
    public static IReadOnlyList<string> Constraints(IReadOnlyList<ITypeParameterSymbol> parameters) =>
        [.. parameters.Select(ConstraintOf).Where(static clause => clause.Length > 0)];

    /// <summary>The type parameters that a type is made of, and those that their constraints name.</summary>
    public static IReadOnlyList<ITypeParameterSymbol> In(ITypeSymbol type)
    {
        var found = new List<ITypeParameterSymbol>();
        Collect(type, found);
        return found;
    }

    private static void Collect(ITypeSymbol type, List<ITypeParameterSymbol> found)
    {
        switch (type)
        {
            case ITypeParameterSymbol parameter:
                if (found.Contains(parameter, SymbolEqualityComparer.Default))
                    return;
                found.Add(parameter);
                foreach (ITypeSymbol constraint in parameter.ConstraintTypes)
                    Collect(constraint, found);
                break;
            case IArrayTypeSymbol array:
                Collect(array.ElementType, found);
                break;
            case INamedTypeSymbol named:
                for (INamedTypeSymbol? level = named; level is not null; level = level.ContainingType)
                {
                    foreach (ITypeSymbol argument in level.TypeArguments)
                        Collect(argument, found);
                }
                break;
        }
    }

    /// <summary>The parameters in angle brackets as they are declared, for people to read.</summary>
    public static string Declared(IReadOnlyList<ITypeParameterSymbol> parameters) =>
        parameters.Count == 0 ? "" : $"<{string.Join(", ", parameters.Select(static p => p.Name))}>";

    private static string ConstraintOf(ITypeParameterSymbol parameter)
    {
        var constraints = new List<string>();
        if (parameter.HasUnmanagedTypeConstraint)
            constraints.Add("unmanaged");
        else if (parameter.HasValueTypeConstraint)
            constraints.Add("struct");
        else if (parameter.HasReferenceTypeConstraint)
            constraints.Add(parameter.ReferenceTypeConstraintNullableAnnotation == NullableAnnotation.Annotated ? "class?" : "class");
        else if (parameter.HasNotNullConstraint)
            constraints.Add("notnull");
        constraints.AddRange(parameter.ConstraintTypes.Select(TypeNames.Full));
        if (parameter.HasConstructorConstraint && !parameter.HasValueTypeConstraint)
            constraints.Add("new()");
        if (parameter.AllowsRefLikeType)
            constraints.Add("allows ref struct");
        return constraints.Count == 0 ? "" : $"where {TypeNames.NameOf(parameter)} : {string.Join(", ", constraints)}";
    }
}
