using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Support;

/// <summary>Reads arguments of attributes.</summary>
internal static class AttributeArguments
{
    /// <summary>The only constructor argument if it is text that is not empty; otherwise <see langword="null"/>.</summary>
    public static string? SingleText(this AttributeData attribute) =>
        attribute.ConstructorArguments.Length == 1 && attribute.ConstructorArguments[0].Value is string { Length: > 0 } text ? text : null;

    /// <summary>A named argument if it is text; otherwise <see langword="null"/>.</summary>
    public static string? NamedText(this AttributeData attribute, string name)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (argument.Key == name && argument.Value.Value is string value)
                return value;
        }
        return null;
    }

    /// <summary>The first constructor argument if it is a whole number, as constants of an enumeration are; otherwise <see langword="null"/>.</summary>
    public static int? FirstNumber(this AttributeData attribute) =>
        attribute.ConstructorArguments.Length > 0 && attribute.ConstructorArguments[0].Value is int number ? number : null;

    /// <summary>A named argument if it is a whole number; otherwise <see langword="null"/>.</summary>
    public static int? NamedNumber(this AttributeData attribute, string name)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (argument.Key == name && argument.Value.Value is int value)
                return value;
        }
        return null;
    }

    /// <summary>Whether a named argument is <see langword="true"/>.</summary>
    public static bool NamedFlag(this AttributeData attribute, string name) =>
        attribute.NamedArguments.Any(argument => argument.Key == name && argument.Value.Value is true);
}
