using System.Runtime.InteropServices;

namespace AgentOps.Log;

/// <summary>Removes an empty directory.</summary>
/// <remarks>
/// Outside Windows not with the platform's method: that one can delete recursively, whether it is asked to or not, and what it does that
/// with brings the runtime's type loader into a program compiled ahead of time.
/// </remarks>
internal static partial class DirectoryRemoval
{
    /// <exception cref="IOException">It is not empty, not there, or not ours.</exception>
    public static void Remove(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.Delete(path);
            return;
        }
        try
        {
            if (RemoveDirectory(path) != 0)
                throw new IOException($"'{path}' cannot be removed: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            throw new IOException($"'{path}' cannot be removed: {e.Message}", e);
        }
    }

    [LibraryImport("libc", EntryPoint = "rmdir", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int RemoveDirectory(string path);
}
