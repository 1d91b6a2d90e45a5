using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace AgentOps.Log;

/// <summary>
/// Encodes values into a pooled buffer, up to a limit. Once the limit is reached nothing more is taken and
/// <see cref="IsTruncated"/> is set; what was written stays readable.
/// </summary>
internal sealed class PayloadBuilder(int limit)
{
    /// <summary>The largest payload a frame holds behind its fixed words.</summary>
    public const int MaxLimit = LogFormat.MaxFrameBytes - 64;

    private byte[] _buffer = new byte[Math.Min(limit, 512)];
    private int _length;

    public int Limit { get; private set; } = limit;

    public bool IsTruncated { get; private set; }

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    public int Length => _length;

    /// <summary>Empties the builder for the next payload; an outsized buffer is given up.</summary>
    public void Reset(int limit)
    {
        if (_buffer.Length > 64 * 1024)
            _buffer = new byte[512];
        _length = 0;
        Limit = limit;
        IsTruncated = false;
    }

    public void Tag(PayloadTag tag)
    {
        if (Reserve(1))
            _buffer[_length++] = (byte)tag;
    }

    public void Write(bool value) => Tag(value ? PayloadTag.True : PayloadTag.False);

    public void Write(long value)
    {
        if (!Reserve(11))
            return;
        _buffer[_length++] = (byte)PayloadTag.Int64;
        Varint((ulong)((value << 1) ^ (value >> 63)));
    }

    public void Write(ulong value) => WriteCounted(PayloadTag.UInt64, value);

    public void WriteAgent(uint agent) => WriteCounted(PayloadTag.Agent, agent);

    public void WriteOmitted(long items) => WriteCounted(PayloadTag.Omitted, (ulong)items);

    public void Write(double value) => WriteFixed(PayloadTag.Double, BitConverter.DoubleToInt64Bits(value), sizeof(long));

    public void Write(float value) => WriteFixed(PayloadTag.Single, BitConverter.SingleToInt32Bits(value), sizeof(int));

    public void Write(TimeSpan value) => WriteFixed(PayloadTag.TimeSpan, value.Ticks, sizeof(long));

    public void Write(DateOnly value) => WriteFixed(PayloadTag.DateOnly, value.DayNumber, sizeof(int));

    public void Write(TimeOnly value) => WriteFixed(PayloadTag.TimeOnly, value.Ticks, sizeof(long));

    public void Write(DateTime value)
    {
        if (!Reserve(10))
            return;
        WriteFixed(PayloadTag.DateTime, value.Ticks, sizeof(long));
        _buffer[_length++] = (byte)value.Kind;
    }

    public void Write(DateTimeOffset value)
    {
        if (!Reserve(11))
            return;
        WriteFixed(PayloadTag.DateTimeOffset, value.UtcTicks, sizeof(long));
        BinaryPrimitives.WriteInt16LittleEndian(_buffer.AsSpan(_length), (short)value.Offset.TotalMinutes);
        _length += sizeof(short);
    }

    public void Write(decimal value)
    {
        if (!Reserve(17))
            return;
        _buffer[_length++] = (byte)PayloadTag.Decimal;
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        foreach (int part in bits)
        {
            BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(_length), part);
            _length += sizeof(int);
        }
    }

    public void Write(Guid value)
    {
        if (!Reserve(17))
            return;
        _buffer[_length++] = (byte)PayloadTag.Guid;
        value.TryWriteBytes(_buffer.AsSpan(_length), bigEndian: true, out int written);
        _length += written;
    }

    public void Write(string? value)
    {
        if (value is null)
            Tag(PayloadTag.Null);
        else
            Write(value.AsSpan());
    }

    /// <summary>Writes text as UTF-8; what does not fit the limit is cut at a character, with the full length kept. Lone surrogates become U+FFFD.</summary>
    public void Write(ReadOnlySpan<char> value) => WriteText(PayloadTag.String, value);

    public void WriteName(string name)
    {
        int bytes = Encoding.UTF8.GetByteCount(name);
        if (!Reserve(6 + bytes))
            return;
        _buffer[_length++] = (byte)PayloadTag.Name;
        Varint((ulong)bytes);
        _length += Encoding.UTF8.GetBytes(name, _buffer.AsSpan(_length));
    }

    public void WriteOpaque(string typeName) => WriteText(PayloadTag.Opaque, typeName);

    public void WriteFailed(string exceptionType) => WriteText(PayloadTag.Failed, exceptionType);

    /// <summary>Takes back what was written since <paramref name="mark"/> and says instead why it could not be read.</summary>
    public void ReplaceByFailure(int mark, string exceptionType)
    {
        if (IsTruncated)
            return;
        _length = mark;
        WriteFailed(exceptionType);
    }

    public void WriteJson(ReadOnlySpan<byte> utf8) => WriteBlock(PayloadTag.Json, utf8);

    public void WriteBytes(ReadOnlySpan<byte> bytes) => WriteBlock(PayloadTag.Bytes, bytes);

    /// <summary>Copies values that another builder encoded.</summary>
    public void Append(ReadOnlySpan<byte> encoded)
    {
        if (!Reserve(encoded.Length))
            return;
        encoded.CopyTo(_buffer.AsSpan(_length));
        _length += encoded.Length;
    }

    private void WriteBlock(PayloadTag tag, ReadOnlySpan<byte> bytes)
    {
        if (!Reserve(6 + bytes.Length))
            return;
        _buffer[_length++] = (byte)tag;
        Varint((ulong)bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    private void WriteText(PayloadTag tag, ReadOnlySpan<char> value)
    {
        int most = value.Length * 3;
        if (_length + 6 + most <= Limit || _length + 6 + Encoding.UTF8.GetByteCount(value) <= Limit)
        {
            if (Reserve(1))
                _buffer[_length++] = (byte)tag;
            WriteCountedText(value);
            return;
        }
        WriteCutText(value);
    }

    private void WriteCountedText(ReadOnlySpan<char> value)
    {
        int bytes = Encoding.UTF8.GetByteCount(value);
        if (!Reserve(5 + bytes))
            return;
        Varint((ulong)bytes);
        _length += Encoding.UTF8.GetBytes(value, _buffer.AsSpan(_length));
    }

    private void WriteCutText(ReadOnlySpan<char> value)
    {
        int room = Limit - _length - 12;
        if (IsTruncated || room <= 0)
        {
            IsTruncated = true;
            return;
        }
        int kept = Math.Min(room, value.Length);
        while (kept > 0 && Encoding.UTF8.GetByteCount(value[..kept]) > room)
            kept = Math.Max(0, kept - Math.Max(1, (Encoding.UTF8.GetByteCount(value[..kept]) - room) / 3));
        if (kept > 0 && char.IsHighSurrogate(value[kept - 1]))
            kept--;
        long all = Encoding.UTF8.GetByteCount(value);
        int bytes = Encoding.UTF8.GetByteCount(value[..kept]);
        Grow(12 + bytes);
        _buffer[_length++] = (byte)PayloadTag.CutString;
        Varint((ulong)all);
        Varint((ulong)bytes);
        _length += Encoding.UTF8.GetBytes(value[..kept], _buffer.AsSpan(_length));
        IsTruncated = true;
    }

    private void WriteCounted(PayloadTag tag, ulong value)
    {
        if (!Reserve(11))
            return;
        _buffer[_length++] = (byte)tag;
        Varint(value);
    }

    private void WriteFixed(PayloadTag tag, long value, int bytes)
    {
        if (!Reserve(1 + bytes))
            return;
        _buffer[_length++] = (byte)tag;
        MemoryMarshal.AsBytes(new Span<long>(ref value))[..bytes].CopyTo(_buffer.AsSpan(_length));
        _length += bytes;
    }

    private void Varint(ulong value)
    {
        while (value >= 0x80)
        {
            _buffer[_length++] = (byte)(value | 0x80);
            value >>= 7;
        }
        _buffer[_length++] = (byte)value;
    }

    private bool Reserve(int bytes)
    {
        if (IsTruncated)
            return false;
        if (_length + bytes > Limit)
        {
            IsTruncated = true;
            return false;
        }
        Grow(bytes);
        return true;
    }

    private void Grow(int bytes)
    {
        if (_length + bytes > _buffer.Length)
            Array.Resize(ref _buffer, Math.Max(_length + bytes, Math.Min(_buffer.Length * 2, Limit + 16)));
    }
}
