using System.Text.Json;
using AgentOps.Tool.Tests.Support;

namespace AgentOps.Tool.Tests.Commands;

public sealed class ShowCommandTests(RecordedLogs logs)
{
    [Fact]
    public async Task Session_is_a_tree_beside_a_waterfall()
    {
        ToolResult result = await ToolUnderTest.RunAsync(logs.Ended, "show", "01950000-0");

        Assert.Equal(
            """
            ✓ success  nightly research  20m 00s                                                                 2026-03-01 10:00:00
            01950000-0000-7000-8000-00000000000a · demo, nightly
            2 LLM calls · 2 tool calls · 1 action · 13,300 in, 940 out · $0.0192+ (1 unknown)
            documents 12

                                                                                     0              10m 00s        20m 00s
            action answer                                      researcher            ·━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━··   18m 40s
            ├─ llm gpt-5                                       12,400→820 $0.0192    ·━━━━━━━━━···························    5m 00s
            ├─ tool search                                                           ···········╸·························    5.25 s
            ├─ tool read                                                             ···········╸·························    500 ms
            └─ llm house-model                                 900→120 ?             ············━━━━━━━━━━━━━━━━━━━━━━━··   12m 20s
            """, result.Output.TrimEnd('\n'));
    }

    [Fact]
    public async Task Failed_session_says_first_why_and_shows_hostile_text_as_text()
    {
        ToolResult result = await ToolUnderTest.RunAsync(logs.Ended, "show", "last", "--width", "80");

        Assert.Equal(
            """
            ✗ fail  refund 4711 \x1b[31mred\x1b[0m \x1b]0;tit…  20m 00s  2026-03-01 11:00:00
              The bank did not answer in time.
              HttpRequestException 502: The bank did not answer. \x1b[31mred\x1b[0m
              \x1b]0;title\x07 \u202egnp.exe\u202c <script>alert(1)</script> [bold]x[/] \x00
              line two �
            01950000-9999-7000-8000-00000000000b · demo, [red]tag[/]
            1 LLM call · 1 tool call · 1 action · 1 error · 3,000 in, 250 out · $0.0128

                                                                 0         20m 00s
            action refund                                        ━━━━━━━━━━━━━━━━·   19m 30s
            ├─ llm claude-sonnet-4-5                             ━━━━━············    5m 00s
            └─ tool pay \x1b[31mred\x1b[0m \x1b]0;title\x07 \u…  ·····━━━━━━━━━━━·   14m 00s
               └─ ✗ HttpRequestException 502: The bank did not answer. \x1b[31mred\x1b[0m
                    \x1b]0;title\x07 \u202egnp.exe\u202c <script>alert(1)</script>
                    [bold]x[/] \x00
                    line two �
            """, result.Output.TrimEnd('\n'));
        Assert.All(result.Output.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public async Task Messages_stand_below_their_calls()
    {
        ToolResult result = await ToolUnderTest.RunAsync(logs.Ended, "show", "01950000-0", "--messages", "--width", "100");

        Assert.Equal(
            """
            ✓ success  nightly research  20m 00s                                             2026-03-01 10:00:00
            01950000-0000-7000-8000-00000000000a · demo, nightly
            2 LLM calls · 2 tool calls · 1 action · 13,300 in, 940 out · $0.0192+ (1 unknown)
            documents 12

                                                                           0         10m 00s   20m 00s
            action answer                            researcher            ·━━━━━━━━━━━━━━━━━━━━━━━━━·   18m 40s
            │  question  How is the log kept safe?
            ├─ llm gpt-5                             12,400→820 $0.0192    ·━━━━━━━···················    5m 00s
            │     system  You answer from files.
            │     user  How is the log kept safe?
            │     answer  I will search for it first.
            │     wants  search({"words":"crash"})
            ├─ tool search                                                 ········╸··················    5.25 s
            │     words  crash
            │     returned  docs/event-log.md:7
            ├─ tool read                                                   ········╸··················    500 ms
            │     file  docs/event-log.md
            │     returned  Recorded events survive.
            └─ llm house-model                       900→120 ?             ·········━━━━━━━━━━━━━━━━━·   12m 20s
                  answer  By one write a record.
            """, result.Output.TrimEnd('\n'));
    }

    [Fact]
    public async Task Call_in_flight_at_a_kill_has_no_end_and_stands_out()
    {
        ToolResult result = await ToolUnderTest.RunAsync(logs.Crashed, "show", "last");

        Assert.StartsWith("☠ crashed  import", result.Output, StringComparison.Ordinal);
        Assert.Contains("in the middle of: store at Commands/ScenarioCommand.cs:", result.Output, StringComparison.Ordinal);
        Assert.Matches("☠ action store .* no end\n", result.Output);
    }

    [Fact]
    public async Task Ascii_terminals_get_ascii()
    {
        ToolResult result = await ToolUnderTest.RunAsync(logs.Ended, "show", "01950000-0", "--ascii", "--messages");

        Assert.True(System.Text.Ascii.IsValid(result.Output), result.Output);
    }

    [Fact]
    public async Task Json_has_the_session_its_numbers_and_its_events()
    {
        ToolResult result = await ToolUnderTest.RunAsync(logs.Ended, "show", RecordedLogs.FailedId, "--json");

        JsonElement json = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal("fail", json.GetProperty("state").GetString());
        Assert.Equal(1, json.GetProperty("counts").GetProperty("errors").GetInt32());
        Assert.Contains(json.GetProperty("events").EnumerateArray(), e => e.GetProperty("event_type").GetString() == "errors" && e.GetProperty("code").GetString() == "502");
        Assert.DoesNotContain(result.Output, static c => char.IsControl(c) && c != '\n');
    }

    [Fact]
    public async Task Depth_and_limit_leave_out_and_say_so()
    {
        ToolResult shallow = await ToolUnderTest.RunAsync(logs.Ended, "show", "01950000-0", "--depth", "1");
        ToolResult few = await ToolUnderTest.RunAsync(logs.Ended, "show", "01950000-0", "--limit", "2");

        Assert.Contains("… 4 more events", shallow.Output, StringComparison.Ordinal);
        Assert.Contains("… 3 more events", few.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("01950000-0000-7000-8000-00000000000a")]
    [InlineData("0195000000007")]
    [InlineData("01950000-0")]
    public async Task Any_prefix_that_no_other_session_has_names_a_session(string id)
    {
        ToolResult result = await ToolUnderTest.RunAsync(logs.Ended, "show", id);

        Assert.Contains(RecordedLogs.SucceededId, result.Output, StringComparison.Ordinal);
    }
}
