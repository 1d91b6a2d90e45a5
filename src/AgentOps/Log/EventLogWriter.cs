using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace AgentOps.Log;

/// <summary>Where the log lives.</summary>
internal enum EventLogMode
{
    /// <summary>Mapped files: what was recorded survives the death of the process.</summary>
    Mapped,

    /// <summary>Memory of this process, because no directory could be written: readable from inside, gone at the end.</summary>
    Memory,
}

/// <summary>
/// The log of one process: the segment that is written, the one kept ready behind it, and the thread that prepares it. Nothing
/// here blocks a recording thread: when no segment is ready the frame is lost, and counted.
/// </summary>
internal sealed unsafe class EventLogWriter : IDisposable
{
    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(1);

    private readonly EventLogOptions _options;
    private readonly LogDirectory? _directory;
    private readonly AutoResetEvent _work = new(false);
    private readonly Thread _preparer;
    private readonly List<Segment> _segments = [];
    private readonly object _rotation = new();
    private volatile Segment? _current;
    private volatile Segment? _spare;
    private volatile bool _stopping;
    private volatile string? _problem;
    private long _nextPosition;
    private int _nextNumber;
    private long _reportedLosses;

    private EventLogWriter(EventLogOptions options, ulong key, LogDirectory? directory, string? problem)
    {
        _options = options;
        _directory = directory;
        _problem = problem;
        Key = key;
        Definitions = new DefinitionTable(this);
        _preparer = new Thread(Prepare) { Name = "AgentOps event log", IsBackground = true };
    }

    /// <summary>60 random bits that make positions of this log unique among all logs.</summary>
    public ulong Key { get; }

    public EventLogMode Mode => _directory is null ? EventLogMode.Memory : EventLogMode.Mapped;

    /// <summary>Why the log is not what it should be; <see langword="null"/> if all is well.</summary>
    public string? Problem => _problem;

    public string? DirectoryPath => _directory?.Path;

    public DefinitionTable Definitions { get; }

    public LossCounters Losses { get; } = new();

    public Segment? Current => _current;

    /// <summary>Opens a log below <see cref="EventLogOptions.Root"/>, or in memory if that cannot be written. Never throws for the file system's sake.</summary>
    public static EventLogWriter Open(EventLogOptions options)
    {
        ulong key = (ulong)Random.Shared.NextInt64() & ((1UL << 60) - 1);
        LogDirectory? directory = null;
        string? problem = null;
        Segment? first = null;
        try
        {
            directory = LogDirectory.Create(options.Root, options.Application, key);
            first = Segment.CreateMapped(directory.Path, 0, 0, options.FirstSegmentBytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            directory?.Dispose();
            directory = null;
            problem = $"The log directory '{options.Root}' cannot be written ({e.Message}). Recording goes to memory and is lost when the process ends. "
                + "Give a writable directory in RecorderOptions.Directory or AGENTOPS_LOG_DIRECTORY.";
        }
        var log = new EventLogWriter(options, key, directory, problem);
        first ??= Segment.CreateInMemory(0, 0, options.FirstSegmentBytes);
        log.Adopt(first);
        log._current = first;
        log._preparer.Start();
        log._work.Set();
        return log;
    }

    /// <summary>Gives a thread a fresh chunk: one interlocked add in the usual case.</summary>
    /// <returns><see langword="false"/> if there is none; the loss is counted.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool ClaimChunk(ChunkCursor cursor)
    {
        if (!TryClaim(1, out Segment? segment, out long offset))
            return false;
        Attach(cursor, segment, offset, LogFormat.ChunkBytes);
        return true;
    }

    /// <summary>Claims chunks for one frame that is larger than a chunk.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public byte* ClaimRun(int frameBytes, out long position)
    {
        int chunks = (frameBytes + LogFormat.ChunkHeaderBytes + LogFormat.ChunkBytes - 1) / LogFormat.ChunkBytes;
        position = 0;
        if (!TryClaim(chunks, out Segment? segment, out long offset))
            return null;
        byte* chunk = segment.Start + offset;
        WriteChunkHeader(chunk, segment.Position + offset, chunks);
        position = segment.Position + offset + LogFormat.ChunkHeaderBytes;
        return chunk + LogFormat.ChunkHeaderBytes;
    }

    /// <summary>Gives a segment's definitions another chunk of that same segment. The caller holds the definition table's lock.</summary>
    public bool ClaimDefinitionChunk(Segment segment, int frameBytes)
    {
        if (frameBytes > LogFormat.ChunkBytes - LogFormat.ChunkHeaderBytes || segment.Claim(1) is not (>= 0 and long offset))
        {
            Losses.Count(LossReason.NoSegmentReady);
            return false;
        }
        Attach(segment.Definitions, segment, offset, LogFormat.ChunkBytes);
        return true;
    }

    /// <summary>The segments of a log in memory, oldest first; files are read as files.</summary>
    public Segment[] GetSegments()
    {
        lock (_rotation)
            return [.. _segments];
    }

    public void Dispose()
    {
        _stopping = true;
        _work.Set();
        if (_preparer.IsAlive)
            _preparer.Join();
        DeleteSpare();
        _directory?.Dispose();
        _work.Dispose();
    }

    private void DeleteSpare()
    {
        Segment? unused;
        lock (_rotation)
        {
            unused = _spare;
            _spare = null;
        }
        if (unused?.Path is not { } path)
            return;
        try
        {
            File.Delete(path);
        }
        catch (IOException)
        {
            // A mapped file cannot be deleted on Windows; an empty segment is left behind, which readers pass over.
        }
    }

    private static void Attach(ChunkCursor cursor, Segment segment, long offset, int bytes)
    {
        byte* chunk = segment.Start + offset;
        WriteChunkHeader(chunk, segment.Position + offset, 1);
        cursor.Cursor = chunk + LogFormat.ChunkHeaderBytes;
        cursor.Limit = chunk + bytes;
        cursor.Bias = segment.Position + offset - (long)chunk;
    }

    private static void WriteChunkHeader(byte* chunk, long position, int run)
    {
        *(long*)(chunk + 8) = position;
        *(int*)(chunk + 16) = Environment.CurrentManagedThreadId;
        *(int*)(chunk + 20) = run;
        *(long*)(chunk + 24) = Stopwatch.GetTimestamp();
        Volatile.Write(ref Unsafe.AsRef<ulong>(chunk), LogFormat.ChunkMagic);
    }

    private bool TryClaim(int chunks, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Segment? segment, out long offset)
    {
        while (true)
        {
            segment = _current;
            offset = -1;
            if (segment is null)
                break;
            offset = segment.Claim(chunks);
            if (offset >= 0)
                return true;
            if (!Rotate(segment))
                break;
        }
        Losses.Count(Mode == EventLogMode.Memory && _spare is null ? LossReason.MemoryFull : LossReason.NoSegmentReady);
        return false;
    }

    /// <summary>Puts the spare in place of a full segment.</summary>
    /// <returns><see langword="false"/> if no spare is ready.</returns>
    private bool Rotate(Segment full)
    {
        lock (_rotation)
        {
            if (_current != full)
                return true;
            if (_spare is not { } next)
            {
                _work.Set();
                return false;
            }
            _current = next;
            _spare = null;
        }
        Definitions.Close(full);
        _work.Set();
        return true;
    }

    private void Adopt(Segment segment)
    {
        segment.Format(Key, ClockSnapshot.Take());
        Definitions.Open(segment);
        _nextPosition = segment.Position + segment.Bytes;
        _nextNumber = segment.Number + 1;
        lock (_rotation)
            _segments.Add(segment);
    }

    /// <summary>The background thread: keeps a spare ready and writes the clock and the losses once a second.</summary>
    private void Prepare()
    {
        TimeSpan wait = s_tick;
        while (!_stopping)
        {
            try
            {
                if (_spare is null && MayGrow())
                {
                    Segment next = Mode == EventLogMode.Memory
                        ? Segment.CreateInMemory(_nextPosition, _nextNumber, _options.SegmentBytes)
                        : Segment.CreateMapped(_directory!.Path, _nextPosition, _nextNumber, _options.SegmentBytes);
                    Adopt(next);
                    _spare = next;
                    if (Mode == EventLogMode.Mapped)
                        _problem = null;
                    wait = s_tick;
                }
            }
            catch (Exception e)
            {
                _problem = $"The next log segment cannot be created in '{_directory?.Path}' ({e.Message}). Events are dropped once the current one is full; "
                    + "free some space. It is tried again.";
                wait = TimeSpan.FromMilliseconds(Math.Min(wait.TotalMilliseconds * 2, 30_000));
            }
            _work.WaitOne(wait);
            if (!_stopping)
                WriteHousekeeping();
        }
    }

    private bool MayGrow() => Mode == EventLogMode.Mapped || _nextPosition + _options.SegmentBytes <= _options.MemoryBytes;

    private void WriteHousekeeping()
    {
        ClockSnapshot clock = ClockSnapshot.Take();
        Definitions.AppendClock(clock);
        long losses = Losses.Total;
        if (losses == _reportedLosses)
            return;
        _reportedLosses = losses;
        Definitions.AppendLosses(Losses.Snapshot(), clock.Ticks);
    }
}
