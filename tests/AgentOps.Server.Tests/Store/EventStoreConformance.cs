using AgentOps.Events;
using AgentOps.Server.Store;
using AgentOps.Server.Tests.Support;
using static AgentOps.Server.Tests.Support.Events;

namespace AgentOps.Server.Tests.Store;

/// <summary>What every store must do. A store's tests derive from it and say how one is opened.</summary>
public abstract class EventStoreConformance
{
    private static readonly Scope s_day = new(null, Morning.AddHours(-9), Morning.AddHours(15));
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    /// <summary>Opens the store in a folder, empty at first and as it was left later.</summary>
    protected abstract IEventStore Open(string folder);

    [Fact]
    public async Task Events_are_read_back_with_their_facts()
    {
        using var folder = new TemporaryFolder();
        await using IEventStore store = Open(folder.Path);
        LlmEvent call = Llm(OneSession, "gpt-5", 1, 3.5, 1200, 80) with
        {
            Site = new CallSite("App", "AskAsync", "Agent.cs", 12), Agent = new AgentIdentity(Guid.NewGuid(), "planner"), TimeToFirstToken = TimeSpan.FromMilliseconds(400), ChunkCount = 9, FinishReason = "stop",
            Usage = new TokenUsage(1200, 80, 1000, 20) { CacheWriteTokens = 5 }, ReportedCost = 0.25m, RequestModel = "gpt-5-latest", ServiceTier = "flex",
        };
        await Fill(store, Start(OneSession), call, End(OneSession, 4));

        StoredSession session = (await store.ReadSessionAsync(OneSession))!;

        AgentEvent read = session.Events[1].Event;
        Assert.Equal(call with { Params = read.Params, ToolCalls = ((LlmEvent)read).ToolCalls, RawUsage = ((LlmEvent)read).RawUsage }, read);
    }

    [Fact]
    public async Task The_same_batch_twice_is_one_set_of_events_and_sums()
    {
        using var folder = new TemporaryFolder();
        await using IEventStore store = Open(folder.Path);
        var batch = new EventBatch("app", [Start(OneSession), Llm(OneSession, "gpt-5", 1, 2, 1000, 100), Tool(OneSession, "search", 2, 3), End(OneSession, 4)]);

        AppendResult first = await store.AppendAsync(batch);
        await store.RollUpAsync();
        AppendResult second = await store.AppendAsync(batch);
        await store.RollUpAsync();

        Assert.Equal(new AppendResult(4, 0, 0), first);
        Assert.Equal(new AppendResult(0, 0, 4), second);
        Measures llm = await Sum(store, RecordKind.Llm);
        Assert.Equal((1, 1000, 100), (llm.Events, llm.Input, llm.Output));
        Assert.Equal(1, (await Sum(store, RecordKind.Tool)).Events);
    }

    [Fact]
    public async Task A_call_under_way_is_completed_by_its_end_and_not_reopened()
    {
        using var folder = new TemporaryFolder();
        await using IEventStore store = Open(folder.Path);
        ToolEvent call = Tool(OneSession, "search", 58, 65);
        await Fill(store, Start(OneSession), UnderWay(call));
        Assert.Equal(1, (await store.ReadSessionAsync(OneSession))!.Session.Incomplete);

        await Fill(store, call);
        await Fill(store, UnderWay(call));

        Measures tool = await Sum(store, RecordKind.Tool);
        Assert.Equal((1, 1, 0), (tool.Events, tool.Ended, tool.Incomplete));
        Assert.Equal(TimeSpan.FromSeconds(7), tool.Durations.Max);
        Assert.Equal(0, (await store.ReadSessionAsync(OneSession))!.Session.Incomplete);
    }

    [Fact]
    public async Task A_call_whose_start_moved_to_another_minute_counts_in_that_minute_only()
    {
        using var folder = new TemporaryFolder();
        await using IEventStore store = Open(folder.Path);
        ToolEvent call = Tool(OneSession, "search", 59.999, 65);
        await Fill(store, Start(OneSession), UnderWay(call));
        await Fill(store, call with { Start = Morning.AddSeconds(60.001) });

        IReadOnlyList<RollUpRow> rows = await store.ReadRollUpsAsync(s_day with { From = Morning, To = Morning.AddMinutes(5) }, TimeSpan.FromMinutes(1), withHistograms: false);

        Assert.Equal([(1, 1L)], rows.Where(static row => row.Key.Kind == RecordKind.Tool).Select(static row => (row.Bucket, row.Measures.Events)));
    }

    [Fact]
    public async Task A_place_is_kept_with_the_batch_that_came_with_it()
    {
        using var folder = new TemporaryFolder();
        await using IEventStore store = Open(folder.Path);
        Assert.Null(await store.ReadPlaceAsync("log"));

        await store.AppendAsync(new EventBatch("app", [Start(OneSession)]) { Source = "log", Place = [1, 2, 3] });

        Assert.Equal([1, 2, 3], (await store.ReadPlaceAsync("log"))!);
    }

    [Fact]
    public async Task What_was_stored_is_there_when_the_store_is_opened_again()
    {
        using var folder = new TemporaryFolder();
        await using (IEventStore store = Open(folder.Path))
            await store.AppendAsync(new EventBatch("app", [Start(OneSession), Tool(OneSession, "search", 1, 2), End(OneSession, 3)]) { Source = "log", Place = [7] });

        await using IEventStore again = Open(folder.Path);
        await again.RollUpAsync();

        Assert.Equal([7], (await again.ReadPlaceAsync("log"))!);
        Assert.Equal(3, (await again.ReadSessionAsync(OneSession))!.Events.Count);
        Assert.Equal(1, (await Sum(again, RecordKind.Tool)).Events);
    }

    [Fact]
    public async Task Usage_counts_at_the_innermost_call_that_says_it()
    {
        using var folder = new TemporaryFolder();
        await using IEventStore store = Open(folder.Path);
        LlmEvent outer = Llm(OneSession, "gpt-5", 1, 9, 3000, 300);
        ToolEvent tool = Tool(OneSession, "search", 2, 8, outer.Id);
        await Fill(store, Start(OneSession), outer, tool, Llm(OneSession, "gpt-5", 3, 4, 1000, 100, tool.Id), Llm(OneSession, "gpt-5", 5, 6, 2000, 200, outer.Id), End(OneSession, 10));

        StoredSession session = (await store.ReadSessionAsync(OneSession))!;

        Assert.Equal((3000L, 300L, 2), (session.Session.InputTokens, session.Session.OutputTokens, session.Session.CountedCalls));
        Assert.Equal([Counting.Aggregate, Counting.Counted, Counting.Counted], session.Events.Where(static e => e.Kind == RecordKind.Llm).Select(static e => e.Counting));
        Assert.Equal(3000, (await Sum(store, RecordKind.Llm)).Input);
    }

    [Fact]
    public async Task A_call_inside_another_that_comes_later_takes_over_what_was_counted()
    {
        using var folder = new TemporaryFolder();
        await using IEventStore store = Open(folder.Path);
        LlmEvent outer = Llm(OneSession, "gpt-5", 1, 9, 3000, 300);
        await Fill(store, Start(OneSession), outer);
        await Fill(store, Llm(OneSession, "gpt-5", 70, 71, 1000, 100, outer.Id));

        Measures llm = await Sum(store, RecordKind.Llm);

        Assert.Equal((1000, 100, 1), (llm.Input, llm.Output, llm.Counted));
    }

    [Fact]
    public async Task An_unknown_cost_is_counted_beside_the_sum()
    {
        using var folder = new TemporaryFolder();
        await using IEventStore store = Open(folder.Path);
        await Fill(store, Start(OneSession), Llm(OneSession, "house-model", 1, 2, 900, 90), Llm(OneSession, "gpt-5", 3, 4, null, null), Llm(OneSession, "gpt-5", 5, 6, 10, 10) with { ReportedCost = 0.5m });

        SessionRow row = (await store.ReadSessionAsync(OneSession))!.Session;
        Measures llm = await Sum(store, RecordKind.Llm);

        Assert.Equal((500_000_000L, 2), (row.CostNano, row.UnpricedCalls));
        Assert.Equal((500_000_000L, 1, 1), (llm.CostNano, llm.UnpricedModel, llm.UnpricedUsage));
    }

    [Fact]
    public async Task Sessions_stand_as_their_events_say()
    {
        using var folder = new TemporaryFolder();
        await using IEventStore store = Open(folder.Path);
        Guid[] ids = [.. Enumerable.Range(0, 5).Select(static _ => Guid.CreateVersion7())];
        await Fill(
            store,
            Start(ids[0]), Start(ids[1]), End(ids[1], 12.5), Start(ids[2]), End(ids[2], 1, EndState.Fail, "no answer"), Start(ids[3]), End(ids[3], 1, EndState.Indeterminate),
            Start(ids[4]), End(ids[4], 2, EndState.Indeterminate) with { IsCrash = true });

        SessionPage page = await store.FindSessionsAsync(new SessionQuery(s_day));

        var states = page.Rows.ToDictionary(static row => row.Id);
        Assert.Equal([SessionState.Live, SessionState.Success, SessionState.Fail, SessionState.Indeterminate, SessionState.Interrupted], ids.Select(id => states[id].State));
        Assert.Equal(TimeSpan.FromSeconds(12.5), states[ids[1]].DurationAt(Morning.AddHours(3)));
        Assert.Equal("no answer", states[ids[2]].Reason);
        Assert.Equal([ids[0]], (await store.ReadLiveSessionsAsync(null, 10)).Select(static row => row.Id));
        SessionBucket bucket = Assert.Single(await store.ReadSessionBucketsAsync(s_day, s_hour));
        Assert.Equal((9, 5, 1, 1, 2), (bucket.Bucket, bucket.Started, bucket.Succeeded, bucket.Failed, bucket.Undecided));
    }

    [Fact]
    public async Task A_log_record_is_read_back_and_counts_as_no_event()
    {
        using var folder = new TemporaryFolder();
        await using IEventStore store = Open(folder.Path);
        var log = new LogEvent { Id = Guid.NewGuid(), SessionId = OneSession, Start = Morning.AddSeconds(1), Category = "Shop.Orders", Severity = LogSeverity.Warning, Message = "retry 1 of 3", ExceptionType = "System.TimeoutException" };
        await Fill(store, Start(OneSession), log, End(OneSession, 2));

        StoredSession session = (await store.ReadSessionAsync(OneSession))!;

        var read = Assert.IsType<LogEvent>(session.Events[1].Event);
        Assert.Equal((log.Category, log.Severity, log.Message, log.ExceptionType), (read.Category, read.Severity, read.Message, read.ExceptionType));
        Assert.Equal(0, session.Session.Events);
        Assert.Empty(await store.ReadRollUpsAsync(s_day, s_hour, withHistograms: false));
    }

    [Fact]
    public async Task Errors_of_one_kind_are_one_group()
    {
        using var folder = new TemporaryFolder();
        await using IEventStore store = Open(folder.Path);
        ToolEvent tool = Tool(OneSession, "pay", 1, 2);
        await Fill(
            store,
            Start(OneSession), tool, Error(OneSession, "System.TimeoutException", "No answer from 'bank' in 5000 ms", 2, tool.Id), Error(OneSession, "System.TimeoutException", "No answer from 'post' in 250 ms", 3, tool.Id),
            Error(OneSession, "System.FormatException", "Not a date", 3700));

        IReadOnlyList<ErrorGroup> groups = await store.ReadErrorGroupsAsync(s_day, s_hour, s_day.From.AddDays(-1), null);

        Assert.Equal(["No answer from ⟨text⟩ in ⟨n⟩ ms", "Not a date"], groups.Select(static group => group.Message));
        Assert.Equal((2, 1, "pay", RecordKind.Tool), (groups[0].Events, groups[0].Sessions, groups[0].Trigger, groups[0].TriggerKind));
        Assert.Equal((9, 10), (groups[0].Trend.ToList().IndexOf(2), groups[1].Trend.ToList().IndexOf(1)));
        Assert.Equal(Morning.AddSeconds(2), groups[0].FirstSeen);
        Assert.Equal(1, await store.CountSessionsWithErrorsAsync(s_day));
    }

    [Fact]
    public async Task An_erased_session_is_gone_from_all_and_does_not_come_back()
    {
        using var folder = new TemporaryFolder();
        await using IEventStore store = Open(folder.Path);
        var batch = new EventBatch("app", [Start(OneSession, tags: "demo"), Tool(OneSession, "pay", 1, 2), Error(OneSession, "E", "message", 2)]);
        await store.AppendAsync(batch);
        await store.RollUpAsync();

        Assert.True(await store.EraseSessionAsync(OneSession));
        await store.AppendAsync(batch);
        await store.RollUpAsync();

        Assert.Null(await store.ReadSessionAsync(OneSession));
        Assert.Empty(await store.ReadRollUpsAsync(s_day, s_hour, withHistograms: true));
        Assert.Empty(await store.ReadFacetsAsync(s_day));
        Assert.Empty(await store.ReadErrorGroupsAsync(s_day, s_hour, s_day.From, null));
        Assert.False(await store.EraseSessionAsync(OneSession));
    }

    [Fact]
    public async Task Retention_removes_what_has_ended_before_and_keeps_the_rest()
    {
        using var folder = new TemporaryFolder();
        await using IEventStore store = Open(folder.Path);
        Guid old = Guid.CreateVersion7(), open = Guid.CreateVersion7(), later = Guid.CreateVersion7();
        await Fill(store, Start(old), End(old, 10), Start(open), Start(later, 7200), End(later, 7300));

        int removed = await store.RetainAsync(Morning.AddHours(1));

        Assert.Equal(1, removed);
        Assert.Equal([later, open], (await store.FindSessionsAsync(new SessionQuery(s_day))).Rows.Select(static row => row.Id));
    }

    [Fact]
    public async Task A_backup_is_a_store_with_the_same_content()
    {
        using var folder = new TemporaryFolder();
        using var other = new TemporaryFolder();
        await using IEventStore store = Open(folder.Path);
        await Fill(store, Start(OneSession), Tool(OneSession, "pay", 1, 2));

        await store.BackUpAsync(BackupPath(other.Path));

        await using IEventStore copy = Open(other.Path);
        Assert.Equal(2, (await copy.ReadSessionAsync(OneSession))!.Events.Count);
        await Assert.ThrowsAsync<IOException>(() => store.BackUpAsync(BackupPath(other.Path)));
    }

    /// <summary>The file that <see cref="Open"/> opens in a folder.</summary>
    protected abstract string BackupPath(string folder);

    private static async Task Fill(IEventStore store, params AgentEvent[] events)
    {
        await store.AppendAsync(new EventBatch("app", events));
        await store.RollUpAsync();
    }

    private static async Task<Measures> Sum(IEventStore store, RecordKind kind)
    {
        var sum = new Measures();
        foreach (RollUpRow row in await store.ReadRollUpsAsync(s_day, s_hour, withHistograms: true))
        {
            if (row.Key.Kind == kind)
                sum.Add(row.Measures);
        }
        return sum;
    }
}
