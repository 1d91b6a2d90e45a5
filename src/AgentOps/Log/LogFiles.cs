using System.IO.MemoryMappedFiles;

namespace AgentOps.Log;

/// <summary>
/// Everything that a log asks of the file system while it is written, one method an operation. Stateless; tests derive from it
/// to make the N-th operation fail.
/// </summary>
internal class LogFiles
{
    private static readonly string[] s_remote = ["nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "fuse", "9p", "v9fs", "afs", "ceph", "lustre", "gpfs", "sshfs"];

    public static LogFiles Default { get; } = new();

    /// <summary>Creates a directory that its owner alone can read.</summary>
    public virtual void CreateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Creates and takes the lock that says that the writer lives.</summary>
    public virtual FileStream CreateLock(string path) => CreateFile(path, FileShare.None, 0);

    /// <summary>Whether a file in this directory may be mapped: file systems behind a network answer faults late, or with a signal.</summary>
    public virtual bool CanMap(string directory)
    {
        if (OperatingSystem.IsWindows())
            return !directory.StartsWith(@"\\", StringComparison.Ordinal) && new DriveInfo(directory).DriveType != DriveType.Network;
        string format = new DriveInfo(directory).DriveFormat;
        return !Array.Exists(s_remote, remote => format.StartsWith(remote, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Bytes that are free where the directory lies.</summary>
    public virtual long FreeBytes(string directory) => new DriveInfo(directory).AvailableFreeSpace;

    /// <summary>Creates a file and asks for its blocks.</summary>
    public virtual FileStream CreateSegment(string path, long bytes) => CreateFile(path, FileShare.ReadWrite | FileShare.Delete, bytes);

    public virtual void Write(FileStream file, ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(file.SafeFileHandle, bytes, offset);

    public virtual MemoryMappedFile Map(FileStream file) =>
        MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);

    /// <summary>Brings what was written to the disk itself.</summary>
    public virtual void Flush(FileStream file) => RandomAccess.FlushToDisk(file.SafeFileHandle);

    public virtual void Delete(string path) => File.Delete(path);

    /// <summary>Deletes a directory and all that is in it; of links, the link.</summary>
    /// <remarks>Not the platform's own deletion: that one, compiled ahead of time, brings the runtime's type loader with it.</remarks>
    public virtual void DeleteDirectory(string path)
    {
        foreach (string entry in Directory.GetFileSystemEntries(path))
        {
            FileAttributes attributes = File.GetAttributes(entry);
            bool isDirectory = (attributes & FileAttributes.Directory) != 0;
            bool isLink = (attributes & FileAttributes.ReparsePoint) != 0;
            if (isDirectory && !isLink)
                DeleteDirectory(entry);
            else if (isDirectory && OperatingSystem.IsWindows())
                DirectoryRemoval.Remove(entry);
            else
                File.Delete(entry);
        }
        DirectoryRemoval.Remove(path);
    }

    private static FileStream CreateFile(string path, FileShare share, long bytes)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = share,
            PreallocationSize = bytes,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }
}
