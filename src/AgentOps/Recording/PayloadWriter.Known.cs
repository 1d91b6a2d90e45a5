using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AgentOps.Recording;

/// <content>Types of the platform that are values although they are no primitives, and values whose type is known at run time only.</content>
public readonly ref partial struct PayloadWriter
{
    /// <summary>Whole numbers with more bytes are named by their type: turning them into text takes time that grows with the square.</summary>
    private const int MaxNumberBytes = 256;

    /// <inheritdoc cref="Write(bool)"/>
    public void Write(Half value) => Builder.Write((float)value);

    /// <inheritdoc cref="Write(bool)"/>
    public void Write(Int128 value)
    {
        if (value >= long.MinValue && value <= long.MaxValue)
            Builder.Write((long)value);
        else
            WriteNumber(value);
    }

    /// <inheritdoc cref="Write(bool)"/>
    public void Write(UInt128 value)
    {
        if (value <= ulong.MaxValue)
            Builder.Write((ulong)value);
        else
            WriteNumber(value);
    }

    /// <inheritdoc cref="Write(bool)"/>
    public void Write(BigInteger value)
    {
        if (value >= long.MinValue && value <= long.MaxValue)
            Builder.Write((long)value);
        else if (value.GetByteCount() <= MaxNumberBytes)
            Builder.WriteJson(Encoding.UTF8.GetBytes(value.ToString(CultureInfo.InvariantCulture)));
        else
            WriteOpaque(typeof(BigInteger).FullName!);
    }

    /// <inheritdoc cref="Write(bool)"/>
    public void Write(Rune value) => Builder.Write(value.ToString());

    /// <inheritdoc cref="Write(bool)"/>
    public void Write(Version? value) => Builder.Write(value?.ToString());

    /// <inheritdoc cref="Write(bool)"/>
    public void Write(Index value) => Builder.Write(value.ToString());

    /// <inheritdoc cref="Write(bool)"/>
    public void Write(Range value) => Builder.Write(value.ToString());

    /// <summary>Writes the names of an enumeration's flags, as it spells them itself; of a value without names, the number.</summary>
    public void WriteFlags(string value)
    {
        if (long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number))
            Write(number);
        else if (ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out ulong large))
            Write(large);
        else
            Write(value);
    }

    /// <summary>Writes the full name of a type.</summary>
    public void Write(Type? value) => WriteText(value, static type => type.ToString());

    /// <summary>Writes the name of a culture.</summary>
    public void Write(CultureInfo? value) => WriteText(value, static culture => culture.Name);

    /// <summary>Writes an address.</summary>
    public void Write(System.Net.IPAddress? value) => WriteText(value, static address => address.ToString());

    /// <summary>Writes the text that was built so far.</summary>
    public void Write(StringBuilder? value) => WriteText(value, static text => text.ToString());

    /// <summary>Writes JSON.</summary>
    public void Write(JsonElement value)
    {
        int mark = Mark();
        try
        {
            if (value.ValueKind == JsonValueKind.Undefined)
            {
                WriteNull();
                return;
            }
#if NET9_0_OR_GREATER
            JsonValues.Write(Builder, System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(value));
#else
            JsonValues.Write(Builder, Encoding.UTF8.GetBytes(value.GetRawText()));
#endif
        }
        catch (Exception e)
        {
            ReplaceByFailure(mark, e);
        }
    }

    /// <summary>Writes JSON.</summary>
    public void Write(JsonDocument? value)
    {
        int mark = Mark();
        try
        {
            if (value is null)
                WriteNull();
            else
                Write(value.RootElement);
        }
        catch (Exception e)
        {
            ReplaceByFailure(mark, e);
        }
    }

    /// <summary>Writes JSON.</summary>
    public void Write(JsonNode? value)
    {
        int mark = Mark();
        try
        {
            JsonValues.Write(Builder, value);
        }
        catch (Exception e)
        {
            ReplaceByFailure(mark, e);
        }
    }

    /// <summary>
    /// Writes a value whose type is not known when the call is compiled: simple values, and collections of such, as themselves; registered
    /// types as what their description makes of them; everything else as the name of its type.
    /// </summary>
    /// <param name="value">The value.</param>
    /// <param name="depth">How deep it lies.</param>
    public void WriteUnknown<T>(T value, int depth = 0)
    {
        int mark = Mark();
        try
        {
            if (!TryWriteKnown(value, depth))
                WriteOpaque(value!.GetType().ToString());
        }
        catch (Exception e)
        {
            ReplaceByFailure(mark, e);
        }
    }

    /// <summary>Writes a value by its run-time type if that is a simple or a registered one. May throw what the value's own code does.</summary>
    /// <returns>Whether it was written.</returns>
    public bool TryWriteKnown<T>(T value, int depth)
    {
        switch (value)
        {
            case null: WriteNull(); break;
            case string v: Write(v); break;
            case bool v: Write(v); break;
            case int v: Write(v); break;
            case long v: Write(v); break;
            case double v: Write(v); break;
            case float v: Write(v); break;
            case decimal v: Write(v); break;
            case byte v: Write(v); break;
            case sbyte v: Write(v); break;
            case short v: Write(v); break;
            case ushort v: Write(v); break;
            case uint v: Write(v); break;
            case ulong v: Write(v); break;
            case nint v: Write(v); break;
            case nuint v: Write(v); break;
            case char v: Write(v); break;
            case Guid v: Write(v); break;
            case DateTime v: Write(v); break;
            case DateTimeOffset v: Write(v); break;
            case DateOnly v: Write(v); break;
            case TimeOnly v: Write(v); break;
            case TimeSpan v: Write(v); break;
            case Int128 v: Write(v); break;
            case UInt128 v: Write(v); break;
            case Half v: Write(v); break;
            case BigInteger v: Write(v); break;
            case Rune v: Write(v); break;
            case JsonElement v: Write(v); break;
            case Index v: Write(v); break;
            case Range v: Write(v); break;
            case Enum v: WriteFlags(v.ToString()); break;
            default: return TryWriteKnownObject(value, depth);
        }
        return true;
    }

    private bool TryWriteKnownObject(object value, int depth)
    {
        switch (value)
        {
            case Uri v: Write(v); break;
            case Version v: Write(v); break;
            case byte[] v: WriteBytes(v); break;
            case JsonNode v: Write(v); break;
            case JsonDocument v: Write(v); break;
            case Type v: Write(v); break;
            case CultureInfo v: Write(v); break;
            case System.Net.IPAddress v: Write(v); break;
            case StringBuilder v: Write(v); break;
            case var _ when depth >= MaxDepth || !HasRoom: return false;
            // The platform's own collections only: the enumerator of any other is the user's code, and may be a lazy one.
            case Dictionary<string, object?> v: WriteMap(v, depth, isText: true); break;
            case Dictionary<string, string> v: WriteMap(v, depth, isText: true); break;
            case string[] v: WriteItems(v, v.Length, depth); break;
            case int[] v: WriteItems(v, v.Length, depth); break;
            case long[] v: WriteItems(v, v.Length, depth); break;
            case float[] v: WriteItems(v, v.Length, depth); break;
            case double[] v: WriteItems(v, v.Length, depth); break;
            case List<string> v: WriteItems(v, v.Count, depth); break;
            case List<int> v: WriteItems(v, v.Count, depth); break;
            case List<object?> v: WriteItems(v, v.Count, depth); break;
            case object?[] v: WriteItems(v, v.Length, depth); break;
            default: return Recorder.RegisteredTypes is { } registered && registered.TryWrite(Builder, value);
        }
        return true;
    }

    private void WriteMap<TValue>(Dictionary<string, TValue> map, int depth, bool isText)
    {
        BeginObject();
        int count = 0;
        foreach ((string key, TValue item) in map)
        {
            if (count++ == MaxItems || !HasRoom)
                break;
            if (!NameSecret(key, isText && item is string))
                WriteUnknown(item, depth + 1);
        }
        WriteRest(map.Count, isMap: true);
        Close();
    }

    private void WriteItems<TItem>(IEnumerable<TItem> items, int total, int depth)
    {
        BeginArray();
        int count = 0;
        foreach (TItem item in items)
        {
            if (count++ == MaxItems || !HasRoom)
                break;
            WriteUnknown(item, depth + 1);
        }
        WriteRest(total, isMap: false);
        Close();
    }

    private void WriteNumber<T>(T value)
        where T : IUtf8SpanFormattable
    {
        Span<byte> digits = stackalloc byte[64];
        if (value.TryFormat(digits, out int length, default, CultureInfo.InvariantCulture))
            Builder.WriteJson(digits[..length]);
        else
            WriteOpaque(typeof(T).FullName!);
    }

    private void WriteText<T>(T? value, Func<T, string> textOf)
        where T : class
    {
        int mark = Mark();
        try
        {
            Write(value is null ? null : textOf(value));
        }
        catch (Exception e)
        {
            ReplaceByFailure(mark, e);
        }
    }
}
