using AgentOps.Events;

namespace AgentOps.Generators.Tests;

/// <summary>Values and failures that recorders stumble over, as agents meet them.</summary>
public sealed class HostileValueTests
{
    [Theory]
    [InlineData("System.Text.Json.JsonElement")]
    [InlineData("object")]
    public async Task Half_of_an_escaped_surrogate_pair_is_recorded_as_it_was_written(string type)
    {
        RecordedRun run = await RecordedRun.Of(
            $$"""public static class Tools { [RecordTool] public static int Take({{type}} value) => 1; }""",
            """Check.That(Tools.Take(System.Text.Json.JsonDocument.Parse("{\"a\":\"x\\ud83d\"}").RootElement) == 1);""");

        Assert.Equal("""value={"a":"x\\ud83d"}""", run.Call.Arguments());
    }

    [Fact]
    public async Task Items_of_a_stream_beyond_the_limit_are_left_out_and_the_event_says_so()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public static class Tools
            {
                [RecordTool] public static async IAsyncEnumerable<string> Lines(int count)
                {
                    for (int i = 0; i < count; i++) { await Task.Yield(); yield return new string('x', 4000); }
                }
            }
            """,
            "await foreach (var line in Tools.Lines(64)) { }");

        Assert.Equal("64", run.Call.Returns!.Property("item_count")!.ToString());
        Assert.True(run.Call.IsTruncated);
        Assert.True(run.Call.Returns!.Property("items")!.ToString().Length > 100_000);
    }

    [Theory]
    [InlineData("async Task", "await Task.Yield(); throw new TaskCanceledException(\"late\", new TimeoutException());")]
    [InlineData("Task", "return Task.FromException(new TaskCanceledException(\"late\", new TimeoutException()));")]
    [InlineData("void", "throw new TaskCanceledException(\"late\", new TimeoutException());")]
    public async Task Timeout_that_comes_as_a_cancellation_is_an_error(string type, string body)
    {
        RecordedRun run = await RecordedRun.Of(
            $$"""public static class Tools { [RecordTool] public static {{type}} Ask() { {{body}} } }""",
            $$"""try { {{(type == "void" ? "" : "await ")}}Tools.Ask(); Check.That(false); } catch (TaskCanceledException e) { Check.That(e.InnerException is TimeoutException); }""");

        Assert.Equal(EventStatus.Error, run.Call.Status);
        Assert.Equal("late", Assert.Single(run.Errors).Details);
    }
}
