using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AgentOps.Log;

/// <summary>
/// One fixed-size piece of the log, in a mapped file or in plain memory. Chunks are handed out by one interlocked add.
/// </summary>
/// <remarks>A segment stays mapped for as long as the process may write to it, which is until the process ends.</remarks>
internal sealed unsafe class Segment
{
    private long _claimed = LogFormat.ChunkBytes;

    private Segment(byte* start, long position, int number, long bytes, string? path)
    {
        Start = start;
        Position = position;
        Number = number;
        Bytes = bytes;
        Path = path;
    }

    public byte* Start { get; }

    /// <summary>Position in the log of the segment's first byte.</summary>
    public long Position { get; }

    public int Number { get; }

    public long Bytes { get; }

    /// <summary>The file behind the segment; <see langword="null"/> in memory mode.</summary>
    public string? Path { get; }

    /// <summary>Where definitions go in this segment: the rest of chunk 0, then chunks of its own. Guarded by <see cref="DefinitionTable"/>.</summary>
    public ChunkCursor Definitions { get; } = new();

    /// <summary>Claims <paramref name="chunks"/> neighbouring chunks.</summary>
    /// <returns>Offset of the first in the segment, or -1 if the segment has no room left for them.</returns>
    public long Claim(int chunks)
    {
        long bytes = (long)chunks * LogFormat.ChunkBytes;
        long end = Interlocked.Add(ref _claimed, bytes);
        return end <= Bytes ? end - bytes : -1;
    }

    /// <summary>Creates the file, reserves its blocks by writing zeros, and maps it.</summary>
    /// <remarks>
    /// A sparse file that is mapped kills the process, uncatchably, when the disk is full at first touch. Written zeros turn
    /// every such case (no space, quota, file systems that cannot preallocate) into an exception here, and warm the pages.
    /// </remarks>
    /// <exception cref="IOException">The file cannot be created or the disk has no room.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory does not let us.</exception>
    public static Segment CreateMapped(string directory, long position, int number, long bytes)
    {
        string path = System.IO.Path.Combine(directory, LogFormat.SegmentFileName(number));
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete,
            PreallocationSize = bytes,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        using var file = new FileStream(path, options);
        try
        {
            byte[] zeros = new byte[Math.Min(bytes, 1 << 20)];
            for (long written = 0; written < bytes; written += zeros.Length)
                RandomAccess.Write(file.SafeFileHandle, zeros.AsSpan(0, (int)Math.Min(zeros.Length, bytes - written)), written);

            var map = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
            MemoryMappedViewAccessor view = map.CreateViewAccessor(0, bytes, MemoryMappedFileAccess.ReadWrite);
            byte* start = null;
            view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
            var segment = new Segment(start + view.PointerOffset, position, number, bytes, path);
            s_views.Add(new KeyValuePair<MemoryMappedFile, MemoryMappedViewAccessor>(map, view));
            segment.PreTouch();
            return segment;
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    /// <summary>Reserves zeroed memory for a log that has no directory to go to.</summary>
    public static Segment CreateInMemory(long position, int number, long bytes) =>
        new((byte*)NativeMemory.AlignedAlloc((nuint)bytes, 4096), position, number, bytes, null) { _isZeroed = false };

    private bool _isZeroed = true;

    // The views are held here because threads write through raw pointers that keep nothing alive.
    private static readonly System.Collections.Concurrent.ConcurrentBag<KeyValuePair<MemoryMappedFile, MemoryMappedViewAccessor>> s_views = [];

    /// <summary>Writes the segment header and opens the definitions chunk. Called once, before the segment is published.</summary>
    public void Format(ulong logKey, in ClockSnapshot clock)
    {
        if (!_isZeroed)
        {
            NativeMemory.Clear(Start, (nuint)Bytes);
            _isZeroed = true;
        }
        byte* p = Start;
        *(ushort*)(p + 8) = LogFormat.Major;
        *(ushort*)(p + 10) = LogFormat.Minor;
        *(uint*)(p + 12) = LogFormat.SegmentHeaderBytes;
        *(ulong*)(p + 16) = logKey;
        *(long*)(p + 24) = Position;
        *(long*)(p + 32) = Bytes;
        *(int*)(p + 40) = LogFormat.ChunkBytes;
        *(int*)(p + 44) = Number;
        *(long*)(p + 48) = clock.Ticks;
        *(long*)(p + 56) = clock.UtcTicks;
        *(long*)(p + 64) = clock.Frequency;
        *(long*)(p + 72) = clock.BootUtcSeconds;
        *(int*)(p + 80) = Environment.ProcessId;
        *(uint*)(p + 120) = Crc32C.Compute(new ReadOnlySpan<byte>(p + 8, 112));
        Volatile.Write(ref Unsafe.AsRef<ulong>(p), LogFormat.SegmentMagic);

        Definitions.Cursor = p + LogFormat.SegmentHeaderBytes;
        Definitions.Limit = p + LogFormat.ChunkBytes;
        Definitions.Bias = Position - (long)p;
    }

    /// <summary>The bytes of one chunk as they are now; for readers of a log in memory.</summary>
    public void CopyTo(long offset, Span<byte> destination) => new ReadOnlySpan<byte>(Start + offset, destination.Length).CopyTo(destination);

    /// <summary>Faults every page in for writing here, on the preparing thread, so that no caller pays for it.</summary>
    private void PreTouch()
    {
        for (long offset = 0; offset < Bytes; offset += 4096)
            Start[offset] = 0;
    }
}
