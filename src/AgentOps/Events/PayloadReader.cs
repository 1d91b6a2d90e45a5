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
internal ref struct PayloadReader(ReadOnlySpan<byte> payload)
{
    private const int MaxDepth = 128;

    private readonly ReadOnlySpan<byte> _payload = payload;
    private int _position;

    public readonly int Position => _position;

    public readonly PayloadTag Peek() => _position < _payload.Length ? (PayloadTag)_payload[_position] : PayloadTag.End;

    /// <summary>The bytes of the next value, which is passed over; empty at the end.</summary>
    public ReadOnlySpan<byte> Take()
    {
        int start = _position;
        Skip(0);
        return _payload[start.._position];
    }

    /// <summary>Enters an array or object.</summary>
    public bool TryEnter(PayloadTag container)
    {
        if (Peek() != container)
            return false;
        _position++;
        return true;
    }

    /// <summary>Leaves the container if its end is here, or everything's end.</summary>
    public bool TryLeave()
    {
        if (Peek() == PayloadTag.Close)
        {
            _position++;
            return true;
        }
        return Peek() == PayloadTag.End;
    }

    /// <summary>The name of the next property. Where none stands the object is malformed, and the payload ends.</summary>
    public string ReadName() => Encoding.UTF8.GetString(NameBytes());

    /// <summary>The next value as text; <see langword="null"/> if it is none. Passes over it either way.</summary>
    public string? ReadString()
    {
        switch (Peek())
        {
            case PayloadTag.String:
                _position++;
                return Encoding.UTF8.GetString(Block());
            case PayloadTag.CutString:
                _position++;
                Varint();
                return Encoding.UTF8.GetString(Block()) + "…";
            default:
                Skip(0);
                return null;
        }
    }

    public long? ReadInt64()
    {
        if (Peek() != PayloadTag.Int64)
        {
            Skip(0);
            return null;
        }
        _position++;
        return ZigZag(Varint());
    }

    public uint? ReadAgent()
    {
        if (Peek() != PayloadTag.Agent)
            return null;
        _position++;
        return (uint)Varint();
    }

    public bool? ReadBoolean()
    {
        PayloadTag tag = Peek();
        Skip(0);
        return tag switch { PayloadTag.True => true, PayloadTag.False => false, _ => null };
    }

    public double? ReadDouble()
    {
        if (Peek() != PayloadTag.Double)
        {
            Skip(0);
            return null;
        }
        _position++;
        return BitConverter.Int64BitsToDouble(Fixed64());
    }

    public decimal? ReadDecimal()
    {
        if (Peek() != PayloadTag.Decimal)
        {
            Skip(0);
            return null;
        }
        _position++;
        return DecimalOf(Bytes(16));
    }

    public Guid? ReadGuid()
    {
        if (Peek() != PayloadTag.Guid)
        {
            Skip(0);
            return null;
        }
        _position++;
        ReadOnlySpan<byte> bytes = Bytes(16);
        return bytes.Length == 16 ? new Guid(bytes, bigEndian: true) : null;
    }

    public DateTimeOffset? ReadDateTimeOffset()
    {
        if (Peek() != PayloadTag.DateTimeOffset)
        {
            Skip(0);
            return null;
        }
        _position++;
        long utc = Fixed64();
        int minutes = Fixed16();
        return IsDate(utc) ? DateOf(utc, minutes) : null;
    }

    /// <summary>Writes the next value as JSON and passes over it.</summary>
    public void WriteJson(Utf8JsonWriter json, int depth = 0)
    {
        PayloadTag tag = Peek();
        if (tag is PayloadTag.End or PayloadTag.Close || depth > MaxDepth)
        {
            _position = depth > MaxDepth ? _payload.Length : _position;
            json.WriteNullValue();
            return;
        }
        _position++;
        switch (tag)
        {
            case PayloadTag.False: json.WriteBooleanValue(false); break;
            case PayloadTag.True: json.WriteBooleanValue(true); break;
            case PayloadTag.Int64: json.WriteNumberValue(ZigZag(Varint())); break;
            case PayloadTag.UInt64: json.WriteNumberValue(Varint()); break;
            case PayloadTag.Double: WriteNumber(json, BitConverter.Int64BitsToDouble(Fixed64())); break;
            case PayloadTag.Single: WriteNumber(json, BitConverter.Int32BitsToSingle(Fixed32())); break;
            case PayloadTag.Decimal: json.WriteNumberValue(DecimalOf(Bytes(16))); break;
            case PayloadTag.String: json.WriteStringValue(Block()); break;
            case PayloadTag.CutString:
                Varint();
                json.WriteStringValue(Encoding.UTF8.GetString(Block()) + "…");
                break;
            case PayloadTag.DateTime: WriteDateTime(json); break;
            case PayloadTag.DateTimeOffset:
                long utc = Fixed64();
                int minutes = Fixed16();
                json.WriteStringValue(IsDate(utc) ? DateOf(utc, minutes) : default);
                break;
            case PayloadTag.TimeSpan: json.WriteStringValue(new TimeSpan(Fixed64()).ToString("c", CultureInfo.InvariantCulture)); break;
            case PayloadTag.DateOnly:
                int day = Fixed32();
                json.WriteStringValue((day >= 0 && day <= DateOnly.MaxValue.DayNumber ? DateOnly.FromDayNumber(day) : default).ToString("O", CultureInfo.InvariantCulture));
                break;
            case PayloadTag.TimeOnly:
                json.WriteStringValue(new TimeOnly(Math.Clamp(Fixed64(), 0, TimeOnly.MaxValue.Ticks)).ToString("O", CultureInfo.InvariantCulture));
                break;
            case PayloadTag.Guid:
                ReadOnlySpan<byte> guid = Bytes(16);
                json.WriteStringValue(guid.Length == 16 ? new Guid(guid, bigEndian: true) : default);
                break;
            case PayloadTag.Array: WriteArray(json, depth); break;
            case PayloadTag.Object: WriteObject(json, depth); break;
            case PayloadTag.Redacted: json.WriteStringValue("[redacted]"); break;
            case PayloadTag.Opaque: json.WriteStringValue("<" + Encoding.UTF8.GetString(Block()) + ">"); break;
            case PayloadTag.Failed: json.WriteStringValue("<threw " + Encoding.UTF8.GetString(Block()) + ">"); break;
            case PayloadTag.Omitted: json.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"… {Varint()} more")); break;
            case PayloadTag.Bytes: json.WriteBase64StringValue(Block()); break;
            case PayloadTag.Agent: Varint(); json.WriteNullValue(); break;
            case PayloadTag.Json: WriteRaw(json, Block()); break;
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
            if (Peek() != PayloadTag.Name)
            {
                _position = _payload.Length;
                break;
            }
            json.WritePropertyName(NameBytes());
            WriteJson(json, depth + 1);
        }
        json.WriteEndObject();
    }

    private void WriteDateTime(Utf8JsonWriter json)
    {
        long ticks = Fixed64();
        ReadOnlySpan<byte> kind = Bytes(1);
        bool valid = IsDate(ticks) && kind.Length == 1 && kind[0] <= 2;
        // A local time means nothing to whoever reads it elsewhere, so it goes out without the offset of the reading machine.
        json.WriteStringValue(valid ? new DateTime(ticks, kind[0] == 1 ? DateTimeKind.Utc : DateTimeKind.Unspecified) : default);
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

    private static void WriteRaw(Utf8JsonWriter json, ReadOnlySpan<byte> text)
    {
        try
        {
            json.WriteRawValue(text);
        }
        catch (JsonException)
        {
            json.WriteStringValue(Encoding.UTF8.GetString(text));
        }
    }

    private void Skip(int depth)
    {
        PayloadTag tag = Peek();
        if (tag == PayloadTag.End || depth > MaxDepth)
        {
            _position = _payload.Length;
            return;
        }
        _position++;
        switch (tag)
        {
            case PayloadTag.Int64 or PayloadTag.UInt64 or PayloadTag.Omitted or PayloadTag.Agent: Varint(); break;
            case PayloadTag.Single or PayloadTag.DateOnly: Bytes(4); break;
            case PayloadTag.Double or PayloadTag.TimeSpan or PayloadTag.TimeOnly: Bytes(8); break;
            case PayloadTag.DateTime: Bytes(9); break;
            case PayloadTag.DateTimeOffset: Bytes(10); break;
            case PayloadTag.Decimal or PayloadTag.Guid: Bytes(16); break;
            case PayloadTag.CutString: Varint(); Block(); break;
            case PayloadTag.String or PayloadTag.Opaque or PayloadTag.Failed or PayloadTag.Bytes or PayloadTag.Json or PayloadTag.Name: Block(); break;
            case PayloadTag.Array:
                while (!TryLeave())
                    Skip(depth + 1);
                break;
            case PayloadTag.Object:
                while (!TryLeave())
                {
                    NameBytes();
                    if (Peek() is not (PayloadTag.Close or PayloadTag.End))
                        Skip(depth + 1);
                }
                break;
        }
    }

    private ReadOnlySpan<byte> NameBytes()
    {
        if (Peek() != PayloadTag.Name)
        {
            _position = _payload.Length;
            return default;
        }
        _position++;
        return Block();
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64 && _position < _payload.Length; shift += 7)
        {
            byte next = _payload[_position++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
        return value;
    }

    private static long ZigZag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);

    private ReadOnlySpan<byte> Block()
    {
        ulong length = Varint();
        return Bytes((int)Math.Min(length, int.MaxValue));
    }

    private ReadOnlySpan<byte> Bytes(int count)
    {
        int available = Math.Min(count, _payload.Length - _position);
        ReadOnlySpan<byte> bytes = _payload.Slice(_position, available);
        _position += available;
        return bytes;
    }

    private long Fixed64() => Bytes(8) is { Length: 8 } bytes ? BinaryPrimitives.ReadInt64LittleEndian(bytes) : 0;

    private int Fixed32() => Bytes(4) is { Length: 4 } bytes ? BinaryPrimitives.ReadInt32LittleEndian(bytes) : 0;

    private short Fixed16() => Bytes(2) is { Length: 2 } bytes ? BinaryPrimitives.ReadInt16LittleEndian(bytes) : (short)0;

    private static decimal DecimalOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 16)
            return 0;
        Span<int> bits = stackalloc int[4];
        for (int i = 0; i < 4; i++)
            bits[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes[(i * 4)..]);
        // Sign in the top bit, scale 0 to 28 in bits 16 to 23, nothing else.
        bool valid = (bits[3] & ~unchecked((int)0x80FF0000)) == 0 && ((bits[3] >> 16) & 0xFF) <= 28;
        return valid ? new decimal(bits) : 0;
    }

    private static bool IsDate(long ticks) => ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks;

    private static DateTimeOffset DateOf(long utcTicks, int minutes)
    {
        var offset = TimeSpan.FromMinutes(Math.Clamp(minutes, -14 * 60, 14 * 60));
        return IsDate(utcTicks + offset.Ticks) ? new DateTimeOffset(utcTicks + offset.Ticks, offset) : new DateTimeOffset(utcTicks, TimeSpan.Zero);
    }
}
