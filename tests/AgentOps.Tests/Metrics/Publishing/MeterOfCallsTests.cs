using AgentOps.Tests.Support;

namespace AgentOps.Tests.Metrics.Publishing;

public sealed class MeterOfCallsTests
{
    [Theory]
    [InlineData("Mapped")]
    [InlineData("Written")]
    [InlineData("Memory")]
    public async Task The_meter_of_recorded_calls_equals_their_analytics_wherever_the_log_is(string storage)
    {
        using var folder = new TemporaryFolder();

        string[] lines = await AgentProcess.RunAsync(folder.Path, "meter", storage);

        Assert.Equal(
            [
                // 50 leaves of 30 + i and 3 tokens.
                "gen_ai.client.token.usage: 2875 2875",
                "gen_ai.client.operation.duration: 50 50",
                "gen_ai.client.operation.duration InvalidOperationException: 10 10",
                "agentops.llm.calls: 60 60",
                "agentops.llm.cost.unknown: 60 60",
                // Layer, tool, sum and leaf, and ten refusals with their errors.
                "agentops.events: 220 220",
                "agentops.errors: 10 10",
                "agentops.sessions: 50 50",
            ],
            lines);
    }
}
