using AgentOps.Events;

namespace AgentOps.Metrics.Tallies;

/// <summary>Token counts summed up. Of a bucket that no call said anything of the sum is unknown.</summary>
internal sealed class UsageSum
{
    public static readonly TokenUsage Nothing = new(null, null);

    private long? _input;
    private long? _output;
    private long? _cacheRead;
    private long? _cacheWrite;
    private long? _cacheWrite1Hour;
    private long? _reasoning;
    private long? _audioInput;
    private long? _audioOutput;

    /// <summary>How many of the calls said nothing.</summary>
    public int Unknown { get; private set; }

    public TokenUsage Tokens => new(_input, _output, _cacheRead, _reasoning)
    {
        CacheWriteTokens = _cacheWrite,
        CacheWrite1HourTokens = _cacheWrite1Hour,
        AudioInputTokens = _audioInput,
        AudioOutputTokens = _audioOutput,
    };

    public void Add(TokenUsage? usage)
    {
        if (usage is null)
        {
            Unknown++;
            return;
        }
        Add(ref _input, usage.InputTokens);
        Add(ref _output, usage.OutputTokens);
        Add(ref _cacheRead, usage.CachedInputTokens);
        Add(ref _cacheWrite, usage.CacheWriteTokens);
        Add(ref _cacheWrite1Hour, usage.CacheWrite1HourTokens);
        Add(ref _reasoning, usage.ReasoningTokens);
        Add(ref _audioInput, usage.AudioInputTokens);
        Add(ref _audioOutput, usage.AudioOutputTokens);
    }

    public void Add(UsageSum other)
    {
        Add(other.Tokens);
        Unknown += other.Unknown;
    }

    /// <summary>
    /// Whether a call that claims to be the sum says something else. Parts that only one of both states are no difference: layers differ in what they pass on.
    /// </summary>
    public bool DiffersFrom(TokenUsage own) =>
        (own.InputTokens is not null && own.InputTokens != _input)
        || (own.OutputTokens is not null && own.OutputTokens != _output)
        || Differ(own.CachedInputTokens, _cacheRead)
        || Differ(own.CacheWriteTokens, _cacheWrite)
        || Differ(own.CacheWrite1HourTokens, _cacheWrite1Hour)
        || Differ(own.ReasoningTokens, _reasoning)
        || Differ(own.AudioInputTokens, _audioInput)
        || Differ(own.AudioOutputTokens, _audioOutput);

    private static bool Differ(long? a, long? b) => a is not null && b is not null && a != b;

    private static void Add(ref long? sum, long? tokens)
    {
        if (tokens is { } known)
            sum = (sum ?? 0) + known;
    }
}
