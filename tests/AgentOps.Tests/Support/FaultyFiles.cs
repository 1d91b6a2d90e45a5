using System.IO.MemoryMappedFiles;
using AgentOps.Log;

namespace AgentOps.Tests.Support;

/// <summary>What goes wrong with a file operation.</summary>
public enum FileFault
{
    /// <summary>ENOSPC.</summary>
    NoSpace,

    /// <summary>EACCES, EROFS.</summary>
    NoPermission,

    /// <summary>EMFILE.</summary>
    TooManyFiles,
}

/// <summary>The real file system, of which a run of operations fails. Thread-safe.</summary>
/// <param name="fault">How they fail.</param>
/// <param name="first">The first operation that fails, from 1; 0 for none.</param>
/// <param name="count">How many fail from there on.</param>
internal sealed class FaultyFiles(FileFault fault, int first = 0, int count = 1) : LogFiles
{
    private int _operations;
    private int _healedAt = int.MaxValue;

    public int Operations => Volatile.Read(ref _operations);

    /// <summary>Whether an operation has failed.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Lets everything succeed from here on.</summary>
    public void Heal() => Volatile.Write(ref _healedAt, Operations);

    public override void CreateDirectory(string path)
    {
        Step();
        base.CreateDirectory(path);
    }

    public override FileStream CreateLock(string path)
    {
        Step();
        return base.CreateLock(path);
    }

    public override bool CanMap(string directory)
    {
        Step();
        return base.CanMap(directory);
    }

    public override long FreeBytes(string directory)
    {
        Step();
        return base.FreeBytes(directory);
    }

    public override FileStream CreateSegment(string path, long bytes)
    {
        Step();
        return base.CreateSegment(path, bytes);
    }

    public override void Write(FileStream file, ReadOnlySpan<byte> bytes, long offset)
    {
        Step();
        base.Write(file, bytes, offset);
    }

    public override MemoryMappedFile Map(FileStream file)
    {
        Step();
        return base.Map(file);
    }

    public override void Flush(FileStream file)
    {
        Step();
        base.Flush(file);
    }

    public override void Delete(string path)
    {
        Step();
        base.Delete(path);
    }

    public override void DeleteDirectory(string path)
    {
        Step();
        base.DeleteDirectory(path);
    }

    private void Step()
    {
        int operation = Interlocked.Increment(ref _operations);
        if (first == 0 || operation < first || operation - first >= count || operation > Volatile.Read(ref _healedAt))
            return;
        HasFailed = true;
        throw fault switch
        {
            FileFault.NoSpace => new IOException("No space left on device"),
            FileFault.NoPermission => new UnauthorizedAccessException("Permission denied"),
            _ => new IOException("Too many open files"),
        };
    }
}
