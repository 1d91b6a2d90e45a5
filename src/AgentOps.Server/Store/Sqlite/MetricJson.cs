using System.Text.Json;

namespace AgentOps.Server.Store.Sqlite;

/// <summary>Custom metrics as JSON: text, numbers, true and false as they are.</summary>
internal static class MetricJson
{
    public static Dictionary<string, JsonElement> Of(IReadOnlyDictionary<string, MetricValue> metrics) =>
        metrics.ToDictionary(static metric => metric.Key, static metric => Of(metric.Value));

    public static MetricValue Read(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => MetricValue.FromNumber(value.GetDouble()),
        JsonValueKind.True or JsonValueKind.False => MetricValue.FromBoolean(value.GetBoolean()),
        _ => MetricValue.FromText(value.GetString() ?? ""),
    };

    public static Dictionary<string, MetricValue> Parse(string? json) =>
        json is null ? [] : JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!.ToDictionary(static m => m.Key, static m => Read(m.Value));

    private static JsonElement Of(MetricValue value) => value switch
    {
        { Number: { } number } when double.IsFinite(number) => JsonSerializer.SerializeToElement(number),
        { Boolean: { } truth } => JsonSerializer.SerializeToElement(truth),
        _ => JsonSerializer.SerializeToElement(value.ToString()),
    };
}
