using AgentOps.Events;
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
                ("gpt-5", "p", 2, 0, new TokenUsage(300, 30, 40, 10)),
                ("claude", "p", 1, 0, new TokenUsage(5, 6)),
            ],
            session.GetAnalytics().Models.Select(Facts));
    }

    [Fact]
    public void Every_bucket_is_summed_on_its_own()
    {
        using var session = Session.Start();
        for (int i = 1; i <= 2; i++)
        {
            session.RecordLlm(new LlmRecord
            {
                Model = "m",
                PromptTokens = 1000 * i,
                CompletionTokens = 100 * i,
                CachedPromptTokens = 1 * i,
                ReasoningTokens = 2 * i,
                CacheWriteTokens = 3 * i,
                CacheWrite1HourTokens = 4 * i,
                AudioPromptTokens = 5 * i,
                AudioCompletionTokens = 6 * i,
            });
        }

        Assert.Equal(
            new TokenUsage(3000, 300, 3, 6) { CacheWriteTokens = 9, CacheWrite1HourTokens = 12, AudioInputTokens = 15, AudioOutputTokens = 18 },
            Assert.Single(session.GetAnalytics().Models).Tokens);
    }

    [Fact]
    public void Calls_of_unknown_usage_are_counted_and_leave_the_sums_alone()
    {
        using var session = Session.Start();
        session.RecordLlm(Call("gpt-5", 100, 10));
        session.RecordLlm(Call("gpt-5", null, null));
        session.RecordLlm(Call("gpt-5", null, null));

        Assert.Equal(("gpt-5", "p", 3, 2, new TokenUsage(100, 10)), Facts(Assert.Single(session.GetAnalytics().Models)));
    }

    [Fact]
    public void A_model_of_which_no_call_said_anything_has_unknown_sums_and_not_zero()
    {
        using var session = Session.Start();
        session.RecordLlm(Call("gpt-5", null, null));

        Assert.Equal(("gpt-5", "p", 1, 1, new TokenUsage(null, null)), Facts(Assert.Single(session.GetAnalytics().Models)));
    }

    [Fact]
    public void A_count_of_zero_is_known()
    {
        using var session = Session.Start();
        session.RecordLlm(Call("gpt-5", 0, 0));

        Assert.Equal(("gpt-5", "p", 1, 0, new TokenUsage(0, 0)), Facts(Assert.Single(session.GetAnalytics().Models)));
    }

    [Fact]
    public void Calls_of_an_unknown_model_stand_together()
    {
        using var session = Session.Start();
        session.RecordLlm(new LlmRecord { PromptTokens = 1 });
        session.RecordLlm(new LlmRecord { PromptTokens = 2 });

        Assert.Equal((null, null, 2, 0, new TokenUsage(3, null)), Facts(Assert.Single(session.GetAnalytics().Models)));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1_000_000_001)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void A_count_that_cannot_be_is_unknown_and_in_no_sum(long absurd)
    {
        var session = Guid.NewGuid();
        AgentEvent[] events = [Llm(session, new TokenUsage(absurd, 7)), Llm(session, new TokenUsage(1, 1)), Llm(session, new TokenUsage(absurd, absurd, absurd))];

        UsageTotal usage = events.GetAnalytics(session).Usage;

        Assert.Equal((3, 1, new TokenUsage(1, 8)), (usage.Calls, usage.CallsWithUnknownUsage, usage.Tokens));
    }

    [Fact]
    public void The_same_model_of_two_providers_is_two()
    {
        using var session = Session.Start();
        session.RecordLlm(new LlmRecord { Model = "llama", Provider = "a" });
        session.RecordLlm(new LlmRecord { Model = "llama", Provider = "b" });

        Assert.Equal(["a", "b"], session.GetAnalytics().Models.Select(static m => m.Provider));
    }

    [Fact]
    public void The_busiest_model_comes_first_and_equals_by_name()
    {
        using var session = Session.Start();
        foreach (string model in (string[])["rare", "busy", "also rare", "busy"])
            session.RecordLlm(Call(model, 1, 1));

        Assert.Equal(["busy", "also rare", "rare"], session.GetAnalytics().Models.Select(static m => m.Model));
    }

    [Fact]
    public void Speed_is_all_streamed_tokens_by_all_time_from_the_first_piece_to_the_end()
    {
        var session = Guid.NewGuid();
        AgentEvent[] events =
        [
            Streamed(session, tokens: 100, firstMilliseconds: 500, milliseconds: 2500),
            Streamed(session, tokens: 50, firstMilliseconds: 100, milliseconds: 1100),
            Streamed(session, tokens: null, firstMilliseconds: 300, milliseconds: 9000),
            Llm(session, new TokenUsage(1, 1_000_000)),
        ];

        ModelUsage model = Assert.Single(events.GetAnalytics(session).Models);

        // 150 tokens in 2 s + 1 s: neither the mean of both rates, nor with those that say no tokens.
        Assert.Equal(50.0, model.TokensPerSecond);
        Assert.Equal(
            (3L, TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(500)),
            (model.TimeToFirstToken.Count, model.TimeToFirstToken.Mean!.Value, model.TimeToFirstToken.Min!.Value, model.TimeToFirstToken.Max!.Value));
    }

    [Fact]
    public void A_model_that_never_streamed_has_no_speed_and_not_zero()
    {
        var session = Guid.NewGuid();

        ModelUsage model = Assert.Single(new AgentEvent[] { Llm(session, new TokenUsage(1, 1)) }.GetAnalytics(session).Models);

        Assert.Null(model.TokensPerSecond);
        Assert.Equal(0, model.TimeToFirstToken.Count);
    }

    private static (string?, string?, int, int, TokenUsage) Facts(ModelUsage model) =>
        (model.Model, model.Provider, model.Calls, model.CallsWithUnknownUsage, model.Tokens);

    private static LlmEvent Streamed(Guid session, long? tokens, int firstMilliseconds, int milliseconds) =>
        Llm(session, tokens is null ? null : new TokenUsage(1, tokens)) with
        {
            TimeToFirstToken = TimeSpan.FromMilliseconds(firstMilliseconds),
            Duration = TimeSpan.FromMilliseconds(milliseconds),
        };

    private static LlmEvent Llm(Guid session, TokenUsage? usage) =>
        new() { Id = Guid.NewGuid(), SessionId = session, Start = DateTimeOffset.UnixEpoch, Duration = TimeSpan.FromSeconds(1), Model = "m", Usage = usage };

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
