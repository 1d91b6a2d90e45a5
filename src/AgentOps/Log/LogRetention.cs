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
        // Not as DateTimeOffset: to make one of a file's time asks for the local time zone, and compiles it in.
        DateTime now = options.Time.GetUtcNow().UtcDateTime;
        long ownBytes = 0;
        foreach (Segment segment in shelf.All())
            ownBytes += segment.Bytes;
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
            bool tooOld = segment.Path is { } path && now - File.GetLastWriteTimeUtc(path) > options.MaxAge;
            if ((!tooMuch && !tooOld) || !segment.TryDeleteFile())
                break;
            shelf.Remove(segment);
            ownBytes -= segment.Bytes;
            losses.Count(LossReason.SegmentExpired);
        }
    }

    /// <summary>Deletes whole logs of dead processes, the oldest first, until the rest is within bounds.</summary>
    /// <returns>Bytes that other logs of the application take.</returns>
    private long TendSiblings(DateTime now, long allowedBytes)
    {
        long bytes = 0;
        // Names begin with the start time; the newest come first and use up the allowance.
        foreach (DirectoryInfo log in Siblings())
        {
            try
            {
                FileInfo[] segments = log.GetFiles("*" + LogFormat.SegmentExtension);
                Array.Sort(segments, static (one, other) => string.CompareOrdinal(one.Name, other.Name));
                long size = 0;
                foreach (FileInfo segment in segments)
                    size += segment.Length;
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
            var siblings = new List<DirectoryInfo>();
            foreach (DirectoryInfo log in new DirectoryInfo(own.ApplicationPath).EnumerateDirectories())
            {
                if (log.FullName != self && log.LinkTarget is null)
                    siblings.Add(log);
            }
            siblings.Sort(static (one, other) => string.CompareOrdinal(other.Name, one.Name));
            return siblings;
        }
        catch (Exception e) when (SegmentFactory.IsFileProblem(e))
        {
            return [];
        }
    }

    private bool TryDelete(DirectoryInfo log, FileInfo[] segments, DateTime now, bool tooMuch)
    {
        bool tooOld = segments.Length > 0 && Array.TrueForAll(segments, file => now - file.LastWriteTimeUtc > options.MaxAge);
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
    private static bool IsHusk(DirectoryInfo log, DateTime now) =>
        now - log.LastWriteTimeUtc > s_siblingInterval && Array.TrueForAll(log.GetFileSystemInfos(), static entry => entry.Name == LogFormat.LockFileName);
}
