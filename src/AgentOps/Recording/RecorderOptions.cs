using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AgentOps.Log;
using AgentOps.Recording;

namespace AgentOps;

/// <summary>How this process records. Given once, before the first session, through <see cref="Recorder.Configure"/>.</summary>
public sealed class RecorderOptions
{
    private const long LeastLogBytes = 32L << 20;

    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(1);

    private int _maxPayloadBytes = 128 * 1024;
    private long _maxLogBytes = 1L << 30;
    private TimeSpan _maxLogAge = TimeSpan.FromDays(14);
    private TimeSpan? _flushInterval;
    private ReadOnlyMemory<byte> _redactionKey;

    /// <summary>
    /// The folder that holds event logs. When left out: the environment variable <c>AGENTOPS_LOG_DIRECTORY</c>, else
    /// <c>agentops</c> in the user's local application data, or, where that cannot be written, <c>agentops-&lt;user&gt;</c> in the
    /// temporary folder.
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

    /// <summary>
    /// How many bytes of logs are kept for this application, those of its earlier processes included; at least 32 MiB, 1 GiB when
    /// left out. The oldest go first.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below the least.</exception>
    public long MaxLogBytes
    {
        get => _maxLogBytes;
        set
        {
            if (value < LeastLogBytes)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(value), value, $"MaxLogBytes is at least {LeastLogBytes}, room for a segment, its successor and what is read from.");
            }
            _maxLogBytes = value;
        }
    }

    /// <summary>How long logs are kept; at least a minute, 14 days when left out.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below the least.</exception>
    public TimeSpan MaxLogAge
    {
        get => _maxLogAge;
        set
        {
            if (value < TimeSpan.FromMinutes(1))
                throw new ArgumentOutOfRangeException(nameof(value), value, "MaxLogAge is at least one minute.");
            _maxLogAge = value;
        }
    }

    /// <summary>
    /// How often what was recorded is brought to the disk itself, so that it survives loss of power too; at least 100 ms. When
    /// left out the system decides, and only the death of the process is survived.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below the least.</exception>
    public TimeSpan? FlushInterval
    {
        get => _flushInterval;
        set
        {
            if (value < TimeSpan.FromMilliseconds(100))
                throw new ArgumentOutOfRangeException(nameof(value), value, "FlushInterval is at least 100 ms; leave it out to let the system decide.");
            _flushInterval = value;
        }
    }

    /// <summary>
    /// Whether pending <see cref="ValueTask"/>s of recorded <c>async</c> methods are pooled: recording them then costs no
    /// memory, and each may be awaited once only, as its guidelines say anyway. Off when left out.
    /// </summary>
    public bool PoolValueTasks { get; set; }

    /// <summary>
    /// What is captured of calls, and of events recorded by hand: a part of what the build captures, never more. All of it when left
    /// out. Names, times, outcomes, token counts and errors are always recorded.
    /// </summary>
    public Capture Capture { get; set; } = Capture.All;

    /// <summary>
    /// Whether values are erased whose key in a dictionary, or property in JSON, is named like a secret. On when left out. Parameters
    /// and properties so named are erased by the build and not covered by this.
    /// </summary>
    public bool EraseSecretNames { get; set; } = true;

    /// <summary>
    /// The key for <see cref="Redaction.Hash"/>, at least 16 bytes that are kept secret: the same value then has the same digest in
    /// every process that has the key. A key of the process's own when left out, so digests are comparable within it only.
    /// </summary>
    /// <exception cref="ArgumentException">The key is shorter, and not empty.</exception>
    public ReadOnlyMemory<byte> RedactionKey
    {
        get => _redactionKey;
        set
        {
            if (value.Length is > 0 and < Redactor.LeastKeyBytes)
                throw new ArgumentException($"A redaction key has at least {Redactor.LeastKeyBytes} bytes; this one has {value.Length}.", nameof(value));
            _redactionKey = value;
        }
    }

    /// <summary>
    /// How to write values whose type is not known when a call is compiled, such as the value of an <see cref="object"/>, an interface or a
    /// base class: usually a source-generated <see cref="JsonSerializerContext"/>. Types that it does not know are named only.
    /// </summary>
    /// <remarks>
    /// Members marked <see cref="RedactAttribute"/> are left out, whatever the strength, and properties named like a secret are erased.
    /// Compiled ahead of time, the mark must stand on the property itself (<c>[property: Redact]</c> in a record).
    /// </remarks>
    public IJsonTypeInfoResolver? JsonTypeInfoResolver { get; set; }

    /// <summary>How to bring events to where they last; <see langword="null"/> for the best that works.</summary>
    internal SegmentStorage? Storage { get; set; }

    /// <summary>The wall clock.</summary>
    internal TimeProvider Time { get; set; } = TimeProvider.System;

    internal RecorderOptions Copy() => (RecorderOptions)MemberwiseClone();

    internal EventLogOptions ToLogOptions()
    {
        string? root = Directory ?? Environment.GetEnvironmentVariable("AGENTOPS_LOG_DIRECTORY");
        bool isGiven = !string.IsNullOrWhiteSpace(root);
        return new EventLogOptions
        {
            Root = isGiven ? Path.GetFullPath(root!) : DefaultRoot(),
            FallbackRoot = isGiven ? null : TemporaryRoot(),
            Application = Application ?? AppDomain.CurrentDomain.FriendlyName,
            MaxBytes = MaxLogBytes,
            MaxAge = MaxLogAge,
            FlushInterval = FlushInterval,
            Storage = Storage,
            Time = Time,
            Tick = FlushInterval is { } flush && flush < s_tick ? flush : s_tick,
        };
    }

    private static string DefaultRoot()
    {
        string data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return data.Length > 0 ? Path.Combine(data, "agentops") : TemporaryRoot();
    }

    private static string TemporaryRoot() => Path.Combine(Path.GetTempPath(), $"agentops-{Environment.UserName}");
}
