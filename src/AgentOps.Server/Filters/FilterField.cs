namespace AgentOps.Server.Filters;

public enum FilterType
{
    Text,

    /// <summary>One of a few words.</summary>
    Word,
    Count,
    Duration,
    Money,
}

/// <summary>Something that can be filtered by.</summary>
/// <param name="Name">How it is written.</param>
/// <param name="Type">What its values are.</param>
/// <param name="Meaning">What it means, for help.</param>
public sealed record FilterField(string Name, FilterType Type, string Meaning)
{
    /// <summary>The words that are allowed.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>A word that may stand in the name of a session, its id, or an error's message.</summary>
    public static FilterField Anywhere { get; } = new("", FilterType.Text, "a word of a name, an id or a message");

    /// <summary>A custom metric: <c>metric.channel:chat</c>.</summary>
    public static FilterField Metric { get; } = new("metric.", FilterType.Text, "a custom metric, as metric.channel:chat");

    public static IReadOnlyList<FilterField> All { get; } =
    [
        new("state", FilterType.Word, "how the session stands") { Words = ["live", "success", "fail", "indeterminate", "interrupted"] },
        new("tag", FilterType.Text, "a tag of the session"),
        new("agent", FilterType.Text, "an agent that did something"),
        new("model", FilterType.Text, "a model that was asked"),
        new("name", FilterType.Text, "the session's name"),
        new("id", FilterType.Text, "the beginning of the session's id"),
        new("duration", FilterType.Duration, "how long the session took"),
        new("cost", FilterType.Money, "what it cost, in USD"),
        new("tokens", FilterType.Count, "tokens in and out"),
        new("events", FilterType.Count, "how many events it has"),
        new("errors", FilterType.Count, "how many errors it has"),
        new("has", FilterType.Word, "what there is any of") { Words = ["error", "cost", "unpriced", "llm", "tool", "action", "open"] },
        new("type", FilterType.Word, "what kind of event") { Words = ["llm", "tool", "action", "error"] },
        new("tool", FilterType.Text, "a tool that was used"),
        new("action", FilterType.Text, "an action's type"),
        new("provider", FilterType.Text, "who serves the model"),
        new("status", FilterType.Word, "how a call ended") { Words = ["ok", "error", "cancelled", "abandoned", "open", "interrupted"] },
        new("latency", FilterType.Duration, "how long a call took"),
        new("error", FilterType.Text, "the type of an error"),
        new("message", FilterType.Text, "the message of an error"),
    ];

    public static FilterField? Find(string name) => All.FirstOrDefault(field => string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase));
}
