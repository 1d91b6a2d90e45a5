using System.Globalization;

namespace AgentOps.Log;

/// <summary>The directory of one process's log, held open by a lock file that the kernel releases when the process dies.</summary>
internal sealed class LogDirectory : IDisposable
{
    private readonly FileStream _lock;

    private LogDirectory(string path, FileStream lockFile)
    {
        Path = path;
        _lock = lockFile;
    }

    public string Path { get; }

    /// <summary>The application's folder, with the logs of its other processes.</summary>
    public string ApplicationPath => System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>Creates <c>&lt;root&gt;/&lt;app&gt;/&lt;utc start&gt;-&lt;pid&gt;-&lt;key&gt;</c>, readable by its owner alone, and takes its lock.</summary>
    /// <exception cref="IOException">The path is not a directory, is a link, somebody else's or open to everybody, or the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory may not be written.</exception>
    public static LogDirectory Create(LogFiles files, string root, string application, ulong logKey)
    {
        string name = NameOf(DateTime.UtcNow, logKey);
        string folder = System.IO.Path.Combine(root, FileNameOf(application));
        string path = System.IO.Path.Combine(folder, name);
        files.CreateDirectory(folder);
        RefuseUnsafe(folder);
        files.CreateDirectory(path);
        try
        {
            RefuseForeign(folder, path);
            return new LogDirectory(path, files.CreateLock(System.IO.Path.Combine(path, LogFormat.LockFileName)));
        }
        catch
        {
            TryDelete(files, path);
            throw;
        }
    }

    /// <summary>Creates a root folder where everybody may create folders, readable by its owner alone.</summary>
    /// <exception cref="IOException">It is a link, somebody else's or open to everybody.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void CreateSharedRoot(LogFiles files, string root)
    {
        files.CreateDirectory(root);
        RefuseUnsafe(root);
        string probe = System.IO.Path.Combine(root, $".{Guid.NewGuid():N}");
        files.CreateDirectory(probe);
        try
        {
            RefuseForeign(root, probe);
        }
        finally
        {
            TryDelete(files, probe);
        }
    }

    /// <summary>Whether the process that writes the log in <paramref name="directory"/> is alive: its lock cannot be taken.</summary>
    public static bool HasLiveWriter(string directory)
    {
        using FileStream? taken = TryTakeLock(directory, out bool live);
        return live;
    }

    /// <summary>Takes the lock of a dead writer's log, so that nobody else tends it meanwhile.</summary>
    /// <param name="directory">The log's directory.</param>
    /// <param name="live">Whether the writer, or somebody else who tends the log, holds it.</param>
    public static FileStream? TryTakeLock(string directory, out bool live)
    {
        live = false;
        string path = System.IO.Path.Combine(directory, LogFormat.LockFileName);
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return null;
        }
        catch (IOException)
        {
            live = true;
            return null;
        }
    }

    public void Dispose() => _lock.Dispose();

    /// <summary>Lets go of a directory in which no segment could be made, and removes it if it can be.</summary>
    public void Abandon(LogFiles files)
    {
        Dispose();
        TryDelete(files, Path);
    }

    /// <summary>Whoever can replace the folder by a link to another place, or what is in it, could have our records go there.</summary>
    private static void RefuseUnsafe(string folder)
    {
        if (new DirectoryInfo(folder).LinkTarget is { } target)
        {
            throw new IOException(
                $"'{folder}' is a symbolic link to '{target}'. Logs are not written through a link that others may turn; name the directory itself.");
        }
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(folder) & UnixFileMode.OtherWrite) != 0)
        {
            throw new IOException(
                $"Everybody may write to '{folder}', and so replace what is recorded there. Take that right away (chmod o-w), or name another directory.");
        }
    }

    /// <summary>Its owner could do the same. Who we are is seen from what we create there: some file systems say the same of everybody.</summary>
    private static void RefuseForeign(string folder, string own)
    {
        if (FolderOwner.Of(folder) is { } owner && owner != FolderOwner.Root && owner != FolderOwner.Of(own))
        {
            throw new IOException(string.Create(
                CultureInfo.InvariantCulture,
                $"'{folder}' belongs to another user ({owner}), who may replace what is recorded there. Make it your own (chown), or name another directory."));
        }
    }

    private static void TryDelete(LogFiles files, string path)
    {
        try
        {
            files.DeleteDirectory(path);
        }
        catch (Exception e) when (SegmentFactory.IsFileProblem(e))
        {
            // An empty directory says nothing wrong.
        }
    }

    /// <summary>From numbers: a format of dates would bring calendars and time zones into a program compiled ahead of time.</summary>
    private static string NameOf(DateTime start, ulong logKey) => string.Create(
        CultureInfo.InvariantCulture,
        $"{start.Year:D4}{start.Month:D2}{start.Day:D2}T{start.Hour:D2}{start.Minute:D2}{start.Second:D2}{start.Millisecond:D3}Z-{Environment.ProcessId}-{logKey:x15}");

    private static string FileNameOf(string application)
    {
        var name = new System.Text.StringBuilder(application.Length);
        foreach (char c in application)
            name.Append(char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_');
        string result = name.ToString().Trim('.');
        return result.Length == 0 ? "app" : result;
    }
}
