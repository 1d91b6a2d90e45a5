using AgentOps.Log;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Log;

/// <summary>Segments that end early, or whose end never reached the disk: what was committed before is read.</summary>
public sealed class TruncationTests
{
    [Fact]
    public void A_segment_cut_at_any_byte_gives_what_was_committed_before() => CutEverywhere(SampleSegment.MakeSmall(), step: 1);

    [Fact]
    public void A_segment_of_many_chunks_cut_at_any_word_gives_what_was_committed_before() => CutEverywhere(SampleSegment.Make(), step: 8);

    [Fact]
    public void A_segment_zeroed_from_any_word_on_gives_what_was_committed_before()
    {
        SampleSegment sample = SampleSegment.Make();
        byte[] damaged = [.. sample.Bytes];
        for (int from = damaged.Length - 8; from >= 0; from -= 8)
        {
            damaged.AsSpan(from, 8).Clear();
            long[] expected = from < LogFormat.SegmentHeaderBytes ? [] : sample.WholeIn(damaged);
            // With a part of its header a segment says that it is damaged; without any it is none.
            if (from is > 0 and < LogFormat.SegmentHeaderBytes - 4)
                Assert.Throws<InvalidDataException>(() => LogFrames.Of(damaged));
            else
                AssertPositions(expected, sample.ReadDamaged(damaged), $"zeros from {from}");
        }
    }

    [Fact]
    public void A_cut_log_is_read_by_the_reader_of_events()
    {
        SampleSegment sample = SampleSegment.MakeSmall();
        using var folder = new TemporaryFolder();
        for (int length = 0; length < 1024; length++)
        {
            folder.Write("log/000000.seg", sample.Bytes[..length]);

            AgentOps.Events.EventLogReader.Open(folder.Path).ReadEvents();
        }
    }

    [Fact]
    public void A_segment_whose_writer_died_before_it_committed_the_header_is_empty()
    {
        SampleSegment sample = SampleSegment.MakeSmall();
        byte[] unfinished = [.. sample.Bytes];
        unfinished.AsSpan(0, sizeof(ulong)).Clear();
        unfinished.AsSpan(LogFormat.SegmentHeaderBytes).Clear();

        Assert.Empty(LogFrames.Of(unfinished).All);
    }

    private static void CutEverywhere(SampleSegment sample, int step)
    {
        for (int length = 0; length < sample.Bytes.Length; length += step)
        {
            byte[] cut = sample.Bytes[..length];
            long[] expected = length < LogFormat.SegmentHeaderBytes ? [] : sample.WholeIn(cut);
            AssertPositions(expected, sample.ReadDamaged(cut), $"cut at {length}");
        }
    }

    private static void AssertPositions(long[] expected, LogFrames read, string damage)
    {
        if (!expected.SequenceEqual(read.All.Select(static frame => frame.Position)))
            Assert.Fail($"{damage}: {read.All.Count} frames were read, {expected.Length} are whole.");
        Assert.True(read.Damaged <= 1, $"{damage}: {read.Damaged} damages were counted.");
    }
}
