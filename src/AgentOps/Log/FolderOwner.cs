using System.Runtime.InteropServices;

namespace AgentOps.Log;

/// <summary>Who owns a folder, on Linux.</summary>
internal static unsafe partial class FolderOwner
{
    public const uint Root = 0;

    private const int CurrentDirectory = -100;
    private const uint OwnerOnly = 8;
    private const int ResultBytes = 256;
    private const int OwnerOffset = 20;

    /// <summary>The number of the user who owns it; <see langword="null"/> where that cannot be told.</summary>
    public static uint? Of(string folder)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        try
        {
            byte* result = stackalloc byte[ResultBytes];
            return Status(CurrentDirectory, folder, 0, OwnerOnly, result) == 0 ? *(uint*)(result + OwnerOffset) : null;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    // By the name that is loaded already; see ForkGuard.
    [LibraryImport("libc.so.6", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Status(int folder, string path, int flags, uint mask, byte* result);
}
