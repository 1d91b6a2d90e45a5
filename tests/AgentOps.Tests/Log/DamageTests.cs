using AgentOps.Log;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Log;

/// <summary>Bits that flip in a segment: the frame that was hit is lost and counted, and nothing else.</summary>
public sealed class DamageTests
{
    [Fact]
    public void Any_bit_of_a_frame_header_costs_that_frame_alone()
    {
        SampleSegment sample = SampleSegment.Make();
        foreach (Frame frame in sample.Frames)
        {
            for (int bit = 0; bit < 64; bit++)
                AssertOnlyLost(sample, frame, (SampleSegment.OffsetOf(frame) * 8) + bit);
        }
    }

    [Fact]
    public void Any_bit_behind_a_frame_header_costs_that_frame_alone()
    {
        SampleSegment sample = SampleSegment.Make();
        TestSeed.Rounds(10_000, random =>
        {
            Frame frame = sample.Frames[random.Next(sample.Frames.Count)];
            AssertOnlyLost(sample, frame, random.Next((SampleSegment.OffsetOf(frame) + 8) * 8, SampleSegment.EndOf(frame) * 8));
        });
    }

    [Fact]
    public void No_bit_of_a_chunk_header_costs_a_frame()
    {
        SampleSegment sample = SampleSegment.Make();
        Assert.True(sample.Chunks.Count() >= 5);
        foreach (int chunk in sample.Chunks)
        {
            for (int bit = 0; bit < 64 * 8; bit++)
            {
                byte[] damaged = Flip(sample, (chunk * 8) + bit);

                LogFrames read = sample.ReadDamaged(damaged);

                if (read.All.Count != sample.Frames.Count || read.Damaged > 1)
                    Assert.Fail($"Bit {bit} of the chunk at {chunk}: {sample.Frames.Count - read.All.Count} frames lost, {read.Damaged} damages.");
            }
        }
    }

    [Fact]
    public void A_chunk_header_that_is_garbage_costs_no_frame()
    {
        SampleSegment sample = SampleSegment.Make();
        foreach (int chunk in sample.Chunks)
        {
            byte[] damaged = [.. sample.Bytes];
            damaged.AsSpan(chunk, 64).Fill(0xA5);

            LogFrames read = sample.ReadDamaged(damaged);

            Assert.Equal(sample.Frames.Count, read.All.Count);
            Assert.InRange(read.Damaged, 1, 2);
        }
    }

    [Fact]
    public void A_bit_of_the_segment_header_is_named_as_damage()
    {
        SampleSegment sample = SampleSegment.MakeSmall();
        for (int bit = 8 * 8; bit < 124 * 8; bit++)
        {
            var error = Assert.Throws<InvalidDataException>(() => LogFrames.Of(Flip(sample, bit)));
            Assert.Matches("'array' has log format|The header of 'array' is damaged", error.Message);
        }
    }

    [Fact]
    public void Frames_of_one_size_do_not_hide_behind_a_damaged_length()
    {
        using var log = new TestLog();
        var thread = new LogThread(log.Writer);
        for (int i = 0; i < 40; i++)
            thread.Write(1, i, "eight words in all, this");
        byte[] bytes = File.ReadAllBytes(log.Segments[0]);
        Frame[] frames = [.. log.Read().Manual];
        Assert.All(frames, static frame => Assert.Equal(64, frame.Bytes.Length));
        // 8 words become 24: the end of the frame after the next.
        bytes[(int)frames[3].Position] ^= 16;

        LogFrames read = LogFrames.Of(bytes);

        Assert.Equal(39, read.Manual.Count());
        Assert.Equal(1, read.Damaged);
    }

    private static void AssertOnlyLost(SampleSegment sample, Frame frame, int bit)
    {
        LogFrames read = sample.ReadDamaged(Flip(sample, bit));

        bool isRest = sample.Frames.Where(f => f.Position != frame.Position).Select(static f => f.Position)
            .SequenceEqual(read.All.Select(static f => f.Position));
        if (!isRest || read.Damaged != 1)
        {
            int at = bit - (SampleSegment.OffsetOf(frame) * 8);
            Assert.Fail($"Bit {at} of the frame at {frame.Position}: {sample.Frames.Count - read.All.Count} frames lost, {read.Damaged} counted.");
        }
    }

    private static byte[] Flip(SampleSegment sample, int bit)
    {
        byte[] damaged = [.. sample.Bytes];
        damaged[bit / 8] ^= (byte)(1 << (bit % 8));
        return damaged;
    }
}
