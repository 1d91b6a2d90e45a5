using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ResearchAgent.Offline;

/// <summary>A move of the planner in the words of the API: whole, or as a stream of server-sent events.</summary>
internal sealed class ChatReply(int number, ChatRequest request, PlannerMove move)
{
    private readonly string _id = string.Create(CultureInfo.InvariantCulture, $"chatcmpl-local-{number}");
    private readonly long _created = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
    private readonly string _model = request.Model ?? LoopbackModelServer.ModelName;
    private readonly ResponseUsage _usage = TokenEstimate.Of(request, move);

    public Task WriteAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        ToolCall[] calls = [.. move.Calls.Select((call, i) => new ToolCall($"call_{number}_{i + 1}", "function", call))];
        var message = new ResponseMessage("assistant", move.Text, calls.Length > 0 ? calls : null);
        var choice = new ResponseChoice(0, message, calls.Length > 0 ? "tool_calls" : "stop");
        return response.WriteAsJsonAsync(
            new ChatResponse(_id, "chat.completion", _created, _model, [choice], _usage),
            WireJson.Default.ChatResponse,
            contentType: "application/json",
            cancellationToken);
    }

    /// <summary>Streams the text of the move word by word.</summary>
    public async Task StreamAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        response.ContentType = "text/event-stream";
        await SendAsync(response, Chunk(new ChunkDelta("assistant", ""), null), cancellationToken);
        foreach (string word in Words(move.Text))
            await SendAsync(response, Chunk(new ChunkDelta(null, word), null), cancellationToken);
        await SendAsync(response, Chunk(new ChunkDelta(null, null), "stop"), cancellationToken);
        if (request.StreamOptions?.IncludeUsage is true)
            await SendAsync(response, new ChatChunk(_id, "chat.completion.chunk", _created, _model, [], _usage), cancellationToken);
        await response.WriteAsync("data: [DONE]\n\n", cancellationToken);
    }

    private ChatChunk Chunk(ChunkDelta delta, string? finishReason) =>
        new(_id, "chat.completion.chunk", _created, _model, [new ChunkChoice(0, delta, finishReason)], Usage: null);

    private static async Task SendAsync(HttpResponse response, ChatChunk chunk, CancellationToken cancellationToken)
    {
        await response.WriteAsync($"data: {JsonSerializer.Serialize(chunk, WireJson.Default.ChatChunk)}\n\n", cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }

    /// <summary>The words of a text, each with the space before it, so that they join to the text again.</summary>
    private static IEnumerable<string> Words(string text)
    {
        int start = 0;
        for (int i = 1; i <= text.Length; i++)
        {
            if (i == text.Length || (text[i] == ' ' && text[i - 1] != ' '))
            {
                yield return text[start..i];
                start = i;
            }
        }
    }
}
