using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Emit;

/// <summary>The names that generated code uses unqualified, and how a user's parameter of such a name gives way.</summary>
internal static class GeneratedNames
{
    private static readonly string[] s_memberPrefixes = ["s_", "Record_", "Capture_", "Access_", "Write_"];

    /// <summary>The runtime's types and the attributes: a type parameter or parameter of that name would hide them.</summary>
    public static readonly HashSet<string> Types = new(StringComparer.Ordinal)
    {
        "CallScope", "CallSites", "CallSiteInfo", "EventKind", "PayloadWriter", "RecordingGate", "ResultCapture", "ReceiverAgent", "Unsafe",
        "StackTraceHidden", "DebuggerStepThrough", "MethodImpl", "MethodImplOptions", "InterceptsLocation", "UnsafeAccessor", "UnsafeAccessorKind",
        "UnsafeAccessorType", "UnscopedRef", "LlmResult", "TokenCounts",
    };

    /// <summary>What a parameter is called in generated code: as in the user's, unless that is one of our names, or none.</summary>
    public static string Of(IParameterSymbol parameter)
    {
        string name = parameter.Name.Length == 0 ? "argument" + parameter.Ordinal : parameter.Name;
        return IsOurs(name) ? name + "_" : name;
    }

    // However many underscores follow, one more is added, so that no two names become one.
    private static bool IsOurs(string name) => Types.Contains(name.TrimEnd('_')) || s_memberPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));
}
