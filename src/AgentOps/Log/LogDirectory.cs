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

    /// <summary>Creates <c>&lt;root&gt;/&lt;app&gt;/&lt;utc start&gt;-&lt;pid&gt;-&lt;key&gt;</c>, readable by its owner alone, and takes its lock.</summary>
    /// <exception cref="IOException">The path is not a directory, or the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory may not be written.</exception>
    public static LogDirectory Create(string root, string application, ulong logKey)
    {
        string name = string.Create(
            CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyyMMdd'T'HHmmssfff'Z'}-{Environment.ProcessId}-{logKey:x15}");
        string path = System.IO.Path.Combine(root, FileNameOf(application), name);
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var lockFile = new FileStream(
            System.IO.Path.Combine(path, LogFormat.LockFileName), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        return new LogDirectory(path, lockFile);
    }

    /// <summary>Whether the process that writes the log in <paramref name="directory"/> is alive: its lock cannot be taken.</summary>
    public static bool HasLiveWriter(string directory)
    {
        string path = System.IO.Path.Combine(directory, LogFormat.LockFileName);
        if (!File.Exists(path))
            return false;
        try
        {
            using var probe = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    public void Dispose() => _lock.Dispose();

    private static string FileNameOf(string application)
    {
        var name = new System.Text.StringBuilder(application.Length);
        foreach (char c in application)
            name.Append(char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_');
        string result = name.ToString().Trim('.');
        return result.Length == 0 ? "app" : result;
    }
}
