using AgentOps.Events;
using AgentOps.Metrics;
using AgentOps.Pricing;

namespace AgentOps.Tool.Export;

/// <summary>How an export began.</summary>
internal enum ExportStart
{
    /// <summary>With an empty file.</summary>
    Anew,

    /// <summary>Where an interrupted one was left.</summary>
    Resumed,

    /// <summary>With an empty file, as the logs, or what is wanted of them, have changed since the interrupted one.</summary>
    Changed,
}

/// <summary>
/// Writes events to a file that appears under its name only when it is whole. An export that is interrupted, however hard, is gone on with
/// where it was left; in the end the file is the same as if nothing had happened.
/// </summary>
internal sealed class FileExport(string path, string format)
{
    /// <summary>How much may have to be written again.</summary>
    private const int EventsBetweenSaves = 20_000;

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    public string Partial => Path + ".partial";

    public string ProgressFile => Path + ".progress";

    /// <param name="events">What to write.</param>
    /// <param name="begin">Told how it begins, and with how many events written.</param>
    /// <param name="report">Told how many events are written, from time to time.</param>
    /// <param name="cancellationToken">Leaves what is written to the next export.</param>
    public void Write(IReadOnlyList<AgentEvent> events, Action<ExportStart, int> begin, Action<int> report, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        CountedCalls counted = CountedCalls.Of(events);
        using var fingerprint = new EventFingerprint(counted);
        string prices = events.Any(static e => e is LlmEvent) ? PriceTable.Default.Version : "";
        using var file = new FileStream(Partial, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, 256 * 1024);
        int written = Resume(events, prices, file, fingerprint, out ExportStart start, counted);
        begin(start, written);
        IEventFormat encoder = EventFormats.Of(format, counted);
        try
        {
            if (written == 0)
                file.Write(encoder.Head.Span);
            for (int i = written; i < events.Count; i++)
            {
                if (i > written && i % EventsBetweenSaves == 0)
                {
                    Save(file, i);
                    report(i);
                }
                if (cancellationToken.IsCancellationRequested)
                {
                    Save(file, i);
                    cancellationToken.ThrowIfCancellationRequested();
                }
                file.Write(encoder.Encode(events[i]).Span);
                fingerprint.Add(events[i]);
            }
            file.Flush(flushToDisk: true);
            report(events.Count);
        }
        finally
        {
            (encoder as IDisposable)?.Dispose();
        }
        file.Dispose();
        File.Move(Partial, Path, overwrite: true);
        File.Delete(ProgressFile);

        void Save(FileStream stream, int count)
        {
            stream.Flush(flushToDisk: true);
            new ExportProgress(format, prices, count, stream.Length, fingerprint.Current).Save(ProgressFile);
        }
    }

    /// <summary>Sets the file to where an earlier export of the same events got for good.</summary>
    /// <returns>How many events are in it.</returns>
    private int Resume(IReadOnlyList<AgentEvent> events, string prices, FileStream file, EventFingerprint fingerprint, out ExportStart start, CountedCalls counted)
    {
        ExportProgress? progress = ExportProgress.Load(ProgressFile);
        start = file.Length == 0 || progress is not { Events: > 0 } ? ExportStart.Anew : ExportStart.Changed;
        if (progress is not null && start == ExportStart.Changed && progress.Format == format && progress.Prices == prices
            && progress.Events <= events.Count && progress.Bytes <= file.Length && IsSame(events, progress, counted))
        {
            for (int i = 0; i < progress.Events; i++)
                fingerprint.Add(events[i]);
            file.SetLength(progress.Bytes);
            file.Seek(0, SeekOrigin.End);
            start = ExportStart.Resumed;
            return progress.Events;
        }
        file.SetLength(0);
        return 0;
    }

    private static bool IsSame(IReadOnlyList<AgentEvent> events, ExportProgress progress, CountedCalls counted)
    {
        using var before = new EventFingerprint(counted);
        for (int i = 0; i < progress.Events; i++)
            before.Add(events[i]);
        return before.Current == progress.Fingerprint;
    }
}
