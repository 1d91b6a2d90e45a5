namespace AgentOps.Tests.Support;

/// <summary>A file system of its own, mounted for one test. Needs the right to mount, and says so where it is missing.</summary>
internal sealed class MountedFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private MountedFolder(params string[] arguments)
    {
        Path = _folder.Combine("mounted");
        Directory.CreateDirectory(Path);
        SystemCommand.Run("mount", [.. arguments, Path]);
    }

    public string Path { get; }

    /// <summary>Memory of a size in MiB.</summary>
    public static MountedFolder Memory(int mebibytes) => new("-t", "tmpfs", "-o", $"size={mebibytes}m,mode=0700", "agentops-test");

    /// <summary>A folder seen through a mount that does not let anyone write.</summary>
    public static MountedFolder ReadOnly(string folder)
    {
        var mounted = new MountedFolder("--bind", folder);
        SystemCommand.Run("mount", "-o", "remount,bind,ro", mounted.Path);
        return mounted;
    }

    /// <summary>A file with an ext4 file system of a size in MiB.</summary>
    public static MountedFolder Loop(TemporaryFolder images, int mebibytes)
    {
        string image = images.Combine("image");
        using (FileStream file = File.Create(image))
            file.SetLength((long)mebibytes << 20);
        SystemCommand.Run("mkfs.ext4", "-q", "-F", image);
        return new MountedFolder("-o", "loop", image);
    }

    public string Combine(string relativePath) => System.IO.Path.Combine(Path, relativePath);

    public void Dispose()
    {
        // A log keeps its memory for threads that record still, so the files may be mapped until the process ends.
        SystemCommand.Run("umount", "--lazy", Path);
        _folder.Dispose();
    }
}
