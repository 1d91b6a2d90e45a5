using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Llm;

/// <summary>Finds counts of tokens by what their members are called.</summary>
internal static class UsageShape
{
    // Names are compared without underscores and case, and without "Count" at their end.

    private static readonly string[] s_input = ["inputtokens", "inputtoken", "prompttokens", "prompttoken", "prompteval"];

    private static readonly string[] s_output = ["outputtokens", "outputtoken", "completiontokens", "completiontoken", "candidatestoken", "candidatestokens", "eval"];

    /// <summary>Cached tokens that are among the input.</summary>
    private static readonly string[] s_cached =
        ["cachedtokens", "cachedtoken", "cachedinputtokens", "cachedinputtoken", "cachedprompttokens", "cachedcontenttoken", "promptcachehittokens"];

    /// <summary>Cached tokens that are counted apart, as those do who call them so.</summary>
    private static readonly string[] s_cacheReads = ["cachereadinputtokens", "cachereadinputtoken"];

    private static readonly string[] s_cacheWrites = ["cachecreationinputtokens", "cachecreationinputtoken", "cachewriteinputtokens", "cachewriteinputtoken"];

    private static readonly string[] s_reasoning = ["reasoningtokens", "reasoningtoken", "thinkingtokens", "thinkingtoken"];

    /// <summary>Reasoning that is not among the output.</summary>
    private static readonly string[] s_thoughts = ["thoughtstoken", "thoughtstokens", "thoughttokens"];

    private static readonly string[] s_inputDetails = ["inputtokendetails", "inputtokensdetails", "prompttokendetails", "prompttokensdetails"];

    private static readonly string[] s_outputDetails = ["outputtokendetails", "outputtokensdetails", "completiontokendetails", "completiontokensdetails"];

    private static readonly string[] s_usage = ["usage", "tokenusage", "usagedetails", "usagemetadata", "tokencounts", "tokens"];

    /// <summary>How a type counts; <see langword="null"/> if nothing in it is called like the tokens of an input or output.</summary>
    public static UsageRow? Of(Bound usage)
    {
        if (usage.Core.SpecialType != SpecialType.None || usage.Core.TypeKind is not (TypeKind.Class or TypeKind.Struct or TypeKind.Interface or TypeKind.TypeParameter))
            return null;
        string? input = Path(usage, s_input), output = Path(usage, s_output);
        if (input is null && output is null)
            return null;
        string? apart = Path(usage, s_cacheReads), writes = Path(usage, s_cacheWrites), thoughts = Path(usage, s_thoughts);
        return new UsageRow
        {
            Input = input,
            Output = output,
            CacheRead = apart ?? Path(usage, s_cached) ?? Nested(usage, s_inputDetails, s_cached),
            CacheWrite = writes,
            Reasoning = thoughts ?? Path(usage, s_reasoning) ?? Nested(usage, s_outputDetails, s_reasoning),
            InputExcludesCache = apart is not null || writes is not null,
            OutputExcludesReasoning = thoughts is not null,
        };
    }

    /// <summary>The member that is called as what holds counts, and does.</summary>
    public static Bound? UsageIn(Bound result)
    {
        foreach (string name in s_usage)
        {
            foreach (ISymbol member in result.Members())
            {
                if (Plain(member.Name) == name && result.Of(member) is var found && UsageTypes.Find(found) is not null)
                    return found;
            }
        }
        return null;
    }

    /// <summary>The expression of a whole number that may be absent; <see langword="null"/> if it is none.</summary>
    public static string? NumberOf(Bound count) => count.Core.SpecialType switch
    {
        SpecialType.System_SByte or SpecialType.System_Byte or SpecialType.System_Int16 or SpecialType.System_UInt16
            or SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 => count.YieldsNull ? count.Expression : $"(long?){count.Expression}",
        // What does not fit becomes negative, which is as absurd as it was.
        SpecialType.System_UInt64 or SpecialType.System_IntPtr or SpecialType.System_UIntPtr => $"unchecked((long?)({count.Expression}))",
        _ => null,
    };

    /// <summary>A name as it is compared.</summary>
    public static string Plain(string name) => name.Replace("_", "").ToLowerInvariant();

    private static string? Path(Bound usage, string[] names)
    {
        foreach (ISymbol member in usage.Members())
        {
            string plain = Plain(member.Name);
            if (plain.EndsWith("count", StringComparison.Ordinal))
                plain = plain.Substring(0, plain.Length - "count".Length);
            if (names.Contains(plain) && NumberOf(usage.Of(member)) is not null)
                return member.Name;
        }
        return null;
    }

    private static string? Nested(Bound usage, string[] details, string[] names)
    {
        foreach (ISymbol member in usage.Members())
        {
            if (details.Contains(Plain(member.Name)) && Path(usage.Of(member), names) is { } path)
                return member.Name + "." + path;
        }
        return null;
    }
}
