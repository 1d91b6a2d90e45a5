using System.Text;
using AgentOps.Generators.Emit;
using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Adapters;

/// <summary>
/// What a method promises trimming and AOT, restated on the interceptor that stands for it: what analyses a program sees the
/// interceptor called, and the method called by it.
/// </summary>
internal static class TrimmingAttributes
{
    /// <summary>The attributes of a method, one a line.</summary>
    public static IEnumerable<string> Of(IMethodSymbol method) => method.GetAttributes().Where(IsRequirement).Select(Text);

    /// <summary>Type parameters in angle brackets, with their attributes.</summary>
    public static string Listed(IReadOnlyList<ITypeParameterSymbol> parameters) => parameters.Count == 0
        ? ""
        : $"<{string.Join(", ", parameters.Select(static p => string.Concat(p.GetAttributes().Where(IsRequirement).Select(static a => Text(a) + " ")) + p.Name))}>";

    /// <summary>The attributes of a parameter, each with a space behind it.</summary>
    public static string Of(IParameterSymbol parameter) => string.Concat(parameter.GetAttributes().Where(IsRequirement).Select(static a => Text(a) + " "));

    private static bool IsRequirement(AttributeData attribute) => attribute.AttributeClass is
    {
        Name: "RequiresUnreferencedCodeAttribute" or "RequiresDynamicCodeAttribute" or "DynamicallyAccessedMembersAttribute",
        ContainingNamespace.Name: "CodeAnalysis",
    };

    private static string Text(AttributeData attribute)
    {
        var text = new StringBuilder("[global::System.Diagnostics.CodeAnalysis.").Append(attribute.AttributeClass!.Name);
        return text.Append('(').Append(string.Join(", ", attribute.ConstructorArguments.Select(Value))).Append(")]").ToString();
    }

    private static string Value(TypedConstant constant) => constant.Kind == TypedConstantKind.Enum
        ? $"({constant.Type!.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)}){constant.Value}"
        : Literals.Text(constant.Value as string);
}
