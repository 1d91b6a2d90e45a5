using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AgentOps.Log;

/// <summary>How the bytes of a log get to where they last.</summary>
internal enum SegmentStorage
{
    /// <summary>The memory is mapped to a file.</summary>
    Mapped,

    /// <summary>Each committed frame is written to a file: where files cannot be mapped safely.</summary>
    Written,

    /// <summary>Memory of this process only.</summary>
    Memory,
}

/// <summary>
/// One file of the log as its writer sees it: memory of a fixed size, zeroed and touched before use, whose units are handed out
/// by one interlocked add.
/// </summary>
internal sealed unsafe class Segment
{
    private const int PageBytes = 4096;

    private static readonly byte[] s_zeros = new byte[64 * 1024];

    private readonly LogFiles _files;
    private FileStream? _file;
    private MemoryMappedFile? _map;
    private MemoryMappedViewAccessor? _view;
    private long _claimed = LogFormat.UnitBytes;
    private int _openChunks;
    private FrameFile? _frames;
    private long _givenUp;

    private Segment(LogFiles files, SegmentStorage storage, long position, int number, long bytes, string? path)
    {
        _files = files;
        Storage = storage;
        Position = position;
        Number = number;
        Bytes = bytes;
        Path = path;
    }

    public SegmentStorage Storage { get; }

    public byte* Start { get; private set; }

    /// <summary>Position in the log of the segment's first byte.</summary>
    public long Position { get; }

    public int Number { get; }

    public long Bytes { get; }

    /// <summary>The file behind the segment; <see langword="null"/> for one in memory.</summary>
    public string? Path { get; }

    /// <summary>Where definitions go in this segment: the rest of unit 0, then chunks of its own. Guarded by <see cref="DefinitionTable"/>.</summary>
    public ChunkCursor Definitions { get; } = new();

    /// <summary>Chunks that somebody may still write to.</summary>
    public int OpenChunks => Volatile.Read(ref _openChunks);

    /// <summary>Whether the memory has been given back; the file, if any, is still there.</summary>
    public bool IsClosed => Start == null;

    /// <summary>Why frames are missing in the file at the moment; <see langword="null"/> if none are.</summary>
    public string? WriteProblem => _frames?.Problem;

    /// <summary>Claims neighbouring units for one writer.</summary>
    /// <returns>Offset of the first in the segment, or -1 if the segment has no room left for them.</returns>
    public long Claim(int units)
    {
        Interlocked.Increment(ref _openChunks);
        long bytes = (long)units * LogFormat.UnitBytes;
        long end = Interlocked.Add(ref _claimed, bytes);
        if (end <= Bytes)
            return end - bytes;
        Release();
        return -1;
    }

    public void Release() => Interlocked.Decrement(ref _openChunks);

    /// <summary>Creates the file, reserves its blocks by writing zeros, and maps it, or keeps memory beside it.</summary>
    /// <remarks>
    /// A sparse file that is mapped kills the process, uncatchably, when the disk is full at first touch. Written zeros turn
    /// every such case (no space, quota, file systems that cannot preallocate) into an exception here, and warm the pages.
    /// </remarks>
    /// <exception cref="IOException">The file cannot be created or the disk has no room.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory does not let us.</exception>
    /// <exception cref="OperationCanceledException">It is not wanted any more, and gone again.</exception>
    public static Segment CreateFile(
        LogFiles files, SegmentStorage storage, string directory, long position, int number, long bytes, CancellationToken unwanted = default)
    {
        string path = System.IO.Path.Combine(directory, LogFormat.SegmentFileName(number));
        var segment = new Segment(files, storage, position, number, bytes, path);
        try
        {
            segment._file = files.CreateSegment(path, bytes);
            for (long written = 0; written < bytes; written += s_zeros.Length)
            {
                unwanted.ThrowIfCancellationRequested();
                files.Write(segment._file, s_zeros.AsSpan(0, (int)Math.Min(s_zeros.Length, bytes - written)), written);
            }
            if (storage == SegmentStorage.Mapped)
            {
                segment.Map(files.Map(segment._file));
                return segment;
            }
            segment.Allocate();
            segment._frames = new FrameFile(files, segment._file, segment.Start, bytes);
            return segment;
        }
        catch
        {
            segment.Close();
            TryDelete(files, path);
            throw;
        }
    }

    /// <summary>Zeroed memory for a log that has no directory to go to.</summary>
    public static Segment CreateInMemory(long position, int number, long bytes)
    {
        var segment = new Segment(LogFiles.Default, SegmentStorage.Memory, position, number, bytes, null);
        segment.Allocate();
        return segment;
    }

    /// <summary>Writes the segment header and opens the definitions. Called once, before the segment is published.</summary>
    public void Format(ulong logKey, in ClockSnapshot clock)
    {
        byte* p = Start;
        *(ushort*)(p + 8) = LogFormat.Major;
        *(ushort*)(p + 10) = LogFormat.Minor;
        *(uint*)(p + 12) = LogFormat.SegmentHeaderBytes;
        *(ulong*)(p + 16) = logKey;
        *(long*)(p + 24) = Position;
        *(long*)(p + 32) = Bytes;
        *(int*)(p + 40) = LogFormat.UnitBytes;
        *(int*)(p + 44) = Number;
        *(long*)(p + 48) = clock.Ticks;
        *(long*)(p + 56) = clock.UtcTicks;
        *(long*)(p + 64) = clock.Frequency;
        *(long*)(p + 72) = clock.BootUtcSeconds;
        *(int*)(p + 80) = Environment.ProcessId;
        *(uint*)(p + 120) = Crc32C.Compute(new ReadOnlySpan<byte>(p + 8, 112));
        Volatile.Write(ref Unsafe.AsRef<ulong>(p), LogFormat.SegmentMagic);
        WriteThrough(p, LogFormat.SegmentHeaderBytes);

        // Held like any chunk, until the table has closed the segment: what is defined meanwhile still goes here.
        Interlocked.Increment(ref _openChunks);
        Definitions.Take(this, p + LogFormat.SegmentHeaderBytes, p + LogFormat.UnitBytes - sizeof(ulong), Position - (long)p);
    }

    /// <summary>Makes a claimed run of units a chunk and points the cursor at it.</summary>
    public void OpenChunk(ChunkCursor cursor, long offset, int units)
    {
        byte* chunk = Start + offset;
        *(long*)(chunk + 8) = Position + offset;
        *(int*)(chunk + 16) = Environment.CurrentManagedThreadId;
        *(int*)(chunk + 20) = units;
        *(long*)(chunk + 24) = System.Diagnostics.Stopwatch.GetTimestamp();
        Volatile.Write(ref Unsafe.AsRef<ulong>(chunk), LogFormat.ChunkMagic);
        WriteThrough(chunk, LogFormat.ChunkHeaderBytes);
        cursor.Take(this, chunk + LogFormat.ChunkHeaderBytes, chunk + ((long)units * LogFormat.UnitBytes) - sizeof(ulong), Position - (long)Start);
    }

    /// <summary>Brings committed bytes to the file of a segment that is not mapped. What fails is tried again later, and never thrown.</summary>
    public void WriteThrough(byte* bytes, int count) => _frames?.Write(bytes, count);

    /// <summary>Brings what is missing in the file there, if it works now.</summary>
    /// <returns>Whether nothing is missing.</returns>
    public bool TryCatchUp() => _frames?.TryCatchUp() ?? true;

    /// <summary>Gives up what is missing in the file still, since its memory, or its process, comes to its end.</summary>
    /// <returns>How many frames are lost by it that were not given up before.</returns>
    public long GiveUp()
    {
        long frames = Math.Max(0, (_frames?.CountUnreadable() ?? 0) - _givenUp);
        _givenUp += frames;
        return frames;
    }

    /// <summary>Brings the segment to the disk itself, for durability beyond the death of the process.</summary>
    public void Flush()
    {
        _view?.Flush();
        if (_file is { } file)
            _files.Flush(file);
    }

    /// <summary>
    /// Faults pages in for writing on the calling thread, so that no recording thread pays for it. By an operation that changes
    /// nothing: somebody may be writing to them already.
    /// </summary>
    public void Touch(long from, long to, CancellationToken unwanted)
    {
        if (Storage != SegmentStorage.Mapped)
            return;
        for (long offset = from; offset < Math.Min(to, Bytes) && !unwanted.IsCancellationRequested; offset += PageBytes)
            Interlocked.Or(ref *(long*)(Start + offset), 0);
    }

    /// <summary>Marks the segment as complete, so that readers need not look for more. Nobody may write to it any more.</summary>
    /// <returns><see langword="false"/> if something is missing in the file still, which may be tried again.</returns>
    public bool TrySeal()
    {
        if (!TryCatchUp())
            return false;
        *(uint*)(Start + 124) = 1;
        return _frames?.TryWrite(120, sizeof(ulong)) ?? true;
    }

    /// <summary>Gives the memory back; a segment in memory is gone then. Nobody may use its addresses any more.</summary>
    /// <param name="unused">Whether nothing in it is wanted: it is not brought to the disk first, which a process that ends would wait for.</param>
    public void Close(bool unused = false)
    {
        byte* start = Start;
        Start = null;
        if (_view is { } view)
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
            // A view whose handle is closed has nothing to flush.
            if (unused)
                view.SafeMemoryMappedViewHandle.Dispose();
            view.Dispose();
        }
        else if (start != null)
        {
            NativeMemory.AlignedFree(start);
        }
        _map?.Dispose();
        _view = null;
        _map = null;
        _file?.Dispose();
        _file = null;
        _frames = null;
    }

    /// <summary>Removes the file of a closed segment.</summary>
    /// <returns>Whether it is gone.</returns>
    public bool TryDeleteFile() => Path is null || TryDelete(_files, Path);

    private static bool TryDelete(LogFiles files, string path)
    {
        try
        {
            files.Delete(path);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private void Map(MemoryMappedFile map)
    {
        _map = map;
        _view = map.CreateViewAccessor(0, Bytes, MemoryMappedFileAccess.ReadWrite);
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        Start = start + _view.PointerOffset;
    }

    private void Allocate()
    {
        Start = (byte*)NativeMemory.AlignedAlloc((nuint)Bytes, PageBytes);
        NativeMemory.Clear(Start, (nuint)Bytes);
    }
}
