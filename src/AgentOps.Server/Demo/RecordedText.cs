using System.Text.Json;
using AgentOps.Events;
using AgentOps.Log;

namespace AgentOps.Server.Demo;

/// <summary>Values as a log would have them, of values that stand in no log.</summary>
internal static class RecordedText
{
    public static EventValue Of(string text) => Encoded(PayloadTag.String, System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>Anything that can be said as JSON.</summary>
    public static EventValue OfJson(object value) => Encoded(PayloadTag.Json, JsonSerializer.SerializeToUtf8Bytes(value));

    private static EventValue Encoded(PayloadTag tag, ReadOnlySpan<byte> bytes)
    {
        byte[] encoded = new byte[sizeof(ulong) + LogFormat.Align(bytes.Length) + sizeof(ulong)];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64LittleEndian(encoded, PayloadWord.Of(tag, bytes.Length));
        bytes.CopyTo(encoded.AsSpan(sizeof(ulong)));
        return new EventValue(encoded, TextTable.Empty);
    }
}
