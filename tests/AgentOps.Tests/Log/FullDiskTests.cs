using AgentOps.Log;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Log;

/// <summary>Disks that are really full, and then are not any more.</summary>
public sealed class FullDiskTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void A_full_memory_disk_of_4_MiB_costs_counted_events_until_there_is_room()
    {
        using var disk = MountedFolder.Memory(4);
        FillAndFree(disk, ballastBytes: 2 << 20);
    }

    [Fact]
    public void A_full_disk_of_64_MiB_costs_counted_events_until_there_is_room()
    {
        using var images = new TemporaryFolder();
        using var disk = MountedFolder.Loop(images, 64);
        FillAndFree(disk, ballastBytes: 30 << 20);
    }

    [Fact]
    public void On_a_disk_that_is_full_from_the_start_recording_goes_to_memory()
    {
        using var disk = MountedFolder.Memory(4);
        WriteBallast(disk.Combine("ballast"), 4 << 20);

        using var log = EventLogWriter.Open(Options(disk));

        Assert.Equal(SegmentStorage.Memory, log.Storage);
        Assert.Contains("Recording goes to memory", log.Problem, StringComparison.Ordinal);
        Assert.NotEqual(0, new LogThread(log).Write(1, 1, "remembered"));
    }

    private static EventLogOptions Options(MountedFolder disk) => new()
    {
        Root = disk.Combine("logs"),
        Application = "test",
        Tick = TimeSpan.FromMilliseconds(5),
    };

    private static void FillAndFree(MountedFolder disk, int ballastBytes)
    {
        string ballast = disk.Combine("ballast");
        WriteBallast(ballast, ballastBytes);
        using var log = EventLogWriter.Open(Options(disk));
        var thread = new LogThread(log);
        string text = new('x', 4000);
        int number = 0;
        int recorded = 0;
        int lost = 0;

        while (lost < 500 || log.Problem is null)
        {
            if (thread.Write(1, number++, text) != 0)
                recorded++;
            else
                lost++;
        }

        Assert.Equal(lost, log.Losses[LossReason.NoSegmentReady]);
        Assert.Contains("cannot be created", log.Problem, StringComparison.Ordinal);
        Assert.Contains("free some space", log.Problem, StringComparison.Ordinal);
        Assert.Equal(recorded, LogFrames.Below(disk.Path).Manual.Count());

        File.Delete(ballast);
        Assert.True(SpinWait.SpinUntil(() => thread.Write(1, number, text) != 0, s_patience), $"Recording did not resume: {log.Problem}");
        recorded++;
        Assert.True(SpinWait.SpinUntil(() => log.HasSpare, s_patience));

        Assert.Null(log.Problem);
        log.Dispose();
        LogFrames frames = LogFrames.Below(disk.Path);
        Assert.Equal(recorded, frames.Manual.Count());
        Assert.Contains(frames.All, static frame => frame.Type == FrameType.Loss);
    }

    private static void WriteBallast(string path, int bytes)
    {
        using FileStream file = File.Create(path);
        try
        {
            file.Write(new byte[bytes]);
        }
        catch (IOException)
        {
            // As much as there is room for.
        }
    }
}
