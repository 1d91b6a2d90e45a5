namespace AgentOps.Log;

/// <summary>
/// Keeps the logs of an application within bytes and age: its own sealed segments and the logs that dead processes left. What
/// is deleted is counted.
/// </summary>
internal sealed class LogRetention(EventLogOptions options, LogDirectory own, SegmentShelf shelf, LossCounters losses)
{
    private static readonly TimeSpan s_siblingInterval = TimeSpan.FromMinutes(1);

    private long? _siblingsSeen;
    private long _siblingBytes;

    /// <summary>Deletes what is too old or too much. What cannot be deleted now is tried again.</summary>
    public void Apply()
    {
        DateTimeOffset now = options.Time.GetUtcNow();
        long ownBytes = shelf.All().Sum(static segment => segment.Bytes);
        if (_siblingsSeen is not { } seen || options.Time.GetElapsedTime(seen) >= s_siblingInterval)
        {
            _siblingsSeen = options.Time.GetTimestamp();
            _siblingBytes = TendSiblings(now, options.MaxBytes - ownBytes);
        }
        foreach (Segment segment in shelf.All())
        {
            if (!segment.IsClosed)
                break;
            bool tooMuch = ownBytes + _siblingBytes > options.MaxBytes;
            bool tooOld = segment.Path is { } path && now - LastWrite(path) > options.MaxAge;
            if ((!tooMuch && !tooOld) || !segment.TryDeleteFile())
                break;
            shelf.Remove(segment);
            ownBytes -= segment.Bytes;
            losses.Count(LossReason.SegmentExpired);
        }
    }

    /// <summary>Deletes whole logs of dead processes, the oldest first, until the rest is within bounds.</summary>
    /// <returns>Bytes that other logs of the application take.</returns>
    private long TendSiblings(DateTimeOffset now, long allowedBytes)
    {
        long bytes = 0;
        // Names begin with the start time; the newest come first and use up the allowance.
        foreach (DirectoryInfo log in Siblings())
        {
            try
            {
                FileInfo[] segments = [.. log.GetFiles("*" + LogFormat.SegmentExtension).OrderBy(static file => file.Name, StringComparer.Ordinal)];
                long size = segments.Sum(static file => file.Length);
                if (!TryDelete(log, segments, now, bytes + size > allowedBytes))
                    bytes += size;
            }
            catch (Exception e) when (SegmentFactory.IsFileProblem(e))
            {
                // Not ours to read or to delete, or tended by somebody else just now; the others are tended all the same.
            }
        }
        return bytes;
    }

    private List<DirectoryInfo> Siblings()
    {
        try
        {
            string self = Path.GetFullPath(own.Path);
            return
            [
                .. new DirectoryInfo(own.ApplicationPath).EnumerateDirectories()
                    .Where(log => log.FullName != self && log.LinkTarget is null)
                    .OrderByDescending(static log => log.Name, StringComparer.Ordinal),
            ];
        }
        catch (Exception e) when (SegmentFactory.IsFileProblem(e))
        {
            return [];
        }
    }

    private bool TryDelete(DirectoryInfo log, FileInfo[] segments, DateTimeOffset now, bool tooMuch)
    {
        bool tooOld = segments.Length > 0 && segments.All(file => now - file.LastWriteTimeUtc > options.MaxAge);
        bool isHusk = segments.Length == 0 && IsHusk(log, now);
        if (!tooMuch && !tooOld && !isHusk)
            return false;
        using (FileStream? taken = LogDirectory.TryTakeLock(log.FullName, out bool live))
        {
            // Without a lock file it is no log of ours, or one whose deletion was cut short.
            if (live || (taken is null && segments.Length == 0))
                return false;
            foreach (FileInfo segment in segments)
            {
                options.Files.Delete(segment.FullName);
                losses.Count(LossReason.SegmentExpired);
            }
        }
        options.Files.DeleteDirectory(log.FullName);
        return true;
    }

    /// <summary>Whether a directory is what a deletion, or a start, that was cut short leaves of a log. A writer makes its first segment sooner.</summary>
    private static bool IsHusk(DirectoryInfo log, DateTimeOffset now) =>
        now - log.LastWriteTimeUtc > s_siblingInterval && log.EnumerateFileSystemInfos().All(static entry => entry.Name == LogFormat.LockFileName);

    private static DateTimeOffset LastWrite(string path) => new(File.GetLastWriteTimeUtc(path), TimeSpan.Zero);
}
