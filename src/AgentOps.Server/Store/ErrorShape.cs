using System.Text.RegularExpressions;

namespace AgentOps.Server.Store;

/// <summary>What errors of one kind have in common: the message but for its values, and the frame they come from.</summary>
public static partial class ErrorShape
{
    private const int LongestLine = 1000;

    private const int MaxMessage = 400;

    /// <summary>The message with <c>⟨n⟩</c>, <c>⟨id⟩</c> and <c>⟨text⟩</c> for what differs from one to the next.</summary>
    public static string Normalise(string? message)
    {
        if (string.IsNullOrWhiteSpace(message))
            return "";
        string first = message.Length > 4 * MaxMessage ? message[..(4 * MaxMessage)] : message;
        string shape = Quoted().Replace(first, "⟨text⟩");
        shape = Ids().Replace(shape, "⟨id⟩");
        shape = Numbers().Replace(shape, "⟨n⟩");
        shape = Blanks().Replace(shape, " ").Trim();
        return shape.Length > MaxMessage ? shape[..MaxMessage] + "…" : shape;
    }

    /// <summary>The first frame of a stack that is not the platform's, as <c>Type.Method</c> and <c>file:line</c>; empty if there is none.</summary>
    public static string TopFrame(string? stack)
    {
        if (string.IsNullOrEmpty(stack))
            return "";
        foreach (string line in stack.Split('\n', 64))
        {
            // The time that the pattern takes grows with more than the length of a line that is none of the runtime's.
            if (line.Length > LongestLine || Frames().Match(line) is not { Success: true } frame)
                continue;
            string method = frame.Groups["method"].Value;
            if (method.StartsWith("System.", StringComparison.Ordinal) || method.StartsWith("Microsoft.", StringComparison.Ordinal) || method.StartsWith("AgentOps.Recording.", StringComparison.Ordinal))
                continue;
            string file = frame.Groups["file"].Value;
            string place = file.Length == 0 ? "" : $" {file[(file.LastIndexOfAny(['/', '\\']) + 1)..]}:{frame.Groups["line"].Value}";
            return Short(method) + place;
        }
        return "";
    }

    /// <summary>Without namespaces, and without what the compiler makes of an async method or a local function.</summary>
    private static string Short(string method)
    {
        string name = StateMachine().Replace(method, "$1");
        string[] parts = name.Split('.');
        return parts.Length >= 2 ? $"{parts[^2]}.{parts[^1]}" : name;
    }

    [GeneratedRegex("""(?<![\p{L}\p{N}])'[^'\n]{1,200}'(?![\p{L}\p{N}])|"[^"\n]{1,200}"|`[^`\n]{1,200}`""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\b|\b0x[0-9a-fA-F]+\b|\b(?=[0-9a-f]*[0-9])(?=[0-9a-f]*[a-f])[0-9a-f]{12,}\b", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ids();

    [GeneratedRegex(@"(?<![\p{L}_])[0-9]+(?:[.,:][0-9]+)*", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Numbers();

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blanks();

    [GeneratedRegex(@"^\s*at (?<method>[^(\r\n]+)\(.*?\)(?: in (?<file>.+):line (?<line>[0-9]+))?\s*$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Frames();

    [GeneratedRegex(@"<([^>]+)>[bdg]__[^.]*(?:\.MoveNext)?|\+|\.MoveNext", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StateMachine();
}
