using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AgentOps.Events;
using AgentOps.Log;

namespace AgentOps.Tests.Support;

/// <summary>Values as the recorder encodes them.</summary>
internal static class Encoded
{
    private static readonly JsonWriterOptions s_readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What <paramref name="write"/> encodes within a limit.</summary>
    public static byte[] Payload(Action<PayloadBuilder> write, int limit = PayloadBuilder.MaxLimit)
    {
        var builder = new PayloadBuilder(limit);
        write(builder);
        return builder.Written.ToArray();
    }

    /// <summary>The one value that <paramref name="write"/> encodes.</summary>
    public static EventValue Value(Action<PayloadBuilder> write) => new(Payload(write), TextTable.Empty);

    /// <summary>The one value that <paramref name="write"/> encodes, as JSON.</summary>
    public static string Json(Action<PayloadBuilder> write) => Value(write).ToString();

    /// <summary>The first value of a payload as JSON, and where the reader stands behind it.</summary>
    public static (string Json, int Position) ReadJson(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload, TextTable.Empty);
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, s_readable))
            reader.WriteJson(json);
        return (Encoding.UTF8.GetString(buffer.WrittenSpan), reader.Position);
    }
}
