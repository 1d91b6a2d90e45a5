using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace AgentOps.Recording;

/// <summary>
/// What is read from the result of a model call, or from the chunks of a stream one after the other, by generated code or by a
/// wrapper of a client. What is not set is unknown, which is not zero.
/// </summary>
/// <remarks>Not thread-safe; belongs to one call.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class LlmResult
{
    /// <summary>More calls of tools than any model makes in an answer.</summary>
    private const int MaxToolCalls = 256;

    /// <summary>More counters than any provider has.</summary>
    private const int MaxCounters = 64;

    private StringBuilder? _text;
    private List<ToolCallText>? _toolCalls;
    private Dictionary<string, long>? _raw;
    private TokenCounts _counts;
    private bool _isWithheld;

    /// <summary>Who served it.</summary>
    public string? Provider { get; set; }

    /// <summary>The model that answered.</summary>
    public string? Model { get; set; }

    /// <summary>The service tier that served it.</summary>
    public string? ServiceTier { get; set; }

    /// <summary>The provider's id of the answer.</summary>
    public string? ResponseId { get; set; }

    /// <summary>The provider's id of the conversation.</summary>
    public string? ConversationId { get; set; }

    /// <summary>Why the model stopped, in the provider's word.</summary>
    public string? FinishReason { get; set; }

    /// <summary>What it cost in USD, if the provider says.</summary>
    public decimal? ReportedCost { get; set; }

    /// <summary>Whether the usage is a sum over several requests, of which some may be recorded on their own.</summary>
    public bool IsAggregate { get; set; }

    /// <summary>Takes counts that stand for the whole call so far: they replace what was known.</summary>
    public void ReplaceUsage(in TokenCounts counts) => _counts = counts.Over(_counts);

    /// <summary>Takes counts that come on top of those before.</summary>
    public void AddUsage(in TokenCounts counts) => _counts = counts.Plus(_counts);

    /// <summary>Takes counts that stand for the whole call so far, and the provider's own counters beside them, which may say more of caches.</summary>
    public void ReplaceUsage(in TokenCounts counts, IEnumerable<KeyValuePair<string, long>>? counters)
    {
        ReplaceUsage(CacheCounters.With(counts, counters));
        Raw(counters);
    }

    /// <summary>Takes counts that come on top of those before, and the provider's own counters beside them, which may say more of caches.</summary>
    public void AddUsage(in TokenCounts counts, IEnumerable<KeyValuePair<string, long>>? counters)
    {
        AddUsage(CacheCounters.With(counts, counters));
        foreach ((string name, long count) in counters ?? [])
        {
            if (_raw is not { Count: >= MaxCounters } || _raw.ContainsKey(name))
                AddRaw(name, count);
        }
    }

    /// <summary>
    /// Takes how many tokens were written to caches altogether, of a provider that says how long they are kept only once: what is known to be kept for an
    /// hour stays apart.
    /// </summary>
    public void ReplaceCacheWrites(long? total)
    {
        if (total is { } all)
            _counts.CacheWrite = TokenCounts.IsSane(all) ? Math.Max(0, all - (_counts.CacheWrite1Hour ?? 0)) : all;
    }

    /// <summary>Keeps a counter of the provider under its own name, so that a mend to the reading of it can be replayed.</summary>
    public void Raw(string name, long? count)
    {
        if (count is { } known && !string.IsNullOrEmpty(name))
            (_raw ??= new Dictionary<string, long>(StringComparer.Ordinal))[name] = known;
    }

    /// <summary>Keeps a counter of the provider that comes on top of those of the same name before.</summary>
    public void AddRaw(string name, long? count)
    {
        if (count is { } known && !string.IsNullOrEmpty(name))
            Raw(name, TokenCounts.Sum(known, _raw?.GetValueOrDefault(name) ?? 0));
    }

    /// <inheritdoc cref="Raw(string, long?)"/>
    public void Raw(IEnumerable<KeyValuePair<string, long>>? counters)
    {
        if (counters is null)
            return;
        foreach ((string name, long count) in counters)
        {
            if (_raw is { Count: >= MaxCounters })
                break;
            Raw(name, count);
        }
    }

    /// <summary>A word of an enumeration as it stands on the wire: <c>ToolCalls</c> is <c>tool_calls</c>. What is written otherwise stays as it is.</summary>
    public static string? Word(string? name)
    {
        if (string.IsNullOrEmpty(name) || !char.IsAsciiLetterUpper(name[0]) || !name.Any(char.IsAsciiLetterLower) || !name.All(char.IsAsciiLetterOrDigit))
            return name;
        var word = new StringBuilder(name.Length + 4);
        foreach (char c in name)
        {
            if (char.IsAsciiLetterUpper(c) && word.Length > 0)
                word.Append('_');
            word.Append(char.ToLowerInvariant(c));
        }
        return word.ToString();
    }

    /// <summary>Takes note that a part of the result could not be read: what it says stays unknown.</summary>
    public static void NotRead(Exception failure) => Recorder.ReportInternalError(failure);

    /// <summary>Says that what was answered is to be kept out of the record; that, and when, something was answered is not.</summary>
    public void WithholdContent() => _isWithheld = true;

    /// <summary>Adds a piece of the answer.</summary>
    public void AppendText(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return;
        MarkFirstToken();
        // What is longer than an event may be is cut when it is written; a stream without end must not fill the memory.
        if (!IsWithheld && (_text ??= new StringBuilder()).Length <= Recorder.MaxPayloadBytes)
            _text.Append(text);
    }

    /// <summary>Adds a tool that the model wants called.</summary>
    /// <param name="id">The provider's id of the call.</param>
    /// <param name="name">The tool.</param>
    /// <param name="arguments">The arguments, as JSON text.</param>
    public void AddToolCall(string? id, string? name, string? arguments) => AppendToolCall(_toolCalls?.Count ?? 0, id, name, arguments);

    /// <summary>Adds a tool that the model wants called.</summary>
    /// <param name="id">The provider's id of the call.</param>
    /// <param name="name">The tool.</param>
    /// <param name="arguments">The arguments by their names.</param>
    public void AddToolCall<T>(string? id, string? name, IEnumerable<KeyValuePair<string, T>>? arguments) =>
        AddToolCall(id, name, IsWithheld || arguments is null ? null : ToolArguments.ToJson(arguments));

    /// <summary>Adds a piece of a call of a tool.</summary>
    /// <param name="index">Which of the answer's calls it is; of any other number than one of the last ones is a new one.</param>
    /// <param name="id">The provider's id of the call, in its first piece.</param>
    /// <param name="name">The tool, in its first piece.</param>
    /// <param name="arguments">A piece of the arguments' JSON text.</param>
    public void AppendToolCall(int index, string? id, string? name, string? arguments)
    {
        MarkFirstToken();
        _toolCalls ??= [];
        ToolCallText? call = _toolCalls.FindLast(c => c.Index == index);
        if (call is null)
        {
            if (_toolCalls.Count >= MaxToolCalls)
                return;
            _toolCalls.Add(call = new ToolCallText(index, ToolArguments.WithoutSecrets));
        }
        call.Id ??= string.IsNullOrEmpty(id) ? null : id;
        call.Name ??= string.IsNullOrEmpty(name) ? null : name;
        if (!IsWithheld && arguments is not null && call.Arguments.Length <= Recorder.MaxPayloadBytes)
            call.Arguments.Append(arguments);
    }

    /// <summary>Adds a piece of a call of a tool, where only the first piece says which call it is: one with a new id begins one, all others go on with the last.</summary>
    /// <inheritdoc cref="AppendToolCall"/>
    public void ContinueToolCall(string? id, string? name, string? arguments)
    {
        bool begins = _toolCalls is not { Count: > 0 } calls || (!string.IsNullOrEmpty(id) && calls[^1].Id != id);
        AppendToolCall(begins ? _toolCalls?.Count ?? 0 : _toolCalls![^1].Index, id, name, arguments);
    }

    internal TokenCounts Counts => _counts;

    internal string? Text => _text?.ToString();

    internal IReadOnlyList<ToolCallText> ToolCalls => _toolCalls ?? (IReadOnlyList<ToolCallText>)[];

    internal IReadOnlyDictionary<string, long>? RawCounts => _raw;

    /// <summary>How many chunks there were; 0 if it is no stream.</summary>
    internal long ChunkCount { get; set; }

    /// <summary>The monotonic tick of the first chunk; 0 if there is none.</summary>
    internal long FirstChunkTicks { get; set; }

    /// <summary>The monotonic tick of the first chunk that had something of the answer in it; 0 if there is none.</summary>
    internal long FirstTokenTicks { get; private set; }

    internal bool IsEmpty =>
        (Provider ?? Model ?? ServiceTier ?? ResponseId ?? ConversationId ?? FinishReason ?? (object?)ReportedCost ?? _raw ?? _text ?? (object?)_toolCalls) is null
        && _counts.IsEmpty && ChunkCount == 0;

    private bool IsWithheld => _isWithheld || RecordingGate.WithholdsResults;

    private void MarkFirstToken()
    {
        if (FirstTokenTicks == 0)
            FirstTokenTicks = Stopwatch.GetTimestamp();
    }

    /// <summary>A call of a tool, put together of its pieces.</summary>
    /// <param name="index">Which of the answer's calls it is.</param>
    /// <param name="filter">Leaves secrets out of the arguments. Handed over here, where there are calls of tools: programs without any are compiled without it.</param>
    internal sealed class ToolCallText(int index, Func<string, string> filter)
    {
        public int Index { get; } = index;

        public string? Id { get; set; }

        public string? Name { get; set; }

        public StringBuilder Arguments { get; } = new();

        public Func<string, string> Filter { get; } = filter;
    }
}
