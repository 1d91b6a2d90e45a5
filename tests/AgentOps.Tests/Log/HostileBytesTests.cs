using System.Buffers.Binary;
using AgentOps.Events;
using AgentOps.Log;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Log;

/// <summary>Bytes that no writer made: they are read to their end, and nothing is made of them.</summary>
public sealed class HostileBytesTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(0x7FFF)]
    [InlineData(0xFFFF)]
    public void A_hostile_length_costs_its_frame_alone(int words)
    {
        SampleSegment sample = SampleSegment.Make();
        foreach (Frame frame in sample.Frames)
        {
            byte[] damaged = [.. sample.Bytes];
            BinaryPrimitives.WriteUInt16LittleEndian(damaged.AsSpan(SampleSegment.OffsetOf(frame)), (ushort)words);
            if (SampleSegment.IsWhole(frame, damaged))
                continue;

            LogFrames read = sample.ReadDamaged(damaged);

            Assert.Equal(sample.Frames.Count - 1, read.All.Count);
            Assert.Equal(1, read.Damaged);
        }
    }

    [Fact]
    public void Lengths_that_end_anywhere_are_not_followed()
    {
        SampleSegment sample = SampleSegment.MakeSmall();
        Frame frame = sample.Frames[3];
        for (int words = 0; words <= 4096; words++)
        {
            byte[] damaged = [.. sample.Bytes];
            BinaryPrimitives.WriteUInt16LittleEndian(damaged.AsSpan(SampleSegment.OffsetOf(frame)), (ushort)words);

            LogFrames read = sample.ReadDamaged(damaged);

            Assert.True(read.All.Count >= sample.Frames.Count - 1, $"{words} words");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    [InlineData(35)]
    public void A_hostile_count_of_units_costs_no_frame(int units)
    {
        SampleSegment sample = SampleSegment.Make();
        foreach (int chunk in sample.Chunks)
        {
            byte[] damaged = [.. sample.Bytes];
            BinaryPrimitives.WriteInt32LittleEndian(damaged.AsSpan(chunk + 20), units);

            Assert.Equal(sample.Frames.Count, sample.ReadDamaged(damaged).All.Count);
        }
    }

    [Fact]
    public void Garbage_behind_a_valid_header_is_read_to_its_end()
    {
        SampleSegment sample = SampleSegment.Make();
        TestSeed.Rounds(LongTests.Times(100, 5_000), random =>
        {
            byte[] damaged = [.. sample.Bytes];
            random.NextBytes(damaged.AsSpan(LogFormat.SegmentHeaderBytes));
            // Half of the words look like headers of long frames, which is what costs most to look at.
            for (int at = LogFormat.SegmentHeaderBytes; at < damaged.Length; at += 16)
                BinaryPrimitives.WriteUInt32LittleEndian(damaged.AsSpan(at), (uint)random.Next(2, 200) | (1 << 16));

            LogFrames read = LogFrames.Of(damaged);

            Assert.Empty(read.All);
            Assert.NotEqual(0, read.Damaged);
        });
    }

    [Fact]
    public void Headers_with_a_right_checksum_and_hostile_sizes_are_read_to_their_end()
    {
        SampleSegment sample = SampleSegment.MakeSmall();
        long[] values = [0, 1, -1, long.MinValue, long.MaxValue, 7, 1L << 40];
        foreach (long position in values)
        {
            foreach (long bytes in values)
            {
                byte[] damaged = [.. sample.Bytes];
                BinaryPrimitives.WriteInt64LittleEndian(damaged.AsSpan(24), position);
                BinaryPrimitives.WriteInt64LittleEndian(damaged.AsSpan(32), bytes);
                BinaryPrimitives.WriteUInt32LittleEndian(damaged.AsSpan(120), Crc32C.Compute(damaged.AsSpan(8, 112)));

                LogFrames read = LogFrames.Of(damaged);

                Assert.InRange(read.All.Count, 0, sample.Frames.Count);
            }
        }
    }

    [Fact]
    public void Random_files_are_no_segments()
    {
        TestSeed.Rounds(2_000, static random =>
        {
            byte[] garbage = new byte[random.Next(8, 4096)];
            random.NextBytes(garbage);

            Assert.Throws<InvalidDataException>(() => LogFrames.Of(garbage));
        });
    }

    [Theory]
    [InlineData("x")]
    [InlineData("{\"event\":\"start\"}")]
    [InlineData("AOPSLOG2 and what follows is longer than a header of a segment would be, so that it is not taken for one that was cut off there.")]
    public void A_file_that_is_no_log_is_named_with_what_to_do(string content)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("log/000000.seg", System.Text.Encoding.ASCII.GetBytes(content));

        var error = Assert.Throws<InvalidDataException>(() => EventLogReader.Open(folder.Path).ReadEvents());

        Assert.Contains($"'{path}' is not an AgentOps log segment", error.Message, StringComparison.Ordinal);
        Assert.Contains("Point the reader at", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pages_that_never_reached_the_disk_make_no_frame_that_was_not_written()
    {
        const int Page = 4096;
        SampleSegment sample = SampleSegment.Make();
        TestSeed.Rounds(LongTests.Times(2_000, 50_000), random =>
        {
            byte[] damaged = [.. sample.Bytes];
            // The first page has the header, without which there is no segment.
            for (int at = Page; at < damaged.Length; at += Page)
            {
                if (random.Next(4) == 0)
                    damaged.AsSpan(at, Page).Clear();
            }

            LogFrames read = sample.ReadDamaged(damaged);

            Assert.Equal(read.All.Count, read.All.DistinctBy(static frame => frame.Position).Count());
        });
    }
}
