using AgentOps.Log;

namespace AgentOps.Events;

/// <summary>The segments of one log, opened for reading, and whether its writer lives.</summary>
internal sealed record LogSegments(string? Directory, bool IsLive, IReadOnlyList<SegmentSource> Segments);

/// <summary>Where logs are found.</summary>
internal static class LogStore
{
    /// <summary>The logs below a folder, oldest name first. A segment that expires while this looks is passed over.</summary>
    public static IEnumerable<LogSegments> LogsBelow(string folder)
    {
        foreach (string directory in DirectoriesBelow(folder))
        {
            // Asked before the segments are read: what is written after the writer's death is nothing.
            bool live = LogDirectory.HasLiveWriter(directory);
            yield return new LogSegments(directory, live, OpenSegments(directory));
        }
    }

    /// <summary>The directories below a folder, itself included, that hold segments.</summary>
    public static IReadOnlyList<string> DirectoriesBelow(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*" + LogFormat.SegmentExtension, SearchOption.AllDirectories)
            .Select(static file => Path.GetDirectoryName(file)!)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];

    public static IReadOnlyList<string> SegmentsIn(string directory) =>
        [.. Directory.EnumerateFiles(directory, "*" + LogFormat.SegmentExtension).Order(StringComparer.Ordinal)];

    private static List<SegmentSource> OpenSegments(string directory)
    {
        var segments = new List<SegmentSource>();
        foreach (string file in SegmentsIn(directory))
        {
            try
            {
                segments.Add(SegmentSource.OfFile(file));
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                // It expired after it was listed.
            }
        }
        return segments;
    }
}
