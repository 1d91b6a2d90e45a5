using System.Text.Json;
using System.Xml;
using AgentOps.Tool.Tests.Support;

namespace AgentOps.Tool.Tests.Commands;

public sealed class ReportCommandTests(RecordedLogs logs)
{
    [Fact]
    public async Task Report_of_all_sessions_begins_with_what_failed()
    {
        ToolResult result = await ToolUnderTest.RunAsync(logs.Ended, "report", "--width", "110");

        Assert.Equal(
            """
            2 sessions · 1 success · 1 fail
            2026-03-01 10:00:00 → 2026-03-01 11:20:00
            3 LLM calls · 3 tool calls · 2 actions · 1 error · 16,300 in, 1,190 out · $0.032+ (1 unknown)

            Failures
            Count  Call                                      Error                                     Last
                1  pay \x1b[31mred\x1b[0m \x1b]0;title\x07…  HttpRequestException 502: The bank did…   2026-03-01 11:00:00

            Models
            Model              Provider   Calls   Input  Cached  Output      P50      P95     Cost
            claude-sonnet-4-5  anthropic      1   3,000             250   5m 00s   5m 00s  $0.0128
            gpt-5              openai         1  12,400   4,000     820   5m 00s   5m 00s  $0.0192
            house-model                       1     900             120  12m 20s  12m 20s        ?
            The cost of 1 call is unknown: 1 of a model that has no price. 'agentops prices resolve <model>' says why.

            Tools
            Tool                                                                          Calls      P50      P95      Max
            search                                                                            1   5.25 s   5.25 s   5.25 s
            read                                                                              1   500 ms   500 ms   500 ms
            pay \x1b[31mred\x1b[0m \x1b]0;title\x07 \u202egnp.exe\u202c <script>alert(1…      1  14m 00s  14m 00s  14m 00s

            Agents
            Agent       Events  Tokens   Active     Cost
            researcher       1          18m 40s
            no agent         8  17,490  36m 55s  $0.032+

            Slowest calls
            Call                                                        Type     Calls     Mean      P50      P95      Max
            refund                                                      actions      1  19m 30s  19m 30s  19m 30s  19m 30s
            answer                                                      actions      1  18m 40s  18m 40s  18m 40s  18m 40s
            pay \x1b[31mred\x1b[0m \x1b]0;title\x07 \u202egnp.exe\u20…  tools        1  14m 00s  14m 00s  14m 00s  14m 00s
            house-model                                                 llms         1  12m 20s  12m 20s  12m 20s  12m 20s
            claude-sonnet-4-5                                           llms         1   5m 00s   5m 00s   5m 00s   5m 00s
            gpt-5                                                       llms         1   5m 00s   5m 00s   5m 00s   5m 00s
            search                                                      tools        1   5.25 s   5.25 s   5.25 s   5.25 s
            read                                                        tools        1   500 ms   500 ms   500 ms   500 ms
            """, result.Output.TrimEnd('\n'));
    }

    [Fact]
    public async Task Report_of_one_session_begins_with_the_session()
    {
        ToolResult result = await ToolUnderTest.RunAsync(logs.Ended, "report", "01950000-0", "--width", "80");

        Assert.Equal(
            """
            ✓ success  nightly research  20m 00s                         2026-03-01 10:00:00
            01950000-0000-7000-8000-00000000000a · demo, nightly
            2 LLM calls · 2 tool calls · 1 action · 13,300 in, 940 out · $0.0192+
            documents 12

            Models
            Model        Provider  Calls   Input  Cached  Output      P50      P95     Cost
            gpt-5        openai        1  12,400   4,000     820   5m 00s   5m 00s  $0.0192
            house-model                1     900             120  12m 20s  12m 20s        ?
            The cost of 1 call is unknown: 1 of a model that has no price. 'agentops prices
            resolve <model>' says why.

            Tools
            Tool    Calls     P50     P95     Max
            search      1  5.25 s  5.25 s  5.25 s
            read        1  500 ms  500 ms  500 ms

            Agents
            Agent       Events  Tokens   Active      Cost
            researcher       1          18m 40s
            no agent         4  14,240  17m 25s  $0.0192+

            Slowest calls
            Call         Type     Calls     Mean      P50      P95      Max
            answer       actions      1  18m 40s  18m 40s  18m 40s  18m 40s
            house-model  llms         1  12m 20s  12m 20s  12m 20s  12m 20s
            gpt-5        llms         1   5m 00s   5m 00s   5m 00s   5m 00s
            search       tools        1   5.25 s   5.25 s   5.25 s   5.25 s
            read         tools        1   500 ms   500 ms   500 ms   500 ms
            """, result.Output.TrimEnd('\n'));
    }

    [Theory]
    [InlineData]
    [InlineData(RecordedLogs.FailedId)]
    [InlineData(RecordedLogs.SucceededId)]
    public async Task Html_is_one_well_formed_page_that_loads_and_runs_nothing(params string[] session)
    {
        using var folder = new TemporaryFolder();
        string file = folder.Combine("report.html");

        ToolResult result = await ToolUnderTest.RunAsync(logs.Ended, ["report", .. session, "--html", file]);

        Assert.Equal(ExitCodes.Ok, result.ExitCode);
        XmlDocument page = Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.Empty(page.GetElementsByTagName("script"));
        Assert.NotEmpty(page.GetElementsByTagName("svg"));
        foreach (XmlAttribute attribute in page.SelectNodes("//@*")!)
        {
            Assert.DoesNotContain("://", attribute.Value, StringComparison.Ordinal);
            Assert.False(attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || attribute.Name is "href" or "src", attribute.OuterXml);
        }
    }

    [Fact]
    public async Task Hostile_text_is_text_in_html()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Combine("report.html");

        await ToolUnderTest.RunAsync(logs.Ended, "report", RecordedLogs.FailedId, "--html", file);

        string page = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain(page, static c => (char.IsControl(c) && c != '\n') || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.Format);
    }

    [Fact]
    public async Task Json_has_failures_with_their_calls()
    {
        ToolResult result = await ToolUnderTest.RunAsync(logs.Ended, "report", "--json");

        JsonElement failure = Assert.Single(JsonDocument.Parse(result.Output).RootElement.GetProperty("failures").EnumerateArray());
        Assert.StartsWith("HttpRequestException 502: The bank did not answer.", failure.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("pay", failure.GetProperty("call").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_that_matches_is_said()
    {
        ToolResult result = await ToolUnderTest.RunAsync(logs.Ended, "report", "--tag", "none");

        Assert.Equal("No session matches.\n", result.Output);
    }

    /// <summary>The page is XML but for its first line.</summary>
    private static XmlDocument Parse(string html)
    {
        var page = new XmlDocument();
        page.LoadXml(html[html.IndexOf('\n', StringComparison.Ordinal)..]);
        return page;
    }
}
