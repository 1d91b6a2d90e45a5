using System.Text.Json.Serialization;
using ResearchAgent.Documents;

namespace ResearchAgent.Agent;

/// <summary>What a model gets instead of a result.</summary>
internal sealed record ToolFailure(string Error);

/// <summary>Tool results as the model gets them.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<SearchHit>))]
[JsonSerializable(typeof(FilePage))]
[JsonSerializable(typeof(FileListing))]
[JsonSerializable(typeof(ToolFailure))]
internal sealed partial class ToolJson : JsonSerializerContext;
