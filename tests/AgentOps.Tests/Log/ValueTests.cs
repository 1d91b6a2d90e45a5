using System.Text;
using AgentOps.Events;
using AgentOps.Log;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Log;

/// <summary>Values on their way into a chunk, straight or by the builder's buffer, and back.</summary>
public sealed unsafe class ValueTests
{
    private const int Room = LogFormat.UnitBytes - LogFormat.ChunkHeaderBytes - sizeof(ulong) - 32;

    [Theory]
    [InlineData("")]
    [InlineData("\0")]
    [InlineData("a\0b\0")]
    [InlineData("\uD83D\uDE00")]
    [InlineData("eight by")]
    [InlineData("nine byte")]
    public void A_text_comes_back(string text) => Assert.Equal(text, RoundTrip(payload => payload.Write(text)).ReadString());

    [Fact]
    public void Half_a_pair_comes_back_as_the_replacement_character()
    {
        // Attributes are stored as UTF-8, which has no half pairs.
        AssertRead("\uFFFD", "\uD83D");
        AssertRead("\uFFFDa", "\uDE00a");
        AssertRead("\uFFFD\uFFFD", "\uDE00\uD83D");

        static void AssertRead(string expected, string text) => Assert.Equal(expected, RoundTrip(payload => payload.Write(text)).ReadString());
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(-0.0)]
    [InlineData(double.Epsilon)]
    public void A_number_comes_back_bit_by_bit(double value) =>
        Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(RoundTrip(payload => payload.Write(value)).ReadDouble()!.Value));

    [Fact]
    public void An_empty_payload_comes_back_empty() => Assert.Equal(PayloadTag.End, RoundTrip(static _ => { }).Peek());

    [Fact]
    public void Payloads_around_the_size_of_a_chunk_come_back()
    {
        // The word of the text and its bytes fill one unit, two or four, or miss that by a word or a byte.
        foreach (int units in (int[])[1, 2, 3, 4, 5])
        {
            int whole = Room + ((units - 1) * LogFormat.UnitBytes) - sizeof(ulong);
            for (int length = whole - 17; length <= whole + 17; length++)
            {
                string text = new((char)('a' + (length % 26)), length);
                Assert.Equal(text, RoundTrip(payload => payload.Write(text)).ReadString());
            }
        }
    }

    [Fact]
    public void A_payload_that_fills_the_largest_chunk_to_the_word_stays_in_place_and_one_word_more_moves()
    {
        const int Largest = Room + ((LogFormat.MaxChunkUnits - 1) * LogFormat.UnitBytes) - sizeof(ulong);
        using var log = new TestSegment(LogFormat.MaxChunkUnits);

        bool stayed = log.Write(static payload => payload.Write(new string('a', Largest)), inPlace: true);
        bool moved = !log.Write(static payload => payload.Write(new string('b', Largest + sizeof(ulong))), inPlace: true);

        Assert.True(stayed);
        Assert.True(moved);
        Assert.Equal(
            [('a', Largest), ('b', Largest + sizeof(ulong))],
            log.Read().Select(static frame => LogFrames.TextOf(frame)!).Select(static text => (text[^1], text.Length)));
    }

    [Fact]
    public void A_text_of_16_MiB_is_cut_and_says_how_long_it_was()
    {
        string text = new('y', 16 << 20);
        var payload = new PayloadBuilder(128 * 1024);

        payload.Write(text);

        Assert.True(payload.IsTruncated);
        Assert.InRange(payload.Length, (128 * 1024) - 16, 128 * 1024);
        Assert.Equal(16 << 20, BitConverter.ToInt64(payload.Written[8..16]));
        string read = new PayloadReader(payload.Written, TextTable.Empty).ReadString()!;
        Assert.Equal(new string('y', read.Length - 1) + "…", read);
    }

    [Fact]
    public void Random_values_come_back_equal_however_they_are_written()
    {
        TestSeed.Rounds(LongTests.Times(100, 20_000), static random =>
        {
            using var log = new TestSegment();
            var expected = new List<byte[]>();
            int seed = random.Next();
            for (int i = 0; i < 40 && log.HasRoom; i++)
            {
                int one = seed + i;
                expected.Add(Encoded.Payload(payload => WriteRandom(payload, new Random(one))));
                log.Write(payload => WriteRandom(payload, new Random(one)), inPlace: random.Next(2) == 0);
            }

            Frame[] frames = log.Read();

            Assert.Equal(expected.Count, frames.Length);
            for (int i = 0; i < frames.Length; i++)
                Assert.True(frames[i].Payload.Span.SequenceEqual(expected[i]), $"Payload {i} changed on its way.");
        });
    }

    /// <summary>Writes in place and from the buffer, checks that both give the same, and reads it.</summary>
    private static PayloadReader RoundTrip(Action<PayloadBuilder> write)
    {
        using var log = new TestSegment();
        log.Write(write, inPlace: true);
        log.Write(write, inPlace: false);
        Frame[] frames = log.Read();
        Assert.Equal(2, frames.Length);
        Assert.Equal(frames[0].Payload.Span, frames[1].Payload.Span);
        return new PayloadReader(frames[0].Payload.Span, TextTable.Empty);
    }

    private static void WriteRandom(PayloadBuilder payload, Random random)
    {
        for (int values = random.Next(12); values > 0; values--)
        {
            switch (random.Next(9))
            {
                case 0: payload.Write(random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64)); break;
                case 1: payload.Write(BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue))); break;
                case 2: payload.Write(RandomText(random, 20)); break;
                case 3: payload.Write(RandomText(random, 2_000)); break;
                case 4: payload.Write(new decimal(random.Next(), random.Next(), random.Next(), false, 3)); break;
                case 5: payload.WriteBytes(Encoding.UTF8.GetBytes(RandomText(random, 300))); break;
                case 6: payload.WriteUtf8(Encoding.UTF8.GetBytes(RandomText(random, 300))); break;
                case 7:
                    payload.Tag(PayloadTag.Object);
                    payload.WriteName(RandomText(random, 30));
                    payload.Write(RandomText(random, 30));
                    payload.Tag(PayloadTag.Close);
                    break;
                default: payload.Write(new string('z', random.Next(random.Next(20) == 0 ? 60_000 : 100))); break;
            }
        }
    }

    /// <summary>Text of every width of character, lone surrogates included.</summary>
    private static string RandomText(Random random, int longest)
    {
        char[] text = new char[random.Next(longest)];
        for (int i = 0; i < text.Length; i++)
            text[i] = (char)random.Next(random.Next(4) switch { 0 => 0x80, 1 => 0x800, 2 => 0xE000, _ => 0x10000 });
        return new string(text);
    }

    /// <summary>A segment in memory whose one writer goes from chunk to chunk, as a thread's recorder does.</summary>
    private sealed class TestSegment : IDisposable
    {
        private const int Units = 100;

        private readonly Segment _segment = Segment.CreateInMemory(0, 0, Units * LogFormat.UnitBytes);
        private readonly ChunkCursor _cursor = new();
        private readonly PayloadBuilder _buffered = new(PayloadBuilder.MaxLimit);
        private readonly PayloadBuilder _direct = new(PayloadBuilder.MaxLimit);
        private readonly int _chunkUnits;
        private int _claimed = 1;

        public TestSegment(int chunkUnits = 1)
        {
            _chunkUnits = chunkUnits;
            _segment.Format(1, ClockSnapshot.Take(TimeProvider.System));
            Claim(chunkUnits);
        }

        public bool HasRoom => _claimed < Units - 40;

        /// <returns>Whether the payload was written in place to its end.</returns>
        public bool Write(Action<PayloadBuilder> write, bool inPlace)
        {
            PayloadBuilder payload = inPlace ? _direct : _buffered;
            if (inPlace)
            {
                if (_cursor.Limit - _cursor.Cursor < 64)
                    Claim(_chunkUnits);
                payload.ResetDirect(_cursor.Cursor + 32, _cursor.Limit, PayloadBuilder.MaxLimit);
            }
            else
            {
                payload.Reset(PayloadBuilder.MaxLimit);
            }
            write(payload);
            Assert.False(payload.IsTruncated);
            if (payload.IsDirect)
            {
                FrameWriter.CommitInPlace(_cursor, FrameType.Manual, 0, 0, 0, payload.Length);
                return true;
            }
            if (_cursor.Limit - _cursor.Cursor < 32 + payload.Length)
                Claim(LogFormat.UnitsOf(32 + payload.Length));
            FrameWriter.Write(null!, _cursor, FrameType.Manual, 0, 0, 0, payload.Written);
            return false;
        }

        public Frame[] Read()
        {
            LogFrames frames = LogFrames.Of(new ReadOnlySpan<byte>(_segment.Start, Units * LogFormat.UnitBytes).ToArray());
            Assert.Equal(0, frames.Damaged);
            return [.. frames.Manual];
        }

        public void Dispose() => _segment.Close();

        private void Claim(int units)
        {
            _cursor.Release();
            _segment.OpenChunk(_cursor, _segment.Claim(units), units);
            _claimed += units;
        }
    }
}
