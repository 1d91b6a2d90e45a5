using AgentOps.Generators.Declarations;
using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Support;

/// <summary>Reads attributes and their arguments.</summary>
internal static class AttributeArguments
{
    /// <summary>The class of an attribute if it is one of the recorder's own; otherwise <see langword="null"/>.</summary>
    public static string? OwnName(this AttributeData attribute) =>
        attribute.AttributeClass is { ContainingNamespace: { Name: RecordedAttributeNames.Namespace, ContainingNamespace.IsGlobalNamespace: true } } type ? type.Name : null;

    /// <summary>The only constructor argument if it is text that is not empty; otherwise <see langword="null"/>.</summary>
    public static string? SingleText(this AttributeData attribute) =>
        attribute.ConstructorArguments.Length == 1 && attribute.ConstructorArguments[0].Value is string { Length: > 0 } text ? text : null;

    /// <summary>A named argument if it is text; otherwise <see langword="null"/>.</summary>
    public static string? NamedText(this AttributeData attribute, string name) => attribute.Named(name) as string;

    /// <summary>The first constructor argument if it is a whole number, as constants of an enumeration are; otherwise <see langword="null"/>.</summary>
    public static int? FirstNumber(this AttributeData attribute) =>
        attribute.ConstructorArguments.Length > 0 && attribute.ConstructorArguments[0].Value is int number ? number : null;

    /// <summary>A named argument if it is a whole number; otherwise <see langword="null"/>.</summary>
    public static int? NamedNumber(this AttributeData attribute, string name) => attribute.Named(name) as int?;

    /// <summary>Whether a named argument is <see langword="true"/>.</summary>
    public static bool NamedFlag(this AttributeData attribute, string name) => attribute.Named(name) is true;

    private static object? Named(this AttributeData attribute, string name)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            // An array has no value of its own, and is none of what is asked for.
            if (argument.Key == name && argument.Value.Kind != TypedConstantKind.Array)
                return argument.Value.Value;
        }
        return null;
    }
}
