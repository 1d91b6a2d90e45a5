using AgentOps.Log;

namespace AgentOps;

/// <summary>How this process records. Given once, before the first session, through <see cref="Recorder.Configure"/>.</summary>
public sealed class RecorderOptions
{
    private int _maxPayloadBytes = 128 * 1024;

    /// <summary>
    /// The folder that holds event logs. When left out: the environment variable <c>AGENTOPS_LOG_DIRECTORY</c>, else
    /// <c>agentops</c> in the user's local application data, else in the temporary folder.
    /// </summary>
    public string? Directory { get; set; }

    /// <summary>The name under which this application's logs stand; the entry assembly's name when left out.</summary>
    public string? Application { get; set; }

    /// <summary>
    /// How many bytes the arguments, or the result, of one event may take in the log; from 1024 to 524,000, 131,072 when left
    /// out. Longer payloads are cut, marked as such, and counted.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside the range.</exception>
    public int MaxPayloadBytes
    {
        get => _maxPayloadBytes;
        set
        {
            if (value is < 1024 or > PayloadLimit)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(value), value, $"MaxPayloadBytes is from 1024 to {PayloadLimit} bytes.");
            }
            _maxPayloadBytes = value;
        }
    }

    private const int PayloadLimit = 524_000;

    internal EventLogOptions ToLogOptions()
    {
        string? root = Directory ?? Environment.GetEnvironmentVariable("AGENTOPS_LOG_DIRECTORY");
        return new EventLogOptions
        {
            Root = string.IsNullOrWhiteSpace(root) ? DefaultRoot() : Path.GetFullPath(root),
            Application = Application ?? AppDomain.CurrentDomain.FriendlyName,
        };
    }

    private static string DefaultRoot()
    {
        string data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return Path.Combine(data.Length > 0 ? data : Path.GetTempPath(), "agentops");
    }
}
