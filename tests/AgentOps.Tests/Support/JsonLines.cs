using System.Text;
using System.Text.Json;
using AgentOps.Events;
using AgentOps.Export;

namespace AgentOps.Tests.Support;

/// <summary>Events as the exporter writes them.</summary>
internal static class JsonLines
{
    /// <summary>The text of an export.</summary>
    public static async Task<string> TextOf(params IEnumerable<AgentEvent> events)
    {
        using var stream = new MemoryStream();
        await JsonLinesExporter.WriteToAsync(events, stream, cancellationToken: TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>The object of the one event's line.</summary>
    public static async Task<JsonElement> ObjectOf(AgentEvent e)
    {
        string text = await TextOf(e);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        return JsonElement.Parse(Assert.Single(text.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }

    /// <summary>The names of an object's fields, in order.</summary>
    public static IEnumerable<string> Names(this JsonElement json) => json.EnumerateObject().Select(static field => field.Name);
}
