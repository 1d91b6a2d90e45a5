using AgentOps.Server.Tests.Support;
using Microsoft.Playwright;

namespace AgentOps.Server.Tests.Browser;

/// <summary>The pages in a real browser: their policy holds, they fit, they follow what is recorded, and their address is all their state.</summary>
public sealed class PagesInBrowserTests(SystemBrowser browser)
{
    private const string Day = "from=2026-03-01T00%3A00Z&to=2026-03-02T00%3A00Z";

    [Theory]
    [InlineData(1440, 900, false)]
    [InlineData(1440, 900, true)]
    [InlineData(390, 844, false)]
    [InlineData(390, 844, true)]
    [InlineData(900, 800, false)]
    public async Task Pages_fit_and_break_no_rule(int width, int height, bool isDark)
    {
        await using DashboardUnderTest test = await DashboardUnderTest.StartAsync(isDemo: true);
        await using BrowserWindow window = await browser.OpenAsync(test, "/", width, height, isDark);
        string look = $"{width}{(isDark ? "-dark" : null)}";

        foreach ((string name, string path) in ((string, string)[])[("overview", "/"), ("sessions", "/sessions"), ("errors", "/errors"), ("performance", "/performance"), ("filtered", "/sessions?q=tag%3Aprod%20-agent%3ATriageAgent%20duration%3A%3E5s")])
        {
            await window.Page.GotoAsync(new Uri(test.Dashboard.Address, path).ToString());
            await window.KeepPictureAsync($"{name}-{look}");
            Assert.False(await window.IsTooWideAsync(), $"{path} is wider than {width}.");
        }
        foreach ((string name, string filter) in ((string, string)[])[("session", "state:success agent:RefundAgent has:error"), ("died", "state:interrupted"), ("live", "state:live")])
        {
            await window.Page.GotoAsync(new Uri(test.Dashboard.Address, $"/sessions?period=7d&q={Uri.EscapeDataString(filter)}").ToString());
            await window.Page.Locator("#sessions tbody a.row-link").First.ClickAsync();
            await Assertions.Expect(window.Page.Locator("#waterfall")).ToBeVisibleAsync();
            await window.KeepPictureAsync($"{name}-{look}");
            Assert.False(await window.IsTooWideAsync(), $"A session ({name}) is wider than {width}.");
        }
        Assert.Empty(window.Problems);
    }

    [Fact]
    public async Task A_session_appears_while_it_runs_and_its_death_is_shown()
    {
        await using DashboardUnderTest test = await DashboardUnderTest.StartAsync();
        await using BrowserWindow window = await browser.OpenAsync(test, $"/sessions?{Day}");
        await Assertions.Expect(window.Page.Locator("#teach")).ToBeVisibleAsync();

        using AgentProcess agent = AgentProcess.Start(test.Logs, "scenario", "crash");
        await agent.ReadLineAsync();
        ILocator row = window.Page.Locator("#sessions tbody tr");
        await Assertions.Expect(row).ToContainTextAsync("Live", new() { Timeout = 20_000 });
        await row.Locator("a.row-link").ClickAsync();
        await Assertions.Expect(window.Page.Locator("#waterfall")).ToContainTextAsync("so far");
        await agent.KillAsync();
        await Assertions.Expect(window.Page.Locator("#crash")).ToContainTextAsync("1 call was in flight", new() { Timeout = 20_000 });

        Assert.Empty(window.Problems);
    }

    [Fact]
    public async Task Hostile_text_does_nothing_and_is_seen()
    {
        await using DashboardUnderTest test = await RecordedAsync();
        await using BrowserWindow window = await browser.OpenAsync(test, $"/sessions/01950000-9999-7000-8000-00000000000b?{Day}");

        Assert.Contains("<script>alert(1)</script>", await window.Page.Locator("h1").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("\\u202e", await window.Page.Locator("h1").InnerTextAsync(), StringComparison.Ordinal);
        await window.KeepPictureAsync("hostile");
        Assert.Empty(window.Problems);
    }

    [Fact]
    public async Task An_address_shows_the_same_again()
    {
        await using DashboardUnderTest test = await RecordedAsync();
        await using BrowserWindow window = await browser.OpenAsync(test, $"/sessions?{Day}");
        await window.Page.Locator("#query").FillAsync("state:fail");
        await window.Page.Locator("#query").PressAsync("Enter");
        await Assertions.Expect(window.Page.Locator("#sessions tbody tr")).ToHaveCountAsync(1);
        await window.Page.Locator("#sessions tbody a.row-link").ClickAsync();
        await window.Page.Locator(".wf-row", new() { HasText = "refund" }).First.ClickAsync();
        string selected = await window.TextAsync("in-t");

        await window.Page.ReloadAsync();
        string reloaded = await window.TextAsync("in-t");
        await using BrowserWindow other = await browser.OpenAsync(test, new Uri(window.Page.Url).PathAndQuery);
        string shared = await other.TextAsync("in-t");

        Assert.Equal((selected, selected), (reloaded, shared));
        Assert.Equal("refund", selected);
    }

    [Fact]
    public async Task A_facet_edits_the_filter_and_the_filter_ticks_the_facet()
    {
        await using DashboardUnderTest test = await RecordedAsync();
        await using BrowserWindow window = await browser.OpenAsync(test, $"/sessions?{Day}");

        await window.Page.Locator("#facet-tag a", new() { HasText = "nightly" }).ClickAsync();

        Assert.Equal("tag:nightly", await window.Page.Locator("#query").InputValueAsync());
        await Assertions.Expect(window.Page.Locator("#facet-tag a[aria-checked=true]")).ToContainTextAsync("nightly");
        await Assertions.Expect(window.Page.Locator("#sessions tbody tr")).ToHaveCountAsync(1);
        await window.Page.Locator("#facet-tag a", new() { HasText = "nightly" }).ClickAsync();
        await Assertions.Expect(window.Page.Locator("#sessions tbody tr")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task Keys_lead_everywhere_and_stay_out_of_inputs()
    {
        await using DashboardUnderTest test = await RecordedAsync();
        await using BrowserWindow window = await browser.OpenAsync(test, $"/?{Day}");

        await window.Page.Keyboard.PressAsync("s");
        await Assertions.Expect(window.Page.Locator("h1")).ToHaveTextAsync("Sessions");
        await window.Page.Keyboard.PressAsync("/");
        await window.Page.Keyboard.TypeAsync("e");
        Assert.Equal("e", await window.Page.Locator("#query").InputValueAsync());
        await window.Page.Locator("#query").BlurAsync();
        await window.Page.Keyboard.PressAsync("j");
        await window.Page.Keyboard.PressAsync("j");
        await window.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(window.Page.Locator("h1")).ToContainTextAsync("nightly research");
        await window.Page.Keyboard.PressAsync("Home");
        await Assertions.Expect(window.Page.Locator("#replay")).ToContainTextAsync("step 1 of");
        await window.Page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(window.Page.Locator("#replay")).ToContainTextAsync("step 2 of");
        await window.Page.Keyboard.PressAsync("?");
        await Assertions.Expect(window.Page.Locator("#keyhelp")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_theme_that_was_chosen_stays()
    {
        await using DashboardUnderTest test = await RecordedAsync();
        await using BrowserWindow window = await browser.OpenAsync(test, $"/?{Day}");

        await window.Page.Locator("label:has(#theme-dark)").ClickAsync();
        await window.Page.ReloadAsync();

        Assert.Equal("dark", await window.Page.Locator("html").GetAttributeAsync("data-theme"));
        Assert.Equal("rgb(14, 17, 18)", await window.Page.EvaluateAsync<string>("getComputedStyle(document.documentElement).backgroundColor"));
    }

    [Fact]
    public async Task A_chart_shows_its_buckets_as_a_table()
    {
        await using DashboardUnderTest test = await RecordedAsync();
        await using BrowserWindow window = await browser.OpenAsync(test, $"/?{Day}");

        await window.Page.Locator("label:has(#c-events-table)").ClickAsync();

        ILocator table = window.Page.Locator(".panel:has(#c-events) .as-table");
        await Assertions.Expect(table).ToBeVisibleAsync();
        await Assertions.Expect(table.Locator("tbody tr")).ToHaveCountAsync(24);
    }

    private static async Task<DashboardUnderTest> RecordedAsync()
    {
        DashboardUnderTest test = await DashboardUnderTest.StartAsync();
        await AgentProcess.RunAsync(test.Logs, "scenario");
        await test.WaitForAsync(static async store => (await store.ReadSessionAsync(new Guid("01950000-9999-7000-8000-00000000000b")))?.Session.Ended is not null);
        return test;
    }
}
