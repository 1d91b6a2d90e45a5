using System.Text.Json;
using AgentOps.Log;

namespace AgentOps.Events;

/// <summary>Splits a recorded JSON object into its properties.</summary>
internal static class JsonFields
{
    public static IReadOnlyList<EventField> Of(EventValue? value)
    {
        if (value is null)
            return [];
        using JsonDocument document = JsonDocument.Parse(value.ToString());
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            return [];
        var fields = new List<EventField>();
        foreach (JsonProperty property in document.RootElement.EnumerateObject())
        {
            var payload = new PayloadBuilder(PayloadBuilder.MaxLimit);
            payload.WriteJson(System.Text.Encoding.UTF8.GetBytes(property.Value.GetRawText()));
            fields.Add(new EventField(property.Name, new EventValue(payload.Written.ToArray(), TextTable.Empty)));
        }
        return fields;
    }
}
