using AgentOps.Events;
using AgentOps.Log;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Log;

/// <summary>A process that forks: the child has its memory and its files, and must leave both alone.</summary>
public sealed class ForkTests
{
    [Theory]
    [InlineData(SegmentStorage.Mapped)]
    [InlineData(SegmentStorage.Written)]
    public async Task A_forked_child_records_nothing_says_so_and_lives(object storage)
    {
        using var folder = new TemporaryFolder();

        string[] lines = await AgentProcess.RunAsync(MakeForkable, folder.Path, "fork", $"{storage}");

        string[] ended = Assert.Single(lines).Split(' ');
        int forks = int.Parse(ended[1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal("0", ended[0]);
        var reader = EventLogReader.Open(folder.Path);
        IReadOnlyList<AgentEvent> events = reader.ReadEvents();
        Assert.Equal(0, reader.DamagedFrames);
        Assert.Empty(reader.Losses);
        Assert.Equal(1 + forks, events.OfType<ActionEvent>().Count(static e => e.ActionType == "split" && e.Status == EventStatus.Ok));
        Assert.Equal(
            [.. Enumerable.Repeat<string[]>(["before", .. Enumerable.Repeat("parent", 10)], 1 + forks).SelectMany(static steps => steps), "after"],
            events.OfType<ToolEvent>().Where(static e => e.Name == "step").Select(static e => e.Params[0].Value.AsText()));
        Assert.DoesNotContain(events, static e => e.DisplayName == "child");
        Assert.Equal(EndState.Success, events.OfType<SessionEndEvent>().OrderBy(static e => e.Start).Last().EndState);
    }

    /// <summary>Takes away what the runtime itself shares with a forked child, or would need its other threads for.</summary>
    private static void MakeForkable(System.Diagnostics.ProcessStartInfo start)
    {
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        start.Environment["DOTNET_TieredCompilation"] = "0";
    }
}
