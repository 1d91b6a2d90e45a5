using System.Text.Json;

namespace ResearchAgent.Tests.Support;

/// <summary>A session as it was exported: a JSON object a line.</summary>
internal sealed class RecordedSession
{
    private RecordedSession(List<JsonElement> events) => Events = events;

    public IReadOnlyList<JsonElement> Events { get; }

    public IReadOnlyList<JsonElement> Llms => OfType("llms");

    public IReadOnlyList<JsonElement> Tools => OfType("tools");

    public IReadOnlyList<JsonElement> Actions => OfType("actions");

    public IReadOnlyList<JsonElement> Errors => OfType("errors");

    public static RecordedSession Read(string file)
    {
        var events = new List<JsonElement>();
        foreach (string line in File.ReadLines(file))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            events.Add(document.RootElement.Clone());
        }
        return new RecordedSession(events);
    }

    public IReadOnlyList<JsonElement> OfType(string type) => [.. Events.Where(e => Text(e, "event_type") == type)];

    /// <summary>The action type or tool name of the event that another one happened in; <see langword="null"/> for a root.</summary>
    public string? ParentName(JsonElement e) =>
        Text(e, "parent_id") is { } id ? Name(Events.Single(parent => Text(parent, "id") == id)) : null;

    public static string? Name(JsonElement e) => Text(e, "event_type") switch
    {
        "actions" => Text(e, "action_type"),
        "tools" => Text(e, "name"),
        _ => Text(e, "event_type"),
    };

    public static string? Text(JsonElement e, string name) => e.GetProperty(name).GetString();
}
