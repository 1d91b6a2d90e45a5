using System.Text.Json;
using ResearchAgent.Agent;
using ResearchAgent.Documents;

namespace ResearchAgent.Offline;

/// <summary>What a request tells about the research so far. The server keeps no state: everything is in the messages.</summary>
internal sealed class Conversation
{
    private readonly List<ToolResult> _results;

    private Conversation(string question, bool offersTools, List<ToolResult> results)
    {
        Question = question;
        OffersTools = offersTools;
        _results = results;
    }

    public string Question { get; }

    /// <summary>Whether tools may be called; without them the answer is wanted.</summary>
    public bool OffersTools { get; }

    /// <summary>How many tool calls came back.</summary>
    public int ResultCount => _results.Count;

    public static Conversation Read(ChatRequest request)
    {
        IReadOnlyList<RequestMessage> messages = request.Messages ?? [];
        Dictionary<string, FunctionCall> calls = messages
            .SelectMany(message => message.ToolCalls ?? [])
            .GroupBy(call => call.Id)
            .ToDictionary(call => call.Key, call => call.First().Function);
        List<ToolResult> results =
        [
            .. messages
                .Where(message => message is { Role: "tool", ToolCallId: { } id } && calls.ContainsKey(id))
                .Select(message => new ToolResult(calls[message.ToolCallId!].Name, MessageText.Of(message))),
        ];
        RequestMessage? question = messages.FirstOrDefault(message => message.Role == "user");
        return new Conversation(question is null ? "" : MessageText.Of(question), request.Tools is { Count: > 0 }, results);
    }

    public bool HasTried(string tool) => _results.Exists(result => result.Tool == tool);

    /// <summary>All lines that searches found, best first.</summary>
    public IReadOnlyList<SearchHit> Hits() =>
        [.. ResultsOf(ToolNames.SearchDocuments, ToolJson.Default.IReadOnlyListSearchHit).SelectMany(hits => hits).OrderByDescending(hit => hit.Score)];

    /// <summary>All parts of files that were read.</summary>
    public IReadOnlyList<FilePage> Pages() => [.. ResultsOf(ToolNames.ReadFile, ToolJson.Default.FilePage)];

    /// <summary>The files that are known to be there.</summary>
    public IReadOnlySet<string> KnownFiles() =>
        ResultsOf(ToolNames.ListFiles, ToolJson.Default.FileListing)
            .SelectMany(listing => listing.Files)
            .Concat(Hits().Select(hit => hit.File))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);

    private IEnumerable<T> ResultsOf<T>(string tool, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        foreach (ToolResult result in _results.Where(result => result.Tool == tool && !result.IsFailure))
        {
            T? value;
            try
            {
                value = JsonSerializer.Deserialize(result.Text, type);
            }
            catch (JsonException)
            {
                // Not a result of these tools; a model would make nothing of it either.
                continue;
            }
            if (value is not null)
                yield return value;
        }
    }

    private sealed record ToolResult(string Tool, string Text)
    {
        public bool IsFailure => Text.StartsWith("{\"error\":", StringComparison.Ordinal);
    }
}
