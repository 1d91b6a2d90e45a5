using AgentOps.Events;
using AgentOps.Log;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Log;

/// <summary>Processes that die while they delete what dead processes left: what is left then is whole, and the next process finishes the work.</summary>
public sealed class TendingDeathTests
{
    private const int Logs = 40;
    private const int SegmentsEach = 10;

    /// <summary>Less than any log takes.</summary>
    private const string MostBytes = "1024";

    [Fact]
    public async Task Logs_that_were_being_deleted_at_a_kill_read_whole_and_go_with_the_next_process()
    {
        SampleSegment sample = SampleSegment.MakeSmall();
        var random = new Random(TestSeed.Value);
        bool wasCutShort = false;
        for (int round = 0; round < LongTests.Times(12, 250); round++)
        {
            using var folder = new TemporaryFolder();
            string when = $"seed {TestSeed.Value}, round {round}";
            for (int log = 0; log < Logs; log++)
                MakeDeadLog(folder, log, sample);
            using (AgentProcess agent = AgentProcess.Start(folder.Path, "tend", "test", MostBytes))
            {
                Assert.Equal("tending", await agent.ReadLineAsync());
                // The kill comes when any of the segments goes.
                string last = Path.Combine(PathOf(folder, random.Next(Logs)), LogFormat.SegmentFileName(random.Next(SegmentsEach)));
                Assert.True(SpinWait.SpinUntil(() => !File.Exists(last), TimeSpan.FromSeconds(30)), $"Nothing was deleted ({when}).");
                await agent.KillAsync();
            }

            int left = AssertWhole(folder, sample, when);

            wasCutShort |= left is > 0 and < Logs * SegmentsEach;
            await AssertDeletedByNextAsync(folder, when);
        }
        Assert.True(wasCutShort, "No process was killed while it deleted.");
    }

    /// <returns>How many segments are left of the logs.</returns>
    private static int AssertWhole(TemporaryFolder folder, SampleSegment sample, string when)
    {
        int left = 0;
        for (int log = 0; log < Logs; log++)
        {
            if (!Directory.Exists(PathOf(folder, log)))
                continue;
            int[] numbers = [.. LogStore.SegmentsIn(PathOf(folder, log)).Select(static path => int.Parse(Path.GetFileNameWithoutExtension(path), System.Globalization.CultureInfo.InvariantCulture))];
            Assert.True(
                numbers.SequenceEqual(Enumerable.Range(SegmentsEach - numbers.Length, numbers.Length)), $"Segments went out of their order ({when}).");
            LogFrames frames = LogFrames.Below(PathOf(folder, log));
            Assert.True(frames.Damaged == 0 && frames.All.Count == numbers.Length * sample.Frames.Count, $"A log was torn ({when}).");
            left += numbers.Length;
        }
        var reader = EventLogReader.Open(folder.Path);
        reader.ReadEvents();
        Assert.True(reader.Problems.Count == 0 && reader.DamagedFrames == 0, $"{string.Join(' ', reader.Problems)} ({when})");
        return left;
    }

    private static async Task AssertDeletedByNextAsync(TemporaryFolder folder, string when)
    {
        // What is left of a deletion that was cut short is an hour old now.
        foreach (DirectoryInfo log in new DirectoryInfo(folder.Combine("test")).EnumerateDirectories())
            log.LastWriteTimeUtc = DateTime.UtcNow.AddHours(-1);
        using AgentProcess next = AgentProcess.Start(folder.Path, "tend", "test", MostBytes);
        bool areGone = SpinWait.SpinUntil(
            () => !Enumerable.Range(0, Logs).Any(log => Directory.Exists(PathOf(folder, log))), TimeSpan.FromSeconds(30));
        await next.KillAsync();
        Assert.True(areGone, $"A log that was to go stays ({when}).");
    }

    private static string PathOf(TemporaryFolder folder, int log) => folder.Combine($"test/20200101T000000{log:D3}Z-1-000000000000001");

    private static void MakeDeadLog(TemporaryFolder folder, int log, SampleSegment sample)
    {
        for (int i = 0; i < SegmentsEach; i++)
            folder.Write(Path.Combine(PathOf(folder, log), LogFormat.SegmentFileName(i)), sample.Bytes);
        folder.Write(Path.Combine(PathOf(folder, log), LogFormat.LockFileName), []);
    }
}
