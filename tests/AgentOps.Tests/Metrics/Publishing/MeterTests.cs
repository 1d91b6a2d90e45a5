using AgentOps.Pricing;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Metrics.Publishing;

/// <summary>What the meter tells of events that are recorded by hand.</summary>
[Collection(RunsAlone.Name)]
public sealed class MeterTests
{
    private const string Tokens = "gen_ai.client.token.usage";
    private const string Duration = "gen_ai.client.operation.duration";

    private static readonly DateTimeOffset s_noon = new(2025, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly PriceTable s_prices = PriceTable.Parse(
        """{ "version": "t", "unit": "USD per million tokens", "models": [{ "provider": "openai", "model": "m", "input": 1, "output": 10 }] }""");

    [Fact]
    public void A_model_call_is_told_under_the_names_of_the_conventions()
    {
        using var session = Session.Start();
        using var meter = new HeardMeter(s_prices);

        session.RecordLlm(Call(1000, 100));
        meter.Drain();

        Assert.Equal([("s", 2.5)], meter.Of(Duration).Select(static h => (h.Unit!, h.Value)));
        Assert.Equal(
            [("{token}", "input", 1000.0), ("{token}", "output", 100.0)],
            meter.Of(Tokens).Select(static h => (h.Unit!, (string)h.Tags["gen_ai.token.type"]!, h.Value)));
        Assert.All(meter.Of(Tokens).Concat(meter.Of(Duration)), static h =>
        {
            Assert.Equal("chat", h.Tags["gen_ai.operation.name"]);
            Assert.Equal("openai", h.Tags["gen_ai.provider.name"]);
            Assert.Equal("m", h.Tags["gen_ai.request.model"]);
            Assert.Equal("m", h.Tags["gen_ai.response.model"]);
            Assert.False(h.Tags.ContainsKey("error.type"));
        });
        // 1000 × 1 + 100 × 10 USD per million.
        Assert.Equal(0.002, meter.Sum("agentops.llm.cost", "agentops.cost.reason", "priced"), 12);
        Assert.Equal(1, meter.Sum("agentops.llm.calls", "agentops.usage.known", true));
    }

    [Fact]
    public void Tokens_are_told_by_bucket()
    {
        using var session = Session.Start();
        using var meter = new HeardMeter();

        session.RecordLlm(new LlmRecord
        {
            PromptTokens = 100,
            CompletionTokens = 50,
            CachedPromptTokens = 1,
            CacheWriteTokens = 2,
            CacheWrite1HourTokens = 3,
            ReasoningTokens = 4,
            AudioPromptTokens = 5,
            AudioCompletionTokens = 6,
        });
        meter.Drain();

        Assert.Equal(
            [("input", 100.0), ("output", 50.0), ("cache_read", 1.0), ("cache_write", 2.0), ("cache_write_1h", 3.0), ("reasoning", 4.0), ("audio_input", 5.0), ("audio_output", 6.0)],
            meter.Of("agentops.llm.tokens").Select(static h => ((string)h.Tags["agentops.token.bucket"]!, h.Value)));
    }

    [Fact]
    public void An_unknown_cost_is_a_call_and_no_amount()
    {
        using var session = Session.Start();
        using var meter = new HeardMeter(s_prices);

        session.RecordLlm(new LlmRecord { Model = "nobody's", Provider = "openai", PromptTokens = 1, CompletionTokens = 1 });
        session.RecordLlm(new LlmRecord { Model = "m", Provider = "openai" });
        meter.Drain();

        Assert.Empty(meter.Of("agentops.llm.cost"));
        Assert.Equal(1, meter.Sum("agentops.llm.cost.unknown", "agentops.cost.reason", "unknown_model"));
        Assert.Equal(1, meter.Sum("agentops.llm.cost.unknown", "agentops.cost.reason", "unknown_usage"));
        Assert.Equal(1, meter.Sum("agentops.llm.calls", "agentops.usage.known", false));
    }

    [Fact]
    public void Two_layers_are_told_once_though_the_outer_comes_first()
    {
        using var session = Session.Start();
        using var meter = new HeardMeter(s_prices);

        Guid outer = session.RecordLlm(Call(300, 30));
        meter.Poll();
        session.RecordLlm(Call(100, 10, outer));
        Guid tool = session.RecordTool(new ToolRecord("t") { ParentId = outer });
        session.RecordLlm(Call(200, 20, tool));
        meter.Drain();

        Assert.Equal((300.0, 30.0), (meter.Sum(Tokens, "gen_ai.token.type", "input"), meter.Sum(Tokens, "gen_ai.token.type", "output")));
        Assert.Equal((2.0, 2), (meter.Sum("agentops.llm.calls"), meter.Of(Duration).Count));
        Assert.Equal((double)session.GetAnalytics(s_prices).Usage.Cost.Known!, meter.Sum("agentops.llm.cost"), 12);
    }

    [Fact]
    public void A_call_that_says_nothing_is_no_unknown_one_if_one_around_it_says_it()
    {
        using var session = Session.Start();
        using var meter = new HeardMeter(s_prices);

        session.RecordLlm(new LlmRecord { Model = "m", ParentId = session.RecordLlm(Call(300, 30)) });
        meter.Drain();

        Assert.Equal((1.0, 0.0), (meter.Sum("agentops.llm.calls"), meter.Sum("agentops.llm.cost.unknown")));
        Assert.Equal(300, meter.Sum(Tokens, "gen_ai.token.type", "input"));
    }

    [Fact]
    public void What_failed_has_the_type_of_its_error()
    {
        using var session = Session.Start();
        using var meter = new HeardMeter();

        Guid tool = session.RecordTool(new ToolRecord("search"));
        session.RecordError(new ErrorRecord { ErrorType = "Timeout", TriggerEventId = tool });
        meter.Drain();

        Assert.Equal(1, meter.Sum("agentops.errors", "error.type", "Timeout"));
        Assert.Equal(1, meter.Sum("agentops.events", "agentops.event.type", "errors"));
        Assert.Equal(1, meter.Sum("agentops.events", "agentops.event.type", "tools"));
        Assert.Equal("search", Assert.Single(meter.Of("gen_ai.execute_tool.duration")).Tags["gen_ai.tool.name"]);
    }

    [Fact]
    public void Sessions_are_told_by_how_they_ended()
    {
        using var meter = new HeardMeter();

        Session.Start().End(EndState.Success);
        Session.Start().End(EndState.Fail, "no");
        Session.Start().Dispose();
        using var open = Session.Start();
        meter.Drain();
        meter.Observe();

        Assert.Equal(
            [("fail", 1.0), ("indeterminate", 1.0), ("success", 1.0)],
            meter.Of("agentops.sessions").Select(static h => ((string)h.Tags["agentops.session.end_state"]!, h.Value)).Order());
        Assert.Equal(RecorderHealth.Current.OpenSessions, meter.Sum("agentops.sessions.open"));
    }

    [Fact]
    public void The_end_of_a_session_settles_what_waits()
    {
        using var meter = new HeardMeter(s_prices);
        var session = Session.Start();
        session.RecordLlm(Call(1, 2));

        meter.Poll();
        Assert.Empty(meter.Of(Tokens));
        session.End();
        meter.Poll();

        Assert.Equal(2, meter.Of(Tokens).Count);
    }

    [Fact]
    public void Losses_are_those_of_the_recorder()
    {
        using var session = Session.Start();
        using var meter = new HeardMeter();
        session.SetMetric("score", double.NaN);

        meter.Observe();

        Assert.Equal(RecorderHealth.Current.Losses["RejectedInput"], meter.Sum("agentops.recorder.losses", "agentops.loss.reason", "RejectedInput"));
    }

    [Fact]
    public void What_was_told_is_not_told_again()
    {
        using var session = Session.Start();
        using var meter = new HeardMeter();
        session.RecordLlm(Call(1, 2));
        meter.Drain();
        int told = meter.All.Count;

        meter.Drain();

        Assert.Equal(told, meter.All.Count);
    }

    [Fact]
    public void Disposing_tells_what_has_come_last()
    {
        using var session = Session.Start();
        var meter = new HeardMeter();
        session.RecordLlm(Call(1, 2));

        meter.Dispose();

        Assert.Equal(2, meter.Of(Tokens).Count);
    }

    [Fact]
    public void Metrics_are_published_once_at_a_time()
    {
        using (Recorder.PublishMetrics())
        {
            Assert.Contains("published already", Assert.Throws<InvalidOperationException>(() => Recorder.PublishMetrics()).Message, StringComparison.Ordinal);
        }
        Recorder.PublishMetrics().Dispose();
    }

    private static LlmRecord Call(long input, long output, Guid? inside = null) => new()
    {
        Model = "m",
        Provider = "openai",
        PromptTokens = input,
        CompletionTokens = output,
        ParentId = inside,
        Start = s_noon,
        End = s_noon.AddSeconds(2.5),
    };
}
