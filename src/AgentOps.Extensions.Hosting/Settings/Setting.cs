using System.Globalization;

namespace AgentOps.Extensions.Hosting.Settings;

/// <summary>One key of the configuration section.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Expected">What it takes, for people.</param>
/// <param name="IsSecret">Whether its value is not to be repeated.</param>
/// <param name="TrySet">Reads a value into the options; <see langword="false"/> if it is no such value.</param>
internal sealed record Setting(string Key, string Expected, bool IsSecret, Func<AgentOpsOptions, string, bool> TrySet)
{
    /// <summary>All there are, in the order of the documentation.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        Of("Directory", "a folder, such as /var/log/agentops", static (o, text) => o.Recorder.Directory = Path.GetFullPath(text)),
        Of("Application", "a name", static (o, text) => o.Recorder.Application = text),
        Of<int>("MaxPayloadBytes", "a number of bytes from 1024 to 524000", TryNumber, static (o, value) => o.Recorder.MaxPayloadBytes = value),
        Of<long>("MaxLogBytes", "a number of bytes, at least 33554432", TryNumber, static (o, value) => o.Recorder.MaxLogBytes = value),
        Of<TimeSpan>("MaxLogAge", "a time of at least a minute, such as 14.00:00:00 for 14 days", TryTime, static (o, value) => o.Recorder.MaxLogAge = value),
        Of<TimeSpan>("FlushInterval", "a time of at least 100 ms, such as 00:00:01 for a second", TryTime, static (o, value) => o.Recorder.FlushInterval = value),
        Of<bool>("PoolValueTasks", "true or false", bool.TryParse, static (o, value) => o.Recorder.PoolValueTasks = value),
        Of<Capture>("Capture", "All, None, Arguments or Result", TryCapture, static (o, value) => o.Recorder.Capture = value),
        Of<bool>("EraseSecretNames", "true or false", bool.TryParse, static (o, value) => o.Recorder.EraseSecretNames = value),
        new("RedactionKey", "the base64 of at least 16 bytes", IsSecret: true, static (o, text) =>
        {
            byte[] key = new byte[text.Length];
            if (!Convert.TryFromBase64String(text, key, out int length))
                return false;
            o.Recorder.RedactionKey = key.AsMemory(0, length);
            return true;
        }),
        Of<bool>("PublishMetrics", "true or false", bool.TryParse, static (o, value) => o.PublishMetrics = value),
    ];

    private delegate bool Reading<T>(string text, out T value);

    private static Setting Of<T>(string key, string expected, Reading<T> read, Action<AgentOpsOptions, T> set) => new(key, expected, IsSecret: false, (options, text) =>
    {
        if (!read(text, out T value))
            return false;
        set(options, value);
        return true;
    });

    private static Setting Of(string key, string expected, Action<AgentOpsOptions, string> set) => new(key, expected, IsSecret: false, (options, text) =>
    {
        set(options, text);
        return true;
    });

    private static bool TryNumber(string text, out int value) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    private static bool TryNumber(string text, out long value) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    private static bool TryTime(string text, out TimeSpan value) => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value);

    private static bool TryCapture(string text, out Capture value)
    {
        value = Capture.None;
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            Capture? one = part.ToUpperInvariant() switch
            {
                "ALL" => Capture.All,
                "NONE" => Capture.None,
                "ARGUMENTS" => Capture.Arguments,
                "RESULT" => Capture.Result,
                _ => null,
            };
            if (one is null)
                return false;
            value |= one.Value;
        }
        return true;
    }
}
