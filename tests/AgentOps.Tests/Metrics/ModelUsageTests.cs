using AgentOps.Metrics;

namespace AgentOps.Tests.Metrics;

public sealed class ModelUsageTests
{
    [Fact]
    public void Tokens_are_summed_by_model()
    {
        using var session = Session.Start();
        session.RecordLlm(Call("gpt-5", 100, 10, cached: 40, reasoning: 4));
        session.RecordLlm(Call("gpt-5", 200, 20, cached: 0, reasoning: 6));
        session.RecordLlm(Call("claude", 5, 6));

        Assert.Equal(
            [
                new ModelUsage("gpt-5", "p", 2, 0, 300, 30, 40, 10),
                new ModelUsage("claude", "p", 1, 0, 5, 6, null, null),
            ],
            session.GetAnalytics().Models);
    }

    [Fact]
    public void Calls_of_unknown_usage_are_counted_and_leave_the_sums_alone()
    {
        using var session = Session.Start();
        session.RecordLlm(Call("gpt-5", 100, 10));
        session.RecordLlm(Call("gpt-5", null, null));
        session.RecordLlm(Call("gpt-5", null, null));

        Assert.Equal(new ModelUsage("gpt-5", "p", 3, 2, 100, 10, null, null), Assert.Single(session.GetAnalytics().Models));
    }

    [Fact]
    public void A_model_of_which_no_call_said_anything_has_unknown_sums_and_not_zero()
    {
        using var session = Session.Start();
        session.RecordLlm(Call("gpt-5", null, null));

        Assert.Equal(new ModelUsage("gpt-5", "p", 1, 1, null, null, null, null), Assert.Single(session.GetAnalytics().Models));
    }

    [Fact]
    public void A_count_of_zero_is_known()
    {
        using var session = Session.Start();
        session.RecordLlm(Call("gpt-5", 0, 0));

        Assert.Equal(new ModelUsage("gpt-5", "p", 1, 0, 0, 0, null, null), Assert.Single(session.GetAnalytics().Models));
    }

    [Fact]
    public void Calls_of_an_unknown_model_stand_together()
    {
        using var session = Session.Start();
        session.RecordLlm(new LlmRecord { PromptTokens = 1 });
        session.RecordLlm(new LlmRecord { PromptTokens = 2 });

        Assert.Equal(new ModelUsage(null, null, 2, 0, 3, null, null, null), Assert.Single(session.GetAnalytics().Models));
    }

    [Fact]
    public void The_same_model_of_two_providers_is_two()
    {
        using var session = Session.Start();
        session.RecordLlm(new LlmRecord { Model = "llama", Provider = "a" });
        session.RecordLlm(new LlmRecord { Model = "llama", Provider = "b" });

        Assert.Equal(["a", "b"], session.GetAnalytics().Models.Select(static m => m.Provider).Order());
    }

    [Fact]
    public void The_busiest_model_comes_first_and_equals_by_name()
    {
        using var session = Session.Start();
        foreach (string model in (string[])["rare", "busy", "also rare", "busy"])
            session.RecordLlm(Call(model, 1, 1));

        Assert.Equal(["busy", "also rare", "rare"], session.GetAnalytics().Models.Select(static m => m.Model));
    }

    private static LlmRecord Call(string model, long? input, long? output, long? cached = null, long? reasoning = null) => new()
    {
        Model = model,
        Provider = "p",
        PromptTokens = input,
        CompletionTokens = output,
        CachedPromptTokens = cached,
        ReasoningTokens = reasoning,
    };
}
