using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using AgentOps.Events;
using AgentOps.Metrics;
using AgentOps.Server.Tests.Support;

namespace AgentOps.Server.Tests.Pages;

/// <summary>Pages as they are sent, over logs of real processes.</summary>
public sealed partial class PageTests
{
    private const string Day = "from=2026-03-01T00:00Z&to=2026-03-02T00:00Z";

    [Fact]
    public async Task Numbers_of_the_overview_are_those_of_the_log()
    {
        await using DashboardUnderTest test = await RecordedAsync();
        LogAnalytics expected = EventLogReader.Open(test.Logs).ReadEvents().GetAnalytics();

        string page = await test.Browser.GetStringAsync($"/?{Day}");
        JsonElement api = (await test.JsonAsync($"/api/v1/overview?{Day}")).GetProperty("now");

        Assert.Equal("2", Text(page, "kpi-sessions"));
        Assert.Equal("50.0%", Text(page, "kpi-success"));
        Assert.Equal($"{expected.Counts.Llms}", Text(page, "count-llm"));
        Assert.Equal($"{expected.Counts.Tools}", Text(page, "count-tool"));
        Assert.Equal($"{expected.Counts.Errors}", Text(page, "count-error"));
        Assert.Equal(expected.Usage.Cost.Known, api.GetProperty("cost").GetDecimal());
        Assert.Equal(expected.Usage.Tokens.InputTokens, api.GetProperty("input_tokens").GetInt64());
        Assert.Equal(expected.Usage.Cost.UnknownCalls, api.GetProperty("unpriced_calls").GetInt32());
        Assert.Contains("1 LLM call has no cost", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/sessions")]
    [InlineData("/errors")]
    [InlineData("/performance")]
    [InlineData("/sessions/01950000-9999-7000-8000-00000000000b")]
    public async Task Hostile_text_is_text(string path)
    {
        await using DashboardUnderTest test = await RecordedAsync();

        string page = await test.Browser.GetStringAsync($"{path}?{Day}");

        Assert.DoesNotContain("<script>alert", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\u202e', page);
        Assert.DoesNotContain('\u001b', page);
        Assert.DoesNotContain("style=", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(" onclick", page, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_hostile_filter_is_text_in_the_page()
    {
        await using DashboardUnderTest test = await RecordedAsync();

        string page = await test.Browser.GetStringAsync($"/sessions?{Day}&q={Uri.EscapeDataString("name:\"><script>alert(1)</script>")}");

        Assert.DoesNotContain("<script>alert", page, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/sessions")]
    [InlineData("/errors")]
    [InlineData("/performance")]
    public async Task An_empty_store_is_taught_to_be_filled(string path)
    {
        await using DashboardUnderTest test = await DashboardUnderTest.StartAsync();

        string page = await test.Browser.GetStringAsync(path);

        Assert.Contains("dotnet add package AgentOps", page, StringComparison.Ordinal);
        Assert.Contains(WebUtility.HtmlEncode(test.Logs), page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/sessions/00000000-0000-0000-0000-000000000001")]
    [InlineData("/sessions/not-an-id")]
    [InlineData("/nowhere")]
    public async Task What_is_not_there_is_said(string path)
    {
        await using DashboardUnderTest test = await DashboardUnderTest.StartAsync();

        using HttpResponseMessage answer = await test.Browser.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("There is no such", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("period=nonsense&page=-5&sort=%00&at=99999&step=abc&event=zz&compare=%3C&from=9999&to=x")]
    [InlineData("project=%27%20OR%201%3D1&from=0001-01-01&to=9999-12-31&page=999999999999")]
    public async Task Nonsense_in_an_address_does_no_harm(string query)
    {
        await using DashboardUnderTest test = await RecordedAsync();

        foreach (string path in (string[])["/", "/sessions", "/errors", "/performance", "/sessions/01950000-0000-7000-8000-00000000000a", "/api/v1/overview", "/api/v1/sessions"])
        {
            using HttpResponseMessage answer = await test.Browser.GetAsync($"{path}?{query}");
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}?{query}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task A_filter_that_cannot_be_understood_is_explained()
    {
        await using DashboardUnderTest test = await RecordedAsync();

        string page = WebUtility.HtmlDecode(await test.Browser.GetStringAsync("/sessions?q=lateny:%3E2s"));
        using HttpResponseMessage api = await test.Browser.GetAsync("/api/v1/sessions?q=lateny:%3E2s");

        Assert.Contains("Did you mean 'latency'?", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, api.StatusCode);
    }

    [Fact]
    public async Task The_demo_has_something_of_everything()
    {
        await using DashboardUnderTest test = await DashboardUnderTest.StartAsync(isDemo: true);

        JsonElement now = (await test.JsonAsync("/api/v1/overview")).GetProperty("now");
        JsonElement sessions = await test.JsonAsync("/api/v1/sessions?q=state:live%20OR%20state:interrupted%20OR%20state:fail");

        Assert.True(now.GetProperty("sessions").GetInt32() > 200);
        Assert.True(now.GetProperty("errors").GetInt32() > 5);
        Assert.True(now.GetProperty("unpriced_calls").GetInt32() > 0);
        Assert.Superset(new HashSet<string> { "live", "fail" }, sessions.GetProperty("sessions").EnumerateArray().Select(static s => s.GetProperty("state").GetString()!).ToHashSet());
    }

    private static async Task<DashboardUnderTest> RecordedAsync()
    {
        DashboardUnderTest test = await DashboardUnderTest.StartAsync();
        await AgentProcess.RunAsync(test.Logs, "scenario");
        await test.WaitForAsync(static async store => (await store.ReadSessionAsync(new Guid("01950000-9999-7000-8000-00000000000b")))?.Session.Ended is not null);
        return test;
    }

    private static string Text(string page, string id)
    {
        Match found = Regex.Match(page, $"""id="{id}"[^>]*>(.*?)</(?:div|b)>""", RegexOptions.Singleline);
        Assert.True(found.Success, $"There is nothing with the id '{id}'.");
        return Blanks().Replace(Tags().Replace(found.Groups[1].Value, ""), "").Trim();
    }

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
