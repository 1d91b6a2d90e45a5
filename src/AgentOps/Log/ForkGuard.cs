using System.Runtime.InteropServices;

namespace AgentOps.Log;

/// <summary>
/// Tells a process from a child that <c>fork()</c> made of it, which has its memory but neither its threads nor its log: a word
/// that the kernel wipes in such a child. Room in chunks is measured through it, so that a fork has none, at the price of one read.
/// </summary>
internal static unsafe partial class ForkGuard
{
    public const string Problem =
        "This process was forked from the one that opened the log, and records nothing: the log is its parent's. Start a process of its own instead.";

    private const int WipeOnFork = 18;

    /// <summary>All ones; zero in a fork, where the system can tell.</summary>
    public static readonly nuint* Alive = Map();

    public static bool IsForked => *Alive == 0;

    private static nuint* Map()
    {
        int page = Environment.SystemPageSize;
        var word = (nuint*)NativeMemory.AlignedAlloc((nuint)page, (nuint)page);
        NativeMemory.Clear(word, (nuint)page);
        *word = nuint.MaxValue;
        if (OperatingSystem.IsLinux())
        {
            try
            {
                // Where the kernel is too old for it, a fork that records faults at the mapped segments, which it does not have either.
                _ = Advise(word, (nuint)page, WipeOnFork);
            }
            catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
            {
                // Likewise.
            }
        }
        return word;
    }

    // By the name that is loaded already: for any other the loader looks through its folders. Musl answers to it too.
    [LibraryImport("libc.so.6", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(void* start, nuint bytes, int advice);
}
