using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using AgentOps.Log;

namespace AgentOps.Events;

/// <summary>
/// Reads the values of a payload in order. Whatever is cut off or malformed reads as the end, so no input makes it throw or
/// read beyond its bytes.
/// </summary>
internal ref struct PayloadReader
{
    private const int MaxDepth = 128;

    private readonly ReadOnlySpan<byte> _payload;
    private readonly TextTable _texts;
    private int _position;

    public PayloadReader(ReadOnlySpan<byte> payload, TextTable texts)
    {
        _payload = payload;
        _texts = texts;
    }

    public readonly int Position => _position;

    public readonly PayloadTag Peek() => PayloadWord.TagOf(PeekWord());

    /// <summary>The bytes of the next value, which is passed over; empty at the end.</summary>
    public ReadOnlySpan<byte> Take()
    {
        int start = _position;
        Skip(0);
        return _payload[start.._position];
    }

    /// <summary>The next value, decoded when asked for; <see langword="null"/> if it is absent or null.</summary>
    /// <param name="payload">What is read from.</param>
    /// <param name="texts">The names of the log.</param>
    public EventValue? ReadValue(ReadOnlyMemory<byte> payload, TextTable texts)
    {
        int start = _position;
        Skip(0);
        var value = new EventValue(payload[start.._position], texts);
        return value.IsNull ? null : value;
    }

    /// <summary>Enters an array or object.</summary>
    public bool TryEnter(PayloadTag container)
    {
        if (Peek() != container)
            return false;
        Word();
        return true;
    }

    /// <summary>Leaves the container if its end is here, or everything's end.</summary>
    public bool TryLeave()
    {
        PayloadTag tag = Peek();
        if (tag == PayloadTag.Close)
            Word();
        return tag is PayloadTag.Close or PayloadTag.End;
    }

    /// <summary>The name of the next property. Where none stands the object is malformed, and the payload ends.</summary>
    public string ReadName()
    {
        ulong word = Word();
        switch (PayloadWord.TagOf(word))
        {
            case PayloadTag.Name: return _texts[PayloadWord.InfoOf(word)];
            case PayloadTag.NameText: return Encoding.UTF8.GetString(Block(word));
            default:
                Stop();
                return "";
        }
    }

    /// <summary>The next value as text; <see langword="null"/> if it is none. Passes over it either way.</summary>
    public string? ReadString()
    {
        switch (Peek())
        {
            case PayloadTag.String: return Encoding.UTF8.GetString(Block(Word()));
            case PayloadTag.CutString: return CutText();
            case PayloadTag.Char: return CharText(PayloadWord.InfoOf(Word()));
            default:
                Skip(0);
                return null;
        }
    }

    public long? ReadInt64()
    {
        switch (Peek())
        {
            case PayloadTag.Int56: return PayloadWord.InfoOf(Word());
            case PayloadTag.Int64:
                Word();
                return (long)Word();
            default:
                Skip(0);
                return null;
        }
    }

    public uint? ReadAgent() => Peek() == PayloadTag.Agent ? (uint)PayloadWord.InfoOf(Word()) : null;

    /// <summary>The model that was asked, where a call says it before its arguments.</summary>
    public string? ReadModel() => Peek() == PayloadTag.Model ? Encoding.UTF8.GetString(Block(Word())) : null;

    public bool? ReadBoolean()
    {
        PayloadTag tag = Peek();
        Skip(0);
        return tag switch { PayloadTag.True => true, PayloadTag.False => false, _ => null };
    }

    public double? ReadDouble()
    {
        if (!TryTake(PayloadTag.Double, out _))
            return null;
        return BitConverter.UInt64BitsToDouble(Word());
    }

    public decimal? ReadDecimal()
    {
        if (!TryTake(PayloadTag.Decimal, out _))
            return null;
        return DecimalOf(Word(), Word());
    }

    public Guid? ReadGuid()
    {
        if (!TryTake(PayloadTag.Guid, out _))
            return null;
        return Bytes(16) is { Length: 16 } bytes ? new Guid(bytes, bigEndian: true) : null;
    }

    public TimeSpan? ReadTimeSpan() => TryTake(PayloadTag.TimeSpan, out _) ? new TimeSpan((long)Word()) : null;

    public DateTimeOffset? ReadDateTimeOffset()
    {
        if (!TryTake(PayloadTag.DateTimeOffset, out long minutes))
            return null;
        long utc = (long)Word();
        return IsDate(utc) ? DateOf(utc, minutes) : null;
    }

    /// <summary>Writes the next value as JSON and passes over it.</summary>
    public void WriteJson(Utf8JsonWriter json, int depth = 0)
    {
        ulong word = PeekWord();
        PayloadTag tag = PayloadWord.TagOf(word);
        if (tag is PayloadTag.End or PayloadTag.Close || depth > MaxDepth)
        {
            if (tag != PayloadTag.Close)
                Stop();
            json.WriteNullValue();
            return;
        }
        Word();
        long info = PayloadWord.InfoOf(word);
        switch (tag)
        {
            case PayloadTag.False: json.WriteBooleanValue(false); break;
            case PayloadTag.True: json.WriteBooleanValue(true); break;
            case PayloadTag.Int56: json.WriteNumberValue(info); break;
            case PayloadTag.Int64: json.WriteNumberValue((long)Word()); break;
            case PayloadTag.UInt64: json.WriteNumberValue(Word()); break;
            case PayloadTag.Single: WriteNumber(json, BitConverter.UInt32BitsToSingle((uint)info)); break;
            case PayloadTag.Double: WriteNumber(json, BitConverter.UInt64BitsToDouble(Word())); break;
            case PayloadTag.Decimal: json.WriteNumberValue(DecimalOf(Word(), Word())); break;
            case PayloadTag.Char: json.WriteStringValue(CharText(info)); break;
            case PayloadTag.String: json.WriteStringValue(Encoding.UTF8.GetString(Block(word))); break;
            case PayloadTag.CutString:
                _position -= sizeof(ulong);
                json.WriteStringValue(CutText());
                break;
            case PayloadTag.DateTime: WriteDateTime(json, info); break;
            case PayloadTag.DateTimeOffset:
                long utc = (long)Word();
                json.WriteStringValue(IsDate(utc) ? DateOf(utc, info) : default);
                break;
            case PayloadTag.TimeSpan: json.WriteStringValue(new TimeSpan((long)Word()).ToString("c", CultureInfo.InvariantCulture)); break;
            case PayloadTag.DateOnly:
                json.WriteStringValue((info >= 0 && info <= DateOnly.MaxValue.DayNumber ? DateOnly.FromDayNumber((int)info) : default).ToString("O", CultureInfo.InvariantCulture));
                break;
            case PayloadTag.TimeOnly:
                json.WriteStringValue(new TimeOnly(Math.Clamp((long)Word(), 0, TimeOnly.MaxValue.Ticks)).ToString("O", CultureInfo.InvariantCulture));
                break;
            case PayloadTag.Guid:
                json.WriteStringValue(Bytes(16) is { Length: 16 } guid ? new Guid(guid, bigEndian: true) : default);
                break;
            case PayloadTag.Array: WriteArray(json, depth); break;
            case PayloadTag.Object: WriteObject(json, depth); break;
            case PayloadTag.Redacted: json.WriteStringValue(info == 0 ? "[redacted]" : string.Create(CultureInfo.InvariantCulture, $"[redacted {info & 0xFF_FFFF_FFFF_FFFF:x14}]")); break;
            case PayloadTag.Opaque: json.WriteStringValue("<" + Encoding.UTF8.GetString(Block(word)) + ">"); break;
            case PayloadTag.Failed: json.WriteStringValue("<threw " + Encoding.UTF8.GetString(Block(word)) + ">"); break;
            case PayloadTag.Omitted: json.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"… {info} more")); break;
            case PayloadTag.Bytes: json.WriteBase64StringValue(Block(word)); break;
            case PayloadTag.CutBytes:
                long all = (long)Word();
                ReadOnlySpan<byte> kept = Block(word);
                json.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"{Convert.ToBase64String(kept)}… {all - kept.Length} more"));
                break;
            case PayloadTag.Json: WriteRaw(json, Block(word)); break;
            case PayloadTag.NameText:
                Block(word);
                json.WriteNullValue();
                break;
            default: json.WriteNullValue(); break;
        }
    }

    private void WriteArray(Utf8JsonWriter json, int depth)
    {
        json.WriteStartArray();
        while (!TryLeave())
            WriteJson(json, depth + 1);
        json.WriteEndArray();
    }

    private void WriteObject(Utf8JsonWriter json, int depth)
    {
        json.WriteStartObject();
        while (!TryLeave())
        {
            if (Peek() is not (PayloadTag.Name or PayloadTag.NameText))
            {
                Stop();
                break;
            }
            json.WritePropertyName(ReadName());
            WriteJson(json, depth + 1);
        }
        json.WriteEndObject();
    }

    private void WriteDateTime(Utf8JsonWriter json, long kind)
    {
        long ticks = (long)Word();
        bool valid = IsDate(ticks) && kind is >= 0 and <= 2;
        // A local time means nothing to whoever reads it elsewhere, so it goes out without the offset of the reading machine.
        json.WriteStringValue(valid ? new DateTime(ticks, kind == 1 ? DateTimeKind.Utc : DateTimeKind.Unspecified) : default);
    }

    private static void WriteNumber(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumberValue(value);
        else
            json.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
    }

    private static void WriteNumber(Utf8JsonWriter json, float value)
    {
        if (float.IsFinite(value))
            json.WriteNumberValue(value);
        else
            json.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Passes JSON on as it is; anything that would not be one value on one line goes out as text.</summary>
    private static void WriteRaw(Utf8JsonWriter json, ReadOnlySpan<byte> text)
    {
        if (IsJsonLine(text))
            json.WriteRawValue(text, skipInputValidation: true);
        else
            json.WriteStringValue(Encoding.UTF8.GetString(text));
    }

    private static bool IsJsonLine(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text.ContainsAny((byte)'\n', (byte)'\r') || !System.Text.Unicode.Utf8.IsValid(text))
            return false;
        try
        {
            var reader = new Utf8JsonReader(text);
            while (reader.Read())
            {
            }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private void Skip(int depth)
    {
        ulong word = PeekWord();
        if (PayloadWord.TagOf(word) == PayloadTag.End || depth > MaxDepth)
        {
            Stop();
            return;
        }
        Word();
        switch (PayloadWord.TagOf(word))
        {
            case PayloadTag.Int64 or PayloadTag.UInt64 or PayloadTag.Double or PayloadTag.DateTime or PayloadTag.DateTimeOffset
                or PayloadTag.TimeSpan or PayloadTag.TimeOnly:
                Bytes(8);
                break;
            case PayloadTag.Decimal or PayloadTag.Guid:
                Bytes(16);
                break;
            case PayloadTag.CutString or PayloadTag.CutBytes:
                Bytes(8);
                Block(word);
                break;
            case PayloadTag.String or PayloadTag.Opaque or PayloadTag.Failed or PayloadTag.Bytes or PayloadTag.Json or PayloadTag.NameText or PayloadTag.Model:
                Block(word);
                break;
            case PayloadTag.Array:
                while (!TryLeave())
                    Skip(depth + 1);
                break;
            case PayloadTag.Object:
                while (!TryLeave())
                {
                    if (Peek() is not (PayloadTag.Name or PayloadTag.NameText))
                    {
                        Stop();
                        break;
                    }
                    Skip(depth + 1);
                    if (Peek() is not (PayloadTag.Close or PayloadTag.End))
                        Skip(depth + 1);
                }
                break;
        }
    }

    private bool TryTake(PayloadTag tag, out long info)
    {
        info = 0;
        if (Peek() != tag)
        {
            Skip(0);
            return false;
        }
        info = PayloadWord.InfoOf(Word());
        return true;
    }

    private string CutText()
    {
        ulong word = Word();
        Word();
        return Encoding.UTF8.GetString(Block(word)) + "…";
    }

    /// <summary>Half of a surrogate pair is no text; it reads as the replacement character.</summary>
    private static string CharText(long value) => char.IsSurrogate((char)value) ? "\uFFFD" : ((char)value).ToString();

    private void Stop() => _position = _payload.Length;

    private readonly ulong PeekWord() =>
        _payload.Length - _position >= sizeof(ulong) ? BinaryPrimitives.ReadUInt64LittleEndian(_payload[_position..]) : 0;

    private ulong Word()
    {
        ulong word = PeekWord();
        _position = Math.Min(_position + sizeof(ulong), _payload.Length);
        return word;
    }

    /// <summary>The bytes that follow a word that counts them, and their padding passed over.</summary>
    private ReadOnlySpan<byte> Block(ulong word)
    {
        long count = PayloadWord.InfoOf(word);
        if (count < 0 || count > _payload.Length - _position)
            count = _payload.Length - _position;
        ReadOnlySpan<byte> block = Bytes(LogFormat.Align((int)count));
        return block[..(int)Math.Min(count, block.Length)];
    }

    private ReadOnlySpan<byte> Bytes(int count)
    {
        int available = Math.Min(count, _payload.Length - _position);
        ReadOnlySpan<byte> bytes = _payload.Slice(_position, available);
        _position += available;
        return bytes;
    }

    private static decimal DecimalOf(ulong low, ulong high)
    {
        ReadOnlySpan<int> bits = [(int)low, (int)(low >> 32), (int)high, (int)(high >> 32)];
        // Sign in the top bit, scale 0 to 28 in bits 16 to 23, nothing else.
        bool valid = (bits[3] & ~unchecked((int)0x80FF0000)) == 0 && ((bits[3] >> 16) & 0xFF) <= 28;
        return valid ? new decimal(bits) : 0;
    }

    private static bool IsDate(long ticks) => ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks;

    private static DateTimeOffset DateOf(long utcTicks, long minutes)
    {
        var offset = TimeSpan.FromMinutes(Math.Clamp(minutes, -14 * 60, 14 * 60));
        return IsDate(utcTicks + offset.Ticks) ? new DateTimeOffset(utcTicks + offset.Ticks, offset) : new DateTimeOffset(utcTicks, TimeSpan.Zero);
    }
}
