using AgentOps.Generators.Emit;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentOps.Generators.Declarations;

/// <summary>The MSBuild property that says what is captured of calls whose attribute does not say.</summary>
internal static class CaptureProperty
{
    public const string Name = "AgentOpsCapture";

    /// <summary>Reads the property; without it all is captured.</summary>
    /// <returns>Whether it says something that means anything.</returns>
    public static bool Read(AnalyzerConfigOptions options, out CaptureLevels capture)
    {
        string text = Text(options);
        capture = CaptureLevels.All;
        return text.Length == 0 || (char.IsLetter(text[0]) && Enum.TryParse(text, ignoreCase: true, out capture));
    }

    /// <summary>What the property says, empty if it is not set.</summary>
    public static string Text(AnalyzerConfigOptions options) =>
        options.TryGetValue("build_property." + Name, out string? text) ? text?.Trim() ?? "" : "";
}
