using System.Text;
using System.Text.Json;
using AgentOps.Events;
using AgentOps.Log;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Events;

/// <summary>Payloads that no recorder wrote: whatever the bytes, reading ends at their end and what comes out is JSON.</summary>
public sealed class PayloadFuzzTests
{
    private static readonly PayloadTag[] s_tags = Enum.GetValues<PayloadTag>();

    [Fact]
    public void Random_bytes_are_read_to_their_end()
    {
        TestSeed.Rounds(20_000, static random =>
        {
            byte[] payload = new byte[random.Next(0, 80)];
            random.NextBytes(payload);
            ReadAll(payload);
        });
    }

    [Fact]
    public void Random_tags_are_read_to_their_end()
    {
        TestSeed.Rounds(20_000, static random =>
        {
            byte[] payload = new byte[random.Next(0, 80)];
            for (int i = 0; i < payload.Length; i++)
                payload[i] = random.Next(4) == 0 ? (byte)random.Next(256) : (byte)s_tags[random.Next(s_tags.Length)];
            ReadAll(payload);
        });
    }

    [Fact]
    public void Damaged_payloads_are_read_to_their_end()
    {
        TestSeed.Rounds(10_000, static random =>
        {
            byte[] payload = Encoded.Payload(p => WriteRandom(p, random, 0));
            for (int i = random.Next(1, 6); i > 0 && payload.Length > 0; i--)
                payload[random.Next(payload.Length)] = (byte)random.Next(256);
            ReadAll(payload.AsSpan(0, random.Next(payload.Length + 1)));
        });
    }

    [Fact]
    public void Undamaged_payloads_are_one_value_whose_json_can_be_read()
    {
        TestSeed.Rounds(5_000, static random =>
        {
            byte[] payload = Encoded.Payload(p => WriteRandom(p, random, 0));
            var reader = new PayloadReader(payload, TextTable.Empty);

            Assert.Equal(payload.Length, reader.Take().Length);
            (string json, int position) = Encoded.ReadJson(payload);
            Assert.Equal(payload.Length, position);
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 1000 });
        });
    }

    [Fact]
    public void Payloads_cut_at_any_limit_are_json_of_what_came_before()
    {
        TestSeed.Rounds(2_000, static random =>
        {
            int seed = random.Next();
            byte[] whole = Encoded.Payload(p => WriteRandom(p, new Random(seed), 0));
            int limit = random.Next(16, 400);
            byte[] cut = Encoded.Payload(p => WriteRandom(p, new Random(seed), 0), limit);

            Assert.InRange(cut.Length, 0, limit);
            if (whole.Length <= limit - 32)
                Assert.Equal(whole, cut);
            ReadAll(cut);
        });
    }

    /// <summary>Reads a payload in every way; what surrounds it in memory is poisoned, so that a read beyond it shows.</summary>
    private static void ReadAll(ReadOnlySpan<byte> payload)
    {
        byte[] surrounded = new byte[payload.Length + 64];
        surrounded.AsSpan().Fill((byte)PayloadTag.True);
        payload.CopyTo(surrounded.AsSpan(32));
        ReadOnlySpan<byte> inside = surrounded.AsSpan(32, payload.Length);

        var reader = new PayloadReader(inside, TextTable.Empty);
        int taken = 0;
        while (reader.Peek() != PayloadTag.End)
        {
            ReadOnlySpan<byte> value = reader.Take();
            taken += value.Length;
            Assert.NotEqual(0, value.Length);
            Assert.Equal(taken, reader.Position);
            CheckJson(new EventValue(value.ToArray(), TextTable.Empty));
        }
        Assert.InRange(taken, 0, inside.Length);
        Assert.InRange(Encoded.ReadJson(inside).Position, 0, inside.Length);
        ReadTyped(inside);
    }

    private static void CheckJson(EventValue value)
    {
        string text = value.ToString();
        Assert.DoesNotContain('\n', text);
        using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 1000 });
        value.AsText();
        value.AsInt64();
        value.Property("x");
    }

    private static void ReadTyped(ReadOnlySpan<byte> payload)
    {
        for (int start = 0; start < 10; start++)
        {
            var reader = new PayloadReader(payload, TextTable.Empty);
            for (int step = start; reader.Peek() != PayloadTag.End; step++)
            {
                int before = reader.Position;
                switch (step % 9)
                {
                    case 0: reader.ReadString(); break;
                    case 1: reader.ReadInt64(); break;
                    case 2: reader.ReadDouble(); break;
                    case 3: reader.ReadDecimal(); break;
                    case 4: reader.ReadGuid(); break;
                    case 5: reader.ReadDateTimeOffset(); break;
                    case 6: reader.ReadBoolean(); break;
                    case 7: reader.ReadName(); break;
                    default: reader.Take(); break;
                }
                Assert.True(reader.Position > before);
            }
        }
    }

    private static void WriteRandom(PayloadBuilder payload, Random random, int depth)
    {
        switch (random.Next(depth > 4 ? 20 : 22))
        {
            case 0: payload.Tag(PayloadTag.Null); break;
            case 1: payload.Write(random.Next(2) == 0); break;
            case 2: payload.Write(random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64)); break;
            case 3: payload.Write((ulong)random.NextInt64() << random.Next(2)); break;
            case 4: payload.Write(BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue))); break;
            case 5: payload.Write(random.NextSingle()); break;
            case 6: payload.Write(new decimal(random.Next(), random.Next(), random.Next(), random.Next(2) == 0, (byte)random.Next(29))); break;
            case 7: payload.Write(RandomText(random)); break;
            case 8: payload.Write(new DateTime(random.NextInt64(DateTime.MaxValue.Ticks), (DateTimeKind)random.Next(3))); break;
            case 9: payload.Write(new DateTimeOffset(random.NextInt64(DateTime.MaxValue.Ticks), TimeSpan.Zero)); break;
            case 10: payload.Write(new TimeSpan(random.NextInt64(long.MinValue, long.MaxValue))); break;
            case 11: payload.Write(DateOnly.FromDayNumber(random.Next(DateOnly.MaxValue.DayNumber))); break;
            case 12: payload.Write(new TimeOnly(random.NextInt64(TimeOnly.MaxValue.Ticks))); break;
            case 13: payload.Write(new Guid(random.Next(), 7, 9, 1, 2, 3, 4, 5, 6, 7, 8)); break;
            case 14: payload.WriteOpaque(RandomText(random)); break;
            case 15: payload.WriteBytes(Encoding.UTF8.GetBytes(RandomText(random))); break;
            case 16: payload.WriteJson("[1,{\"a\":2}]"u8); break;
            case 17: payload.WriteOmitted(random.Next()); break;
            case 18: payload.WriteRedacted(random.NextInt64(1L << 55)); break;
            case 19: payload.WriteBytes(Encoding.UTF8.GetBytes(RandomText(random)), random.Next(9)); break;
            case 20:
                payload.Tag(PayloadTag.Array);
                for (int i = random.Next(5); i > 0; i--)
                    WriteRandom(payload, random, depth + 1);
                payload.Tag(PayloadTag.Close);
                break;
            default:
                payload.Tag(PayloadTag.Object);
                for (int i = random.Next(5); i > 0; i--)
                {
                    payload.WriteName(RandomText(random));
                    WriteRandom(payload, random, depth + 1);
                }
                payload.Tag(PayloadTag.Close);
                break;
        }
    }

    private static string RandomText(Random random) =>
        new([.. Enumerable.Range(0, random.Next(12)).Select(_ => (char)(random.Next(3) == 0 ? random.Next(0x10000) : random.Next(0x20, 0x7F)))]);
}
