using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AgentOps.Log;

namespace AgentOps.Events;

/// <summary>A recorded value, decoded when asked for. Immutable and thread-safe.</summary>
public sealed class EventValue
{
    private static readonly JsonWriterOptions s_text = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ReadOnlyMemory<byte> _encoded;
    private readonly TextTable _texts;

    internal EventValue(ReadOnlyMemory<byte> encoded, TextTable texts)
    {
        _encoded = encoded;
        _texts = texts;
    }

    /// <summary>Whether the value is absent or <see langword="null"/>.</summary>
    public bool IsNull => new PayloadReader(_encoded.Span, _texts).Peek() is PayloadTag.Null or PayloadTag.End;

    /// <summary>The value if it is text; otherwise <see langword="null"/>.</summary>
    public string? AsText() => new PayloadReader(_encoded.Span, _texts).ReadString();

    /// <summary>The value if it is a whole number; otherwise <see langword="null"/>.</summary>
    public long? AsInt64() => new PayloadReader(_encoded.Span, _texts).ReadInt64();

    /// <summary>A property of the value if it is an object that has it; otherwise <see langword="null"/>.</summary>
    public EventValue? Property(string name)
    {
        var reader = new PayloadReader(_encoded.Span, _texts);
        if (!reader.TryEnter(PayloadTag.Object))
            return null;
        while (!reader.TryLeave())
        {
            string candidate = reader.ReadName();
            int start = reader.Position;
            int length = reader.Take().Length;
            if (candidate == name)
                return new EventValue(_encoded.Slice(start, length), _texts);
        }
        return null;
    }

    /// <summary>
    /// Writes the value as JSON. Redacted values read <c>[redacted]</c>, with their digest behind the word if they have one, values that cannot be recorded <c>&lt;type name&gt;</c>,
    /// text that was cut ends in <c>…</c>, dates are ISO 8601, bytes base64.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is <see langword="null"/>.</exception>
    public void WriteTo(Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var reader = new PayloadReader(_encoded.Span, _texts);
        reader.WriteJson(json);
    }

    /// <summary>The value as JSON text.</summary>
    public override string ToString()
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, s_text))
            WriteTo(json);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}

/// <summary>A recorded value with its name.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="Value">Its value.</param>
public sealed record EventField(string Name, EventValue Value);
