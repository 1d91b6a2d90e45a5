using AgentOps.Events;
using AgentOps.Log;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Log;

/// <summary>Directories that may not be written, from the start or from some time on.</summary>
public sealed class UnwritableDirectoryTests
{
    [Fact]
    public void On_a_read_only_mount_recording_goes_to_memory()
    {
        using var folder = new TemporaryFolder();
        using var mounted = MountedFolder.ReadOnly(folder.Path);

        AssertMemory(mounted.Combine("logs"), "cannot be written");
    }

    [Fact]
    public void Below_a_file_recording_goes_to_memory()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("file", []);

        AssertMemory(Path.Combine(file, "logs"), "cannot be written");
    }

    [Fact]
    public void An_application_folder_that_is_a_link_is_refused_and_nothing_is_written_through_it()
    {
        using var folder = new TemporaryFolder();
        string elsewhere = folder.Combine("elsewhere");
        Directory.CreateDirectory(elsewhere);
        Directory.CreateSymbolicLink(folder.Combine("test"), elsewhere);

        AssertMemory(folder.Path, "is a symbolic link");

        Assert.Empty(Directory.EnumerateFileSystemEntries(elsewhere));
    }

    [Fact]
    public void An_application_folder_of_another_user_is_refused_and_nothing_is_written_to_it()
    {
        using var folder = new TemporaryFolder();
        string foreign = Directory.CreateDirectory(folder.Combine("test")).FullName;
        SystemCommand.Run("chown", "54321", foreign);

        AssertMemory(folder.Path, $"'{foreign}' belongs to another user (54321)");

        Assert.Empty(Directory.EnumerateFileSystemEntries(foreign));
    }

    [Fact]
    public void A_root_folder_of_another_user_is_no_reason_to_refuse()
    {
        using var folder = new TemporaryFolder();
        SystemCommand.Run("chown", "54321", folder.Path);

        using var log = Open(folder.Path);

        Assert.Equal(SegmentStorage.Mapped, log.Storage);
    }

    [Fact]
    public void An_application_folder_that_everybody_may_write_to_is_refused()
    {
        using var folder = new TemporaryFolder();
        SystemCommand.Run("chmod", "777", Directory.CreateDirectory(folder.Combine("test")).FullName);

        AssertMemory(folder.Path, "Everybody may write to");

        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Combine("test")));
    }

    [Fact]
    public void A_root_folder_that_is_a_link_is_followed()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Combine("elsewhere"));
        Directory.CreateSymbolicLink(folder.Combine("link"), folder.Combine("elsewhere"));

        using var log = Open(folder.Combine("link"));

        Assert.Equal(SegmentStorage.Mapped, log.Storage);
    }

    [Fact]
    public void A_directory_that_may_not_be_written_any_more_costs_counted_events_until_it_may()
    {
        using var images = new TemporaryFolder();
        using var disk = MountedFolder.Loop(images, 32);
        using var log = Open(disk.Combine("logs"));
        var thread = new LogThread(log);
        string text = new('x', 4000);
        SystemCommand.Run("chattr", "+i", log.DirectoryPath!);
        int lost = 0;
        while (lost < 100 || log.Problem is null)
        {
            if (thread.Write(1, 1, text) == 0)
                lost++;
        }

        Assert.Contains("cannot be created", log.Problem, StringComparison.Ordinal);
        Assert.Equal(lost, log.Losses[LossReason.NoSegmentReady]);

        SystemCommand.Run("chattr", "-i", log.DirectoryPath!);

        Assert.True(SpinWait.SpinUntil(() => thread.Write(1, 1, text) != 0, TimeSpan.FromSeconds(30)), log.Problem);
    }

    [Fact]
    public async Task A_process_that_may_open_no_more_files_loses_counted_events_until_it_may()
    {
        using var folder = new TemporaryFolder();

        string[] lines = await AgentProcess.RunAsync(folder.Path, "run-out-of-files");

        Assert.Contains("Too many open files", lines[0], StringComparison.Ordinal);
        Assert.Contains("cannot be created", lines[0], StringComparison.Ordinal);
        Assert.Equal(lines[2], lines[3]);
        var reader = EventLogReader.Open(folder.Path);
        Assert.Equal(lines[1], $"{reader.ReadEvents().OfType<ActionEvent>().Count()}");
        Assert.Equal(lines[2], $"{reader.Losses["NoSegmentReady"]}");
    }

    private static EventLogWriter Open(string root) =>
        EventLogWriter.Open(new EventLogOptions { Root = root, Application = "test", Tick = TimeSpan.FromMilliseconds(5) });

    private static void AssertMemory(string root, string problem)
    {
        using var log = Open(root);

        Assert.Equal(SegmentStorage.Memory, log.Storage);
        Assert.Null(log.DirectoryPath);
        Assert.Contains(problem, log.Problem, StringComparison.Ordinal);
        Assert.Contains("Give a writable directory in RecorderOptions.Directory", log.Problem, StringComparison.Ordinal);
        Assert.NotEqual(0, new LogThread(log).Write(1, 1, "remembered"));
        Assert.Single(LogFrames.Read(log.OpenMemory()).Manual);
    }
}
