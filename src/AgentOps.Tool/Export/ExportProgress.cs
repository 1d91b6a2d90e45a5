using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using AgentOps.Events;
using AgentOps.Metrics;

namespace AgentOps.Tool.Export;

/// <summary>How far an export to a file got: kept beside the file until it is whole.</summary>
/// <param name="Format">How events are written.</param>
/// <param name="Prices">The price table that costs came from.</param>
/// <param name="Events">How many events are in the file for good.</param>
/// <param name="Bytes">How long the file is with them.</param>
/// <param name="Fingerprint">Which events those are, and how they stood.</param>
internal sealed record ExportProgress(string Format, string Prices, int Events, long Bytes, string Fingerprint)
{
    public static ExportProgress? Load(string path)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement root = json.RootElement;
            return new ExportProgress(
                root.GetProperty("format").GetString()!, root.GetProperty("prices").GetString()!, root.GetProperty("events").GetInt32(),
                root.GetProperty("bytes").GetInt64(), root.GetProperty("fingerprint").GetString()!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Appears whole or not at all.</summary>
    public void Save(string path)
    {
        using (FileStream file = File.Create(path + ".new"))
        {
            using (var json = new Utf8JsonWriter(file))
            {
                json.WriteStartObject();
                json.WriteString("format", Format);
                json.WriteString("prices", Prices);
                json.WriteNumber("events", Events);
                json.WriteNumber("bytes", Bytes);
                json.WriteString("fingerprint", Fingerprint);
                json.WriteEndObject();
            }
            file.Flush(flushToDisk: true);
        }
        File.Move(path + ".new", path, overwrite: true);
    }
}

/// <summary>Tells whether events are those that were written before, and stand as they did: an unfinished call may have ended meanwhile.</summary>
internal sealed class EventFingerprint(CountedCalls counted) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public void Add(AgentEvent e)
    {
        Span<byte> facts = stackalloc byte[16 + sizeof(long) + sizeof(long) + 2];
        e.Id.TryWriteBytes(facts);
        BinaryPrimitives.WriteInt64LittleEndian(facts[16..], e.DurationNanoseconds ?? -1);
        BinaryPrimitives.WriteInt64LittleEndian(facts[24..], e.Start.UtcTicks);
        facts[32] = (byte)e.Status;
        facts[33] = e is LlmEvent llm ? (byte)counted.Of(llm) : (byte)0;
        _hash.AppendData(facts);
    }

    public string Current => Convert.ToHexString(_hash.GetCurrentHash());

    public void Dispose() => _hash.Dispose();
}
