using AgentOps.Generators.Calls;

namespace AgentOps.Generators.Diagnostics;

/// <summary>Names that are called all over any program, so that a search for calls of a recorded method by such a name finds too many.</summary>
internal static class CommonNames
{
    private static readonly HashSet<string> s_names = new(
        [
            .. CompilerMadeSyntaxes.Called,
            "ToString", "Equals", "GetHashCode", "GetType", "CompareTo", "Clone",
            "Get", "Set", "TryGetValue", "Contains", "ContainsKey", "Remove", "Clear", "Insert", "AddRange", "IndexOf", "CopyTo", "ToArray", "ToList", "Any", "All", "Count", "First",
            "FirstOrDefault", "Single", "Concat", "Take", "Skip", "Append", "Write", "WriteLine", "Read", "Format", "Join", "Split", "Replace", "Trim", "Substring", "StartsWith", "EndsWith",
            "Parse", "TryParse", "Create", "Invoke", "ConfigureAwait", "FromResult", "Max", "Min", "Equal", "True",
        ],
        StringComparer.Ordinal);

    public static bool Contains(string name) => s_names.Contains(name);
}
