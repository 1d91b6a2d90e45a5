using AgentOps.Events;

namespace AgentOps.Tests.Sessions;

public sealed class ParallelSessionTests
{
    [Fact]
    public async Task Of_a_thousand_sessions_at_once_each_gets_its_own_events_and_none_is_lost()
    {
        const int Sessions = 1000;
        const int Steps = 6;
        var allStarted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int started = 0;

        (Session Session, Guid[] Ids)[] runs = await Task.WhenAll(Enumerable.Range(0, Sessions).Select(async number =>
        {
            await using var session = Session.Start(new SessionOptions { Name = $"session {number}" });
            if (Interlocked.Increment(ref started) == Sessions)
                allStarted.SetResult();
            await allStarted.Task;
            var ids = new Guid[Steps];
            for (int step = 0; step < Steps; step++)
            {
                await Task.Yield();
                ids[step] = Session.Current!.RecordTool(new ToolRecord($"{number}/{step}"));
            }
            session.End(EndState.Success);
            return (session, ids);
        }));

        ILookup<Guid, AgentEvent> events = EventLogReader.Open(TestLogs.Root).ReadEvents().ToLookup(static e => e.SessionId);
        for (int number = 0; number < Sessions; number++)
        {
            (Session session, Guid[] ids) = runs[number];
            AgentEvent[] own = [.. events[session.Id]];
            ToolEvent[] tools = [.. own.OfType<ToolEvent>()];
            Assert.Equal($"session {number}", Assert.Single(own.OfType<SessionStartEvent>()).Name);
            Assert.Equal(Enumerable.Range(0, Steps).Select(step => $"{number}/{step}"), tools.Select(static t => t.Name).Order());
            Assert.Equal(ids.Order(), tools.Select(static t => t.Id).Order());
            Assert.Equal(EndState.Success, Assert.Single(own.OfType<SessionEndEvent>()).EndState);
        }
    }

    [Fact]
    public void Events_that_many_threads_record_to_one_session_are_all_there_under_their_ids()
    {
        using var session = Session.Start();
        var ids = new System.Collections.Concurrent.ConcurrentBag<Guid>();

        Thread[] threads = [.. Enumerable.Range(0, 8).Select(thread => new Thread(() =>
        {
            for (int i = 0; i < 200; i++)
                ids.Add(session.RecordAction(new ActionRecord($"{thread}/{i}")));
        }))];
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());

        ActionEvent[] actions = [.. session.ReadEvents().OfType<ActionEvent>()];
        Assert.Equal(ids.Order(), actions.Select(static a => a.Id).Order());
        Assert.Equal(1600, actions.Select(static a => a.ActionType).Distinct().Count());
    }
}
