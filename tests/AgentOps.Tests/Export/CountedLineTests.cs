using System.Text.Json;
using AgentOps.Events;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Export;

/// <summary>Lines of model calls inside one another: a column over those that count is the sum.</summary>
public sealed class CountedLineTests
{
    [Fact]
    public async Task A_column_over_the_lines_that_count_has_every_token_once()
    {
        using var session = Session.Start();
        Guid outer = session.RecordLlm(new LlmRecord { PromptTokens = 300, CompletionTokens = 30 });
        session.RecordLlm(new LlmRecord { PromptTokens = 100, CompletionTokens = 10, ParentId = outer });
        session.RecordLlm(new LlmRecord { PromptTokens = 200, CompletionTokens = 20, ParentId = session.RecordTool(new ToolRecord("t") { ParentId = outer }) });

        JsonElement[] lines = await LlmLinesAsync(session.ReadEvents());

        Assert.Equal(300, lines.Where(static l => !l.TryGetProperty("counted", out _)).Sum(static l => l.GetProperty("prompt_tokens").GetInt64()));
        JsonElement uncounted = Assert.Single(lines, static l => l.TryGetProperty("counted", out _));
        Assert.Equal((outer, false), (uncounted.GetProperty("id").GetGuid(), uncounted.GetProperty("counted").GetBoolean()));
    }

    [Fact]
    public async Task A_line_that_one_around_it_speaks_for_does_not_count()
    {
        using var session = Session.Start();
        Guid outer = session.RecordLlm(new LlmRecord { PromptTokens = 300 });
        Guid inner = session.RecordLlm(new LlmRecord { ParentId = outer, Cost = 1 });

        JsonElement[] lines = await LlmLinesAsync(session.ReadEvents());

        Assert.Equal(inner, Assert.Single(lines, static l => l.TryGetProperty("counted", out _)).GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task Events_that_come_one_by_one_are_decided_by_all_of_them()
    {
        using var session = Session.Start();
        Guid outer = session.RecordLlm(new LlmRecord { PromptTokens = 1 });
        session.RecordLlm(new LlmRecord { PromptTokens = 1, ParentId = outer });

        JsonElement[] lines = await LlmLinesAsync(session.ReadEvents().Where(static e => e is LlmEvent));

        Assert.Equal([true, false], lines.Select(static l => l.TryGetProperty("counted", out _)));
    }

    private static async Task<JsonElement[]> LlmLinesAsync(IEnumerable<AgentEvent> events) =>
    [
        .. (await JsonLines.TextOf(events)).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(static line => JsonElement.Parse(line))
            .Where(static line => line.GetProperty("event_type").GetString() == "llms"),
    ];
}
