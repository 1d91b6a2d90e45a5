using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace AgentOps.Log;

/// <summary>
/// Encodes values as words, up to a limit: straight into a chunk of the log, or into a buffer of its own where the values' own
/// code may run meanwhile. Once the limit is reached nothing more is taken and <see cref="IsTruncated"/> is set; what was written
/// stays readable.
/// </summary>
/// <remarks>
/// A payload that outgrows the chunk it was begun in moves to the buffer by itself, and what it leaves behind is zeroed: a
/// reader takes the first word behind the last frame for a header.
/// </remarks>
internal sealed unsafe class PayloadBuilder
{
    /// <summary>The largest payload a frame holds behind its fixed words.</summary>
    public const int MaxLimit = LogFormat.MaxFrameBytes - 64;

    private const int MaxModelChars = 256;
    private const int SmallBuffer = 1024;
    private const int KeptBuffer = 64 * 1024;

    private byte[] _buffer = [];
    private byte* _start;
    private byte* _cursor;
    private byte* _end;
    private int _limit;

    /// <summary>A builder over its own buffer.</summary>
    public PayloadBuilder(int limit) => Reset(limit);

    /// <summary>The word at +8 of the frame to come.</summary>
    public ulong Word8 { get; set; }

    /// <summary>The word at +16 of the frame to come, if its type has one.</summary>
    public ulong Word16 { get; set; }

    public bool IsTruncated { get; private set; }

    /// <summary>How many more bytes are taken.</summary>
    public int Room => IsTruncated ? 0 : _limit - Length;

    /// <summary>Whether the payload stands where its frame will.</summary>
    public bool IsDirect { get; private set; }

    /// <summary>Where the payload begins.</summary>
    public byte* Start => _start;

    public int Length => (int)(_cursor - _start);

    public ReadOnlySpan<byte> Written => new(_start, Length);

    /// <summary>Begins a payload of at most <paramref name="limit"/> bytes in the builder's own buffer; an outsized buffer is given up.</summary>
    public void Reset(int limit)
    {
        if (_buffer.Length is 0 or > KeptBuffer)
            _buffer = GC.AllocateUninitializedArray<byte>(SmallBuffer, pinned: true);
        _limit = limit;
        IsTruncated = false;
        IsDirect = false;
        Point(0);
    }

    /// <summary>Begins a payload in zeroed memory that belongs to the caller.</summary>
    public void ResetDirect(byte* start, byte* end, int limit)
    {
        _start = start;
        _cursor = start;
        _end = end - start > limit ? start + limit : end;
        _limit = limit;
        IsTruncated = false;
        IsDirect = true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Word(ulong word)
    {
        if (_end - _cursor < sizeof(ulong) && !Reserve(sizeof(ulong)))
            return;
        *(ulong*)_cursor = word;
        _cursor += sizeof(ulong);
    }

    public void Tag(PayloadTag tag) => Word(PayloadWord.Of(tag));

    public void Write(bool value) => Tag(value ? PayloadTag.True : PayloadTag.False);

    public void Write(char value) => Word(PayloadWord.Of(PayloadTag.Char, value));

    public void Write(long value)
    {
        if (PayloadWord.FitsInfo(value))
            Word(PayloadWord.Of(PayloadTag.Int56, value));
        else
            Words(PayloadWord.Of(PayloadTag.Int64), (ulong)value);
    }

    public void Write(ulong value)
    {
        if (value <= long.MaxValue)
            Write((long)value);
        else
            Words(PayloadWord.Of(PayloadTag.UInt64), value);
    }

    public void WriteAgent(uint agent) => Word(PayloadWord.Of(PayloadTag.Agent, agent));

    /// <summary>Writes that a value is kept out of the record.</summary>
    /// <param name="digest">56 bits that stand for it; 0 if nothing does.</param>
    public void WriteRedacted(long digest = 0) => Word(PayloadWord.Of(PayloadTag.Redacted, digest));

    public void WriteOmitted(long items) => Word(PayloadWord.Of(PayloadTag.Omitted, items));

    public void Write(double value) => Words(PayloadWord.Of(PayloadTag.Double), BitConverter.DoubleToUInt64Bits(value));

    public void Write(float value) => Word(PayloadWord.Of(PayloadTag.Single, BitConverter.SingleToUInt32Bits(value)));

    public void Write(TimeSpan value) => Words(PayloadWord.Of(PayloadTag.TimeSpan), (ulong)value.Ticks);

    public void Write(DateOnly value) => Word(PayloadWord.Of(PayloadTag.DateOnly, value.DayNumber));

    public void Write(TimeOnly value) => Words(PayloadWord.Of(PayloadTag.TimeOnly), (ulong)value.Ticks);

    public void Write(DateTime value) => Words(PayloadWord.Of(PayloadTag.DateTime, (long)value.Kind), (ulong)value.Ticks);

    public void Write(DateTimeOffset value) =>
        Words(PayloadWord.Of(PayloadTag.DateTimeOffset, (long)value.Offset.TotalMinutes), (ulong)value.UtcTicks);

    public void Write(decimal value)
    {
        int* bits = stackalloc int[4];
        decimal.GetBits(value, new Span<int>(bits, 4));
        Words(PayloadWord.Of(PayloadTag.Decimal), *(ulong*)bits, *(ulong*)(bits + 2));
    }

    public void Write(Guid value)
    {
        ulong* bytes = stackalloc ulong[2];
        value.TryWriteBytes(new Span<byte>(bytes, 16), bigEndian: true, out _);
        Words(PayloadWord.Of(PayloadTag.Guid), bytes[0], bytes[1]);
    }

    public void Write(string? value)
    {
        if (value is null)
            Tag(PayloadTag.Null);
        else
            Text(PayloadTag.String, value);
    }

    /// <summary>Writes text as UTF-8; what does not fit the limit is cut at a character, with the full length kept. Lone surrogates become U+FFFD.</summary>
    public void Write(ReadOnlySpan<char> value) => Text(PayloadTag.String, value);

    /// <summary>Writes UTF-8 as text; bytes that are not UTF-8 as bytes.</summary>
    public void WriteUtf8(ReadOnlySpan<byte> value)
    {
        if (!Utf8.IsValid(value))
            Block(PayloadTag.Bytes, value);
        else if (FitsLimit(sizeof(ulong) + LogFormat.Align(value.Length)))
            Block(PayloadTag.String, value);
        else
            Write(Encoding.UTF8.GetString(value));
    }

    /// <summary>Writes the name of the value that follows, by its number in the text table.</summary>
    public void WriteName(uint text) => Word(PayloadWord.Of(PayloadTag.Name, text));

    /// <summary>Writes the name of the value that follows.</summary>
    public void WriteName(string name)
    {
        int bytes = Encoding.UTF8.GetByteCount(name);
        if (Reserve(sizeof(ulong) + LogFormat.Align(bytes)))
            Transcode(PayloadTag.NameText, name, bytes);
    }

    /// <summary>Writes which model is asked; nothing that is too long for a name is one.</summary>
    public void WriteModel(string model)
    {
        if (model.Length <= MaxModelChars && Reserve(sizeof(ulong) + LogFormat.Align(Encoding.UTF8.GetByteCount(model))))
            Transcode(PayloadTag.Model, model, Encoding.UTF8.GetByteCount(model));
    }

    public void WriteOpaque(string typeName) => Text(PayloadTag.Opaque, typeName);

    public void WriteFailed(string exceptionType) => Text(PayloadTag.Failed, exceptionType);

    /// <summary>Takes back what was written since <paramref name="mark"/> and says instead why it could not be read.</summary>
    public void ReplaceByFailure(int mark, string exceptionType)
    {
        if (IsTruncated)
            return;
        Debug.Assert(!IsDirect, "Values that may fail are not encoded in place.");
        _cursor = _start + mark;
        WriteFailed(exceptionType);
    }

    public void WriteJson(ReadOnlySpan<byte> utf8) => Block(PayloadTag.Json, utf8);

    public void WriteBytes(ReadOnlySpan<byte> bytes) => Block(PayloadTag.Bytes, bytes);

    /// <summary>Writes bytes, of longer ones the first <paramref name="most"/> and the count of all.</summary>
    public void WriteBytes(ReadOnlySpan<byte> bytes, int most)
    {
        if (bytes.Length <= most)
        {
            WriteBytes(bytes);
            return;
        }
        int padded = LogFormat.Align(most);
        if (!Reserve((2 * sizeof(ulong)) + padded))
            return;
        ((ulong*)_cursor)[0] = PayloadWord.Of(PayloadTag.CutBytes, most);
        // First the last word, whose rest is padding; it may be the count's own where nothing is kept.
        *(ulong*)(_cursor + sizeof(ulong) + padded) = 0;
        ((ulong*)_cursor)[1] = (ulong)bytes.Length;
        bytes[..most].CopyTo(new Span<byte>(_cursor + (2 * sizeof(ulong)), most));
        _cursor += (2 * sizeof(ulong)) + padded;
    }

    /// <summary>Copies values that another builder encoded.</summary>
    public void Append(ReadOnlySpan<byte> encoded)
    {
        if (!Reserve(encoded.Length))
            return;
        encoded.CopyTo(new Span<byte>(_cursor, encoded.Length));
        _cursor += encoded.Length;
    }

    /// <summary>Says that what was to be written is not all there; nothing more is taken.</summary>
    public void Truncate()
    {
        IsTruncated = true;
        _end = _cursor;
    }

    private void Words(ulong first, ulong second)
    {
        if (!Reserve(2 * sizeof(ulong)))
            return;
        ((ulong*)_cursor)[0] = first;
        ((ulong*)_cursor)[1] = second;
        _cursor += 2 * sizeof(ulong);
    }

    private void Words(ulong first, ulong second, ulong third)
    {
        if (!Reserve(3 * sizeof(ulong)))
            return;
        ((ulong*)_cursor)[0] = first;
        ((ulong*)_cursor)[1] = second;
        ((ulong*)_cursor)[2] = third;
        _cursor += 3 * sizeof(ulong);
    }

    private void Block(PayloadTag tag, ReadOnlySpan<byte> bytes)
    {
        int padded = LogFormat.Align(bytes.Length);
        if (bytes.Length > MaxLimit || !Reserve(sizeof(ulong) + padded))
        {
            Truncate();
            return;
        }
        *(ulong*)_cursor = PayloadWord.Of(tag, bytes.Length);
        if (padded > 0)
            *(ulong*)(_cursor + padded) = 0;
        bytes.CopyTo(new Span<byte>(_cursor + sizeof(ulong), bytes.Length));
        _cursor += sizeof(ulong) + padded;
    }

    private void Text(PayloadTag tag, ReadOnlySpan<char> value)
    {
        // One pass where the worst case fits what is at hand; counting first costs another look at every character.
        long most = sizeof(ulong) + (((long)value.Length * 3 + 7) & ~7L);
        if (!IsTruncated && most <= _end - _cursor)
        {
            Transcode(tag, value, (int)(most - sizeof(ulong)));
            return;
        }
        int bytes = value.Length > MaxLimit ? int.MaxValue : Encoding.UTF8.GetByteCount(value);
        if (bytes <= MaxLimit && FitsLimit(sizeof(ulong) + LogFormat.Align(bytes)))
        {
            if (Reserve(sizeof(ulong) + LogFormat.Align(bytes)))
                Transcode(tag, value, bytes);
            return;
        }
        WriteCutText(value);
    }

    /// <summary>Transcodes into room that is there, and zeroes the rest of the last word.</summary>
    private void Transcode(PayloadTag tag, ReadOnlySpan<char> value, int room)
    {
        byte* text = _cursor + sizeof(ulong);
        int bytes = Encoding.UTF8.GetBytes(value, new Span<byte>(text, room));
        int padded = LogFormat.Align(bytes);
        for (int i = bytes; i < padded; i++)
            text[i] = 0;
        *(ulong*)_cursor = PayloadWord.Of(tag, bytes);
        _cursor = text + padded;
    }

    private void WriteCutText(ReadOnlySpan<char> value)
    {
        int room = (_limit - Length - (2 * sizeof(ulong))) & ~7;
        if (IsTruncated || room <= 0 || !Reserve((2 * sizeof(ulong)) + room))
        {
            Truncate();
            return;
        }
        // A lone surrogate at the cut would read as U+FFFD, so the transcoder stops before what it cannot finish.
        Utf8.FromUtf16(
            value, new Span<byte>(_cursor + (2 * sizeof(ulong)), room), out _, out int kept, replaceInvalidSequences: true, isFinalBlock: true);
        int padded = LogFormat.Align(kept);
        new Span<byte>(_cursor + (2 * sizeof(ulong)) + kept, padded - kept).Clear();
        ((ulong*)_cursor)[0] = PayloadWord.Of(PayloadTag.CutString, kept);
        ((ulong*)_cursor)[1] = (ulong)CountBytes(value);
        _cursor += (2 * sizeof(ulong)) + padded;
        Truncate();
    }

    private static long CountBytes(ReadOnlySpan<char> value)
    {
        const int Slice = 1 << 20;
        long bytes = 0;
        while (value.Length > Slice)
        {
            int slice = char.IsHighSurrogate(value[Slice - 1]) ? Slice - 1 : Slice;
            bytes += Encoding.UTF8.GetByteCount(value[..slice]);
            value = value[slice..];
        }
        return bytes + Encoding.UTF8.GetByteCount(value);
    }

    private bool FitsLimit(int bytes) => Length + (long)bytes <= _limit;

    /// <summary>Makes room for <paramref name="bytes"/> more.</summary>
    private bool Reserve(int bytes)
    {
        if (_end - _cursor >= bytes)
            return true;
        if (IsTruncated || !FitsLimit(bytes))
        {
            Truncate();
            return false;
        }
        Grow(Length + bytes);
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int needed)
    {
        int length = Length;
        int size = Math.Max(needed, Math.Min(Math.Max(length, SmallBuffer) * 2, _limit));
        byte[] old = _buffer;
        if (_buffer.Length < size)
            _buffer = GC.AllocateUninitializedArray<byte>(size, pinned: true);
        Written.CopyTo(_buffer);
        if (IsDirect)
        {
            // The transcoder may have touched a few bytes behind what it wrote; a direct payload always has a word to spare.
            new Span<byte>(_start, length + sizeof(ulong)).Clear();
            IsDirect = false;
        }
        Point(length);
        GC.KeepAlive(old);
    }

    private void Point(int length)
    {
        _start = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_buffer));
        _cursor = _start + length;
        _end = _start + Math.Min(_buffer.Length & ~7, _limit);
    }
}
