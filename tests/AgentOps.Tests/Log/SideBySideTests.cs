using System.Reflection;
using System.Runtime.Loader;
using AgentOps.Events;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Log;

/// <summary>Many sessions in a process, many processes in a folder, many runtimes in a process.</summary>
public sealed class SideBySideTests
{
    [Fact]
    public async Task Ten_thousand_sessions_over_the_thread_pool_lose_nothing()
    {
        const int Sessions = 10_000;
        const int Events = 100;
        using var folder = new TemporaryFolder();

        string[] lines = await AgentProcess.RunAsync(folder.Path, "many-sessions", $"{Sessions}", $"{Events}");

        Assert.Equal(["0"], lines);
        var reader = EventLogReader.Open(folder.Path);
        var names = new Dictionary<Guid, string>();
        var steps = new Dictionary<Guid, HashSet<long>>();
        foreach (AgentEvent e in reader.ReadEvents())
        {
            if (e is SessionStartEvent { Name: { } name })
                names.Add(e.SessionId, name);
            if (e is not ToolEvent tool)
                continue;
            Assert.Equal(EventStatus.Ok, tool.Status);
            if (!steps.TryGetValue(tool.SessionId, out HashSet<long>? seen))
                steps.Add(tool.SessionId, seen = []);
            Assert.True(seen.Add(tool.Params[1].Value.AsInt64()!.Value), "A step was read twice.");
            Assert.Equal(names[tool.SessionId], $"{tool.Params[0].Value.AsInt64()}");
        }
        Assert.Equal(0, reader.DamagedFrames);
        Assert.Equal(Sessions, names.Count);
        Assert.All(names.Keys, id => Assert.Equal(Events, steps[id].Count));
    }

    [Fact]
    public async Task Processes_in_one_folder_each_write_a_log_of_their_own()
    {
        using var folder = new TemporaryFolder();

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => AgentProcess.RunAsync(folder.Path, "many-sessions", "50", "10")));

        var reader = EventLogReader.Open(folder.Path);
        Assert.Equal(3, reader.ReadLogs().Count);
        Assert.Equal(3 * 50 * 10, reader.ReadEvents().OfType<ToolEvent>().DistinctBy(static e => e.Id).Count());
    }

    [Fact]
    public async Task Two_copies_of_the_runtime_in_one_process_record_at_once()
    {
        const int Events = 5_000;
        using var folder = new TemporaryFolder();
        var contexts = Enumerable.Range(0, 2).Select(i => new AssemblyLoadContext($"copy {i}", isCollectible: false)).ToArray();

        await Task.WhenAll(contexts.Select(context => Task.Run(() => Record(context, folder.Path, Events))));

        var reader = EventLogReader.Open(folder.Path);
        Assert.Equal(2, reader.ReadLogs().Count);
        Assert.Equal(0, reader.DamagedFrames);
        Assert.Equal(
            contexts.Select(static context => (context.Name, Events)).Order(),
            reader.ReadEvents().OfType<ActionEvent>().GroupBy(static e => e.ActionType).Select(static g => ((string?)g.Key, g.Count())).Order());
    }

    private static void Record(AssemblyLoadContext context, string folder, int events)
    {
        Assembly copy = context.LoadFromAssemblyPath(typeof(Session).Assembly.Location);
        Assert.NotSame(typeof(Session).Assembly, copy);
        Type sessionType = copy.GetType("AgentOps.Session")!;
        object options = Activator.CreateInstance(copy.GetType("AgentOps.RecorderOptions")!)!;
        options.GetType().GetProperty("Directory")!.SetValue(options, folder);
        copy.GetType("AgentOps.Recorder")!.GetMethod("Configure")!.Invoke(null, [options]);
        object session = sessionType.GetMethod("Start")!.Invoke(null, [null])!;
        Type recordType = copy.GetType("AgentOps.ActionRecord")!;
        MethodInfo record = sessionType.GetMethod("RecordAction")!;
        object action = Activator.CreateInstance(recordType, context.Name)!;
        for (int i = 0; i < events; i++)
            record.Invoke(session, [action]);
        ((IDisposable)session).Dispose();
    }
}
