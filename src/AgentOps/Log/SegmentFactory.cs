namespace AgentOps.Log;

/// <summary>
/// Makes the segments of one log, of the best storage that works: mapped files, else files that every frame is written to, else
/// memory. Where the disk has no room for a whole segment it tries smaller ones.
/// </summary>
internal sealed class SegmentFactory : IDisposable
{
    private readonly EventLogOptions _options;

    private SegmentFactory(EventLogOptions options, LogDirectory? directory, SegmentStorage storage, string? problem)
    {
        _options = options;
        Directory = directory;
        Storage = storage;
        Problem = problem;
    }

    public LogDirectory? Directory { get; }

    public SegmentStorage Storage { get; }

    /// <summary>Why the storage is not the best one; <see langword="null"/> if it is.</summary>
    public string? Problem { get; }

    /// <summary>Finds the best storage by making the first segment with it. Never throws for the file system's sake.</summary>
    public static SegmentFactory Open(EventLogOptions options, ulong logKey, out Segment first)
    {
        const string Advice = "Give a writable directory in RecorderOptions.Directory or AGENTOPS_LOG_DIRECTORY.";
        string? problem = null;
        if (options.Storage != SegmentStorage.Memory)
        {
            if (TryOpen(options, options.Root, logKey, out first!, out string? failure) is { } wanted)
                return wanted;
            problem = $"The log directory '{options.Root}' cannot be written ({failure}).";
            if (options.FallbackRoot is { } fallback)
            {
                if (TryOpen(options, fallback, logKey, out first!, out failure) is { } found)
                    return found.With($"{problem} The log goes to '{fallback}', which the system may empty. {Advice} {found.Problem}".TrimEnd());
                problem += $" Neither can '{fallback}' ({failure}).";
            }
            problem += $" Recording goes to memory and is lost when the process ends. {Advice}";
        }
        first = Segment.CreateInMemory(0, 0, options.FirstSegmentBytes);
        return new SegmentFactory(options, null, SegmentStorage.Memory, problem);
    }

    private SegmentFactory With(string problem) => new(_options, Directory, Storage, problem);

    /// <summary>Makes the first segment below a root folder, with the best storage that works there.</summary>
    /// <returns><see langword="null"/> if none does; <paramref name="failure"/> says why.</returns>
    private static SegmentFactory? TryOpen(EventLogOptions options, string root, ulong logKey, out Segment? first, out string? failure)
    {
        LogDirectory? directory = null;
        failure = null;
        try
        {
            if (root == options.FallbackRoot)
                LogDirectory.CreateSharedRoot(options.Files, root);
            directory = LogDirectory.Create(options.Files, root, options.Application, logKey);
            (SegmentStorage storage, string? problem) = ChooseFileStorage(options, directory);
            try
            {
                first = CreateFile(options, directory, storage, 0, 0, options.FirstSegmentBytes);
            }
            catch (Exception e) when (storage == SegmentStorage.Mapped && options.Storage is null && e is NotSupportedException or IOException)
            {
                storage = SegmentStorage.Written;
                problem = $"Files in '{directory.Path}' cannot be mapped ({e.Message}). Every event is written with a system call of its own, which is slower. "
                    + "Give a directory on a local disk in RecorderOptions.Directory or AGENTOPS_LOG_DIRECTORY.";
                first = CreateFile(options, directory, storage, 0, 0, options.FirstSegmentBytes);
            }
            return new SegmentFactory(options, directory, storage, problem);
        }
        catch (Exception e) when (IsFileProblem(e))
        {
            directory?.Abandon(options.Files);
            failure = e.Message;
            first = null;
            return null;
        }
    }

    /// <summary>Whether an exception means that a file could not be had, rather than a fault of ours.</summary>
    public static bool IsFileProblem(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException or System.Security.SecurityException;

    /// <summary>Makes the next segment.</summary>
    /// <exception cref="IOException">The disk has no room even for a small one, or the directory is gone.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory does not let us any more.</exception>
    /// <exception cref="OperationCanceledException">The log ended meanwhile.</exception>
    public Segment Create(long position, int number, CancellationToken unwanted) => Directory is null
        ? Segment.CreateInMemory(position, number, _options.SegmentBytes)
        : CreateFile(_options, Directory, Storage, position, number, _options.SegmentBytes, unwanted);

    public void Dispose() => Directory?.Dispose();

    private static (SegmentStorage, string?) ChooseFileStorage(EventLogOptions options, LogDirectory directory)
    {
        if (options.Storage is { } chosen)
            return (chosen, null);
        if (options.Files.CanMap(directory.Path))
            return (SegmentStorage.Mapped, null);
        return (SegmentStorage.Written,
            $"'{directory.Path}' lies on a file system behind a network or in user space, where mapped files are not safe. Every event is written with a system call of "
            + "its own, which is slower. Give a directory on a local disk in RecorderOptions.Directory or AGENTOPS_LOG_DIRECTORY.");
    }

    private static Segment CreateFile(
        EventLogOptions options, LogDirectory directory, SegmentStorage storage, long position, int number, long bytes, CancellationToken unwanted = default)
    {
        for (; ; bytes = Math.Max(bytes / 2 / LogFormat.UnitBytes * LogFormat.UnitBytes, options.MinSegmentBytes))
        {
            bool smallest = bytes <= options.MinSegmentBytes;
            if (!smallest && options.Files.FreeBytes(directory.Path) < 2 * bytes)
                continue;
            try
            {
                return Segment.CreateFile(options.Files, storage, directory.Path, position, number, bytes, unwanted);
            }
            catch (IOException) when (!smallest)
            {
                // A smaller segment may fit still.
            }
        }
    }
}
