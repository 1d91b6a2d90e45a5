using System.Globalization;

namespace AgentOps.Events;

/// <summary>The names that the payloads of one log refer to by number. Filled while the log is read, then only read.</summary>
internal sealed class TextTable
{
    private readonly Dictionary<uint, string> _texts = [];

    /// <summary>For payloads that refer to none.</summary>
    public static TextTable Empty { get; } = new();

    public void Add(uint number, string text) => _texts.TryAdd(number, text);

    /// <summary>The text, or its number where the log has lost it.</summary>
    public string this[long number] =>
        number is >= 0 and <= uint.MaxValue && _texts.TryGetValue((uint)number, out string? text)
            ? text
            : string.Create(CultureInfo.InvariantCulture, $"?{number}");
}
