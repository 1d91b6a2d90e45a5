using System.Buffers.Binary;

namespace AgentOps.Metrics;

/// <content>A histogram as bytes, to be kept and merged later.</content>
/// <remarks><c>1 (version) | count | min | max | sum (16 bytes) | for each bucket that is not empty: its distance from the one before, its count</c>; numbers without a width are LEB128.</remarks>
public sealed partial class LatencyHistogram
{
    private const byte SavedVersion = 1;

    /// <summary>The histogram as bytes; none for an empty one.</summary>
    internal byte[] Save()
    {
        if (Count == 0)
            return [];
        using var bytes = new MemoryStream(128);
        bytes.WriteByte(SavedVersion);
        Write(bytes, Count);
        Write(bytes, _min);
        Write(bytes, _max);
        Span<byte> sum = stackalloc byte[16];
        BinaryPrimitives.WriteInt128LittleEndian(sum, _sum);
        bytes.Write(sum);
        int last = -1;
        for (int i = 0; i < _counts.Length; i++)
        {
            if (_counts[i] == 0)
                continue;
            Write(bytes, i - last);
            Write(bytes, _counts[i]);
            last = i;
        }
        return bytes.ToArray();
    }

    /// <summary>Adds what a saved one counted.</summary>
    /// <exception cref="InvalidDataException">The bytes are no histogram.</exception>
    internal void Merge(ReadOnlySpan<byte> saved)
    {
        if (saved.IsEmpty)
            return;
        if (saved[0] != SavedVersion)
            throw NotSaved();
        int at = 1;
        long count = Read(saved, ref at);
        long min = Read(saved, ref at);
        long max = Read(saved, ref at);
        if (saved.Length - at < 16)
            throw NotSaved();
        Int128 sum = BinaryPrimitives.ReadInt128LittleEndian(saved[at..]);
        at += 16;
        var other = new LatencyHistogram { Count = count, _min = min, _max = max, _sum = sum };
        int last = BucketOf(long.MaxValue);
        long counted = 0;
        for (long bucket = -1; at < saved.Length;)
        {
            bucket += Read(saved, ref at);
            long there = Read(saved, ref at);
            if (bucket < 0 || bucket > last || there < 0)
                throw NotSaved();
            if (bucket >= other._counts.Length)
                Array.Resize(ref other._counts, RoomFor((int)bucket));
            other._counts[bucket] += there;
            counted += there;
        }
        if (counted != count)
            throw NotSaved();
        Merge(other);
    }

    private static void Write(MemoryStream bytes, long value)
    {
        ulong rest = (ulong)value;
        for (; rest >= 0x80; rest >>= 7)
            bytes.WriteByte((byte)(rest | 0x80));
        bytes.WriteByte((byte)rest);
    }

    private static long Read(ReadOnlySpan<byte> saved, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            if (at >= saved.Length)
                throw NotSaved();
            byte next = saved[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return (long)value;
        }
        throw NotSaved();
    }

    private static InvalidDataException NotSaved() => new("These bytes are no saved histogram.");
}
