using System.Text.Json;
using OpenAI.Chat;
using ResearchAgent.Documents;

namespace ResearchAgent.Agent;

/// <summary>Runs the tool calls of the model. A call that fails is an outcome like any other: the model gets to know why.</summary>
internal sealed class ToolBox(DocumentTools tools)
{
    private const int DefaultLimit = 10;
    private const int DefaultLineCount = 40;

    public async Task<ToolOutcome> RunAsync(ChatToolCall call, CancellationToken cancellationToken)
    {
        try
        {
            return await DispatchAsync(call, cancellationToken);
        }
        catch (Exception e) when (e is ArgumentException or IOException)
        {
            string text = JsonSerializer.Serialize(new ToolFailure(e.Message), ToolJson.Default.ToolFailure);
            return new ToolOutcome(text, e.Message, Failed: true);
        }
    }

    private async Task<ToolOutcome> DispatchAsync(ChatToolCall call, CancellationToken cancellationToken)
    {
        ToolArguments arguments = ToolArguments.Parse(call.FunctionArguments);
        switch (call.FunctionName)
        {
            case ToolNames.SearchDocuments:
                IReadOnlyList<SearchHit> hits = await tools.SearchAsync(
                    arguments.Text("query"), arguments.NumberOr("limit", DefaultLimit), cancellationToken);
                return new ToolOutcome(
                    JsonSerializer.Serialize(hits, ToolJson.Default.IReadOnlyListSearchHit),
                    hits.Count == 0 ? "no line matches" : $"{Plural.Of(hits.Count, "line")}, best {hits[0].File}:{hits[0].Line}",
                    Failed: false);

            case ToolNames.ReadFile:
                FilePage page = tools.ReadFile(
                    arguments.Text("path"), arguments.NumberOr("startLine", 1), arguments.NumberOr("lineCount", DefaultLineCount));
                return new ToolOutcome(
                    JsonSerializer.Serialize(page, ToolJson.Default.FilePage),
                    $"lines {page.StartLine} to {page.StartLine + page.Lines.Count - 1} of {page.TotalLines}",
                    Failed: false);

            case ToolNames.ListFiles:
                FileListing listing = tools.ListFiles(arguments.TextOrNull("pattern"));
                return new ToolOutcome(
                    JsonSerializer.Serialize(listing, ToolJson.Default.FileListing), Plural.Of(listing.Total, "file"), Failed: false);

            default:
                throw new ArgumentException($"There is no tool '{call.FunctionName}'.");
        }
    }
}
