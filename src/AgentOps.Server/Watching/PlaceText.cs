using System.Text.Json;
using AgentOps.Events;

namespace AgentOps.Server.Watching;

/// <summary>How far a log was read, as bytes of JSON.</summary>
internal sealed record PlaceText
{
    private const int CurrentVersion = 1;

    public int Version { get; init; }

    /// <summary>Whether the log is at its end, and need not be looked at again.</summary>
    public bool IsOver { get; init; }

    /// <summary>For each segment that is not done, where the next frame of each chunk is looked for.</summary>
    public Dictionary<string, Dictionary<long, int>> Open { get; init; } = [];

    public string[] Done { get; init; } = [];

    public long[] Unresolved { get; init; } = [];

    public static byte[] Write(LogExtent extent, bool isOver) => JsonSerializer.SerializeToUtf8Bytes(new PlaceText
    {
        Version = CurrentVersion,
        IsOver = isOver,
        Open = isOver ? [] : extent.Segments.Where(static s => !s.Value.IsDone).ToDictionary(static s => s.Key, static s => s.Value.Chunks),
        Done = isOver ? [] : [.. extent.Segments.Where(static s => s.Value.IsDone).Select(static s => s.Key)],
        Unresolved = isOver ? [] : [.. extent.Unresolved],
    });

    /// <returns><see langword="null"/> if the bytes are none, or of another version: then the log is read from its beginning, which stores nothing twice.</returns>
    public static PlaceText? Read(byte[]? bytes)
    {
        if (bytes is null)
            return null;
        try
        {
            return JsonSerializer.Deserialize<PlaceText>(bytes) is { Version: CurrentVersion } place ? place : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public LogExtent ToExtent()
    {
        var segments = new Dictionary<string, SegmentExtent>(StringComparer.Ordinal);
        foreach (string name in Done)
            segments.Add(name, new SegmentExtent { IsDone = true });
        foreach ((string name, Dictionary<long, int> chunks) in Open)
            segments.TryAdd(name, new SegmentExtent { Chunks = chunks });
        return new LogExtent(segments, Unresolved.ToHashSet());
    }
}
