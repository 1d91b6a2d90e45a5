namespace AgentOps.CodeFixes.Data;

/// <summary>What a member's name says of the tokens it counts. Only names that leave no doubt say anything.</summary>
internal static class TokenNames
{
    public const string Input = "Input";
    public const string Output = "Output";

    /// <summary>The runtime's <c>TokenKind</c>; <see langword="null"/> if the name is not one of a count, or of one that could be another.</summary>
    public static string? KindOf(string name)
    {
        HashSet<string> words = WordsOf(name);
        if (!words.Overlaps(s_tokens))
            return null;
        if (words.Overlaps(s_cache))
            return words.Overlaps(s_writes) ? "CacheWrite" : words.Overlaps(s_reads) ? "CacheRead" : null;
        if (words.Overlaps(s_thoughts))
            return "Reasoning";
        bool goesIn = words.Overlaps(s_inputs), comesOut = words.Overlaps(s_outputs);
        return goesIn == comesOut || words.Overlaps(s_others) ? null : goesIn ? Input : Output;
    }

    public static bool IsModel(string name) => WordsOf(name) is var words && words.Contains("model") && words.IsSubsetOf(s_models);

    private static readonly HashSet<string> s_tokens = ["token", "tokens"];
    private static readonly HashSet<string> s_cache = ["cache", "cached"];
    private static readonly HashSet<string> s_writes = ["write", "writes", "written", "creation", "created"];
    private static readonly HashSet<string> s_reads = ["read", "reads", "hit", "hits"];
    private static readonly HashSet<string> s_thoughts = ["reasoning", "thinking", "thought", "thoughts"];
    private static readonly HashSet<string> s_inputs = ["in", "input", "prompt", "request", "sent"];
    private static readonly HashSet<string> s_outputs = ["out", "output", "completion", "response", "generated", "received"];
    private static readonly HashSet<string> s_others = ["max", "min", "limit", "left", "remaining", "budget", "per", "total", "audio", "image", "price", "cost"];
    private static readonly HashSet<string> s_models = ["model", "used", "name", "id", "served", "response", "llm", "by"];

    private static HashSet<string> WordsOf(string name)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        int start = 0;
        for (int i = 1; i <= name.Length; i++)
        {
            bool ends = i == name.Length || name[i] == '_' || (char.IsUpper(name[i]) && !char.IsUpper(name[i - 1]));
            if (!ends)
                continue;
            string word = name.Substring(start, i - start).Trim('_').ToLowerInvariant();
            if (word.Length > 0)
                words.Add(word);
            start = i;
        }
        return words;
    }
}
