using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentOps.Generators.Emit;

/// <summary>Names in generated code.</summary>
internal static class Identifiers
{
    /// <summary>The name as it must be written: with <c>@</c> if it is a keyword.</summary>
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    /// <summary>An identifier that reads like <paramref name="text"/>.</summary>
    public static string From(string text)
    {
        var identifier = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (c < 128 && (char.IsLetterOrDigit(c) || c == '_'))
                identifier.Append(c);
            else if (c == '[')
                identifier.Append("Array");
            else if (c is '<' or ',' or '.' && identifier.Length > 0 && identifier[identifier.Length - 1] != '_')
                identifier.Append('_');
        }
        return identifier.Length == 0 ? "_" : identifier.ToString();
    }

    /// <summary>What the members that are made for a method are called after: <c>Weather_Forecast</c>, <c>Weather_Forecast_overload2</c>. It is taken from then on.</summary>
    public static string Of(IMethodSymbol method, HashSet<string> taken)
    {
        // An explicit implementation's own name begins with its interface's.
        string name = From(method.ContainingType.Name + "_" + method.Name.Substring(method.Name.LastIndexOf('.') + 1));
        string unique = name;
        for (int overload = 2; !taken.Add(unique); overload++)
            unique = $"{name}_overload{overload}";
        return unique;
    }

    /// <summary>A name that none of <paramref name="taken"/> is; it is taken from then on.</summary>
    public static string Unique(string name, HashSet<string> taken)
    {
        while (!taken.Add(name))
            name += "_";
        return name;
    }
}

/// <summary>Values in generated code.</summary>
internal static class Literals
{
    public static string Text(string? text) => text is null ? "null" : SymbolDisplay.FormatLiteral(text, quote: true);
}
