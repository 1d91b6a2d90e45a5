using AgentOps.Events;
using AgentOps.Server.Filters;
using AgentOps.Server.Store;
using AgentOps.Server.Store.Sqlite;
using AgentOps.Server.Tests.Support;
using static AgentOps.Server.Tests.Support.Events;

namespace AgentOps.Server.Tests.Store;

/// <summary>What the filter language finds among four sessions.</summary>
public sealed class FilterTests : IAsyncLifetime
{
    private static readonly Scope s_day = new(null, Morning.AddHours(-9), Morning.AddHours(15));

    private readonly TemporaryFolder _folder = new();
    private SqliteEventStore? _store;

    public async ValueTask InitializeAsync()
    {
        _store = SqliteEventStore.Open(_folder.Combine("agentops.db"));
        Guid refund = Guid.CreateVersion7(), order = Guid.CreateVersion7(), import = Guid.CreateVersion7(), open = Guid.CreateVersion7();
        ToolEvent pay = Tool(refund, "pay", 1, 4);
        await _store.AppendAsync(new EventBatch("shop", [
            Start(refund, 0, "refund", "prod", "eu-west"), pay with { Status = EventStatus.Error }, Error(refund, "System.TimeoutException", "no answer from the bank", 4, pay.Id),
            Llm(refund, "gpt-5", 5, 6, 10, 10) with { ReportedCost = 0.75m }, End(refund, 20, EndState.Fail),
            Start(order, 30, "order 100%", "prod"), Llm(order, "gpt-5-mini", 31, 33, 500, 50) with { ReportedCost = 0.01m, Agent = new AgentIdentity(Guid.NewGuid(), "OrderAgent") }, End(order, 34),
            Start(import, 60, "import", "batch") with { Metrics = new Dictionary<string, MetricValue> { ["channel"] = "mail", ["rows"] = 40 } }, Action(import, "load", 61, 62), End(import, 63),
            Start(open, 90, "chat"), UnderWay(Tool(open, "search", 91, 92)),
        ]));
        await _store.RollUpAsync();
    }

    [Theory]
    [InlineData("", "chat import order 100% refund")]
    [InlineData("state:fail", "refund")]
    [InlineData("-state:fail", "chat import order 100%")]
    [InlineData("tag:prod -tag:eu-west", "order 100%")]
    [InlineData("tag:PROD", "order 100% refund")]
    [InlineData("tag:eu*", "refund")]
    [InlineData("agent:OrderAgent", "order 100%")]
    [InlineData("model:gpt-5", "refund")]
    [InlineData("model:gpt-5*", "order 100% refund")]
    [InlineData("name:order*", "order 100%")]
    [InlineData("name:*100%", "order 100%")]
    [InlineData("name:%", "")]
    [InlineData("cost:>0.10", "refund")]
    [InlineData("cost:<=$0.01", "chat import order 100%")]
    [InlineData("-has:cost", "chat import")]
    [InlineData("has:error", "refund")]
    [InlineData("tokens:>=550 tokens:<1k", "order 100%")]
    [InlineData("duration:>10s", "refund")]
    [InlineData("type:action", "import")]
    [InlineData("tool:pay status:error", "refund")]
    [InlineData("status:open", "chat")]
    [InlineData("latency:>2.5s", "refund")]
    [InlineData("error:TimeoutException", "refund")]
    [InlineData("message:\"no answer\"", "refund")]
    [InlineData("metric.channel:mail", "import")]
    [InlineData("metric.rows:>39", "import")]
    [InlineData("metric.rows:>40", "")]
    [InlineData("(tag:batch OR state:live) -name:chat", "import")]
    [InlineData("tag:batch OR state:live AND name:chat", "chat import")]
    [InlineData("NOT (tag:prod OR tag:batch)", "chat")]
    [InlineData("ord", "order 100%")]
    [InlineData("name:\"x' OR 1=1 --\"", "")]
    public async Task A_filter_finds(string filter, string names)
    {
        SessionPage page = await _store!.FindSessionsAsync(new SessionQuery(s_day) { Filter = FilterParser.Parse(filter) });

        Assert.Equal(names, string.Join(' ', page.Rows.Select(static row => row.Name).Order(StringComparer.Ordinal)));
        Assert.Equal(page.Rows.Count, page.Matching);
        Assert.Equal(4, page.InScope);
    }

    [Theory]
    [InlineData("tool:pay", 1)]
    [InlineData("type:tool", 1)]
    [InlineData("type:llm", 0)]
    [InlineData("status:error tag:prod", 1)]
    [InlineData("bank", 1)]
    [InlineData("latency:>2s", 1)]
    [InlineData("latency:>4s", 0)]
    public async Task A_filter_finds_errors(string filter, int groups) =>
        Assert.Equal(groups, (await _store!.ReadErrorGroupsAsync(s_day, TimeSpan.FromHours(1), s_day.From, FilterParser.Parse(filter))).Count);

    [Fact]
    public async Task Pages_follow_one_another_in_the_order_asked_for()
    {
        var query = new SessionQuery(s_day) { Sort = SessionSort.Cost, Take = 1 };

        SessionPage first = await _store!.FindSessionsAsync(query);
        SessionPage second = await _store!.FindSessionsAsync(query with { Skip = 1 });

        Assert.Equal(("refund", "order 100%"), (first.Rows[0].Name, second.Rows[0].Name));
        Assert.Equal((4, 760_000_000L), (first.Matching, first.CostNano));
    }

    [Fact]
    public async Task Facets_count_the_sessions_that_have_a_value()
    {
        IReadOnlyList<FacetValue> facets = await _store!.ReadFacetsAsync(s_day);

        Assert.Contains(new FacetValue(FacetKind.Tag, "", "prod", 2), facets);
        Assert.Contains(new FacetValue(FacetKind.State, "", "live", 1), facets);
        Assert.Contains(new FacetValue(FacetKind.Metric, "channel", "mail", 1), facets);
        Assert.DoesNotContain(facets, static facet => facet.Group == "rows");
    }

    public async ValueTask DisposeAsync()
    {
        await _store!.DisposeAsync();
        _folder.Dispose();
    }
}
