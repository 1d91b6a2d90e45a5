using System.Text.Json.Nodes;
using AgentOps.Events;

namespace AgentOps.Tests.Sessions;

public sealed class ManualLlmTests
{
    [Fact]
    public void Every_field_of_a_model_call_comes_back()
    {
        using var session = Session.Start();

        session.RecordLlm(new LlmRecord
        {
            Model = "gpt-5",
            Provider = "openai",
            ThreadId = "thread-1",
            Prompt = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = "Hi" }),
            Completion = "Hello",
            PromptTokens = 100,
            CompletionTokens = 20,
            CachedPromptTokens = 60,
            ReasoningTokens = 5,
            Cost = 0.00123m,
            Params = { ["temperature"] = 0.2 },
            Returns = "raw",
            Logs = "retried once",
        });

        LlmEvent llm = Read(session);
        Assert.Equal("gpt-5", llm.Model);
        Assert.Equal("gpt-5", llm.DisplayName);
        Assert.Equal("openai", llm.Provider);
        Assert.Equal("thread-1", llm.ThreadId);
        Assert.Equal("[{\"role\":\"user\",\"content\":\"Hi\"}]", llm.Prompt!.ToString());
        Assert.Equal("\"Hello\"", llm.Completion!.ToString());
        Assert.Equal(new TokenUsage(100, 20, 60, 5), llm.Usage);
        Assert.Equal(0.00123m, llm.ReportedCost);
        Assert.Equal("0.2", Assert.Single(llm.Params).Value.ToString());
        Assert.Equal("\"raw\"", llm.Returns!.ToString());
        Assert.Equal("retried once", llm.Logs);
    }

    [Fact]
    public void What_is_left_out_is_unknown_and_not_zero()
    {
        using var session = Session.Start();

        session.RecordLlm(new LlmRecord());

        LlmEvent llm = Read(session);
        Assert.Null(llm.Model);
        Assert.Null(llm.Provider);
        Assert.Null(llm.Usage);
        Assert.Null(llm.ReportedCost);
        Assert.Null(llm.Prompt);
        Assert.Null(llm.Completion);
        Assert.Equal("llm", llm.DisplayName);
    }

    [Fact]
    public void One_known_count_leaves_the_others_unknown()
    {
        using var session = Session.Start();

        session.RecordLlm(new LlmRecord { PromptTokens = 0 });

        Assert.Equal(new TokenUsage(0, null, null, null), Read(session).Usage);
    }

    [Fact]
    public void A_negative_count_or_cost_is_unknown()
    {
        using var session = Session.Start();

        session.RecordLlm(new LlmRecord { PromptTokens = -1, CompletionTokens = 3, Cost = -0.5m });

        Assert.Equal(new TokenUsage(null, 3, null, null), Read(session).Usage);
        Assert.Null(Read(session).ReportedCost);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("0.0000000000000000000000000001")]
    [InlineData("79228162514264337593543950335")]
    [InlineData("12.3400")]
    public void A_cost_comes_back_to_the_last_digit(string text)
    {
        decimal cost = decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        using var session = Session.Start();

        session.RecordLlm(new LlmRecord { Cost = cost });

        Assert.Equal(decimal.GetBits(cost), decimal.GetBits(Read(session).ReportedCost!.Value));
    }

    [Fact]
    public void A_very_long_prompt_is_cut_and_leaves_model_and_usage_whole()
    {
        using var session = Session.Start();

        session.RecordLlm(new LlmRecord { Model = "gpt-5", PromptTokens = 90_000, Cost = 1, Prompt = new string('p', 300_000), Completion = "no" });

        LlmEvent llm = Read(session);
        Assert.True(llm.IsTruncated);
        Assert.Equal("gpt-5", llm.Model);
        Assert.Equal(90_000, llm.Usage!.InputTokens);
        Assert.Equal(1, llm.ReportedCost);
        Assert.Equal("no", llm.Completion!.AsText());
        Assert.StartsWith("ppp", llm.Prompt!.AsText(), StringComparison.Ordinal);
        Assert.EndsWith("p…", llm.Prompt.AsText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Very_long_logs_leave_model_and_usage_whole()
    {
        using var session = Session.Start();

        session.RecordLlm(new LlmRecord { Model = "gpt-5", PromptTokens = 7, Logs = new string('l', 300_000) });

        LlmEvent llm = Read(session);
        Assert.True(llm.IsTruncated);
        Assert.Equal("gpt-5", llm.Model);
        Assert.Equal(7, llm.Usage!.InputTokens);
        Assert.EndsWith("l…", llm.Logs, StringComparison.Ordinal);
    }

    private static LlmEvent Read(Session session) => Assert.Single(session.ReadEvents().OfType<LlmEvent>());
}
