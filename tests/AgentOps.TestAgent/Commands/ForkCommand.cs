using System.Globalization;
using System.Runtime.InteropServices;
using AgentOps.Log;

namespace AgentOps.TestAgent.Commands;

/// <summary>
/// <c>fork &lt;storage&gt;</c>: inside a recorded call the process forks, and the child records in every way there is; then the parent
/// goes on. Prints how the child ended (0, if it was told that nothing was recorded and why), and how often it forked.
/// </summary>
/// <remarks>
/// The runtime does not promise that a forked child goes on: of its threads only one is in it, and a lock that another one held is
/// never released. A child that stands still is ended and another one made; one that recorded, crashed or was told wrong things is not.
/// </remarks>
internal static class ForkCommand
{
    private const int MaxForks = 10;
    private const int NoHang = 1;
    private const int Kill = 9;

    private static int s_child;
    private static int s_seen;

    public static void Run(string[] arguments)
    {
        Recorder.Configure(new RecorderOptions { Storage = Enum.Parse<SegmentStorage>(arguments[0]) });
        Session session = Session.Start();
        // Everything once before, so that the child need not compile anything: the compiler's thread is not in it.
        Split(session, static () => 1);
        int? status = null;
        int forks = 0;
        while (status is null && forks++ < MaxForks)
        {
            Split(session, static () =>
            {
                GC.Collect();
                return Fork();
            });
            if (s_child == 0)
                Exit(s_seen);
            status = EndOf(s_child);
        }
        Step("after");
        session.End(EndState.Success);
        Console.WriteLine($"{status?.ToString(CultureInfo.InvariantCulture) ?? "stands still"} {forks}");
    }

    /// <summary>How the child ended; <see langword="null"/> if it did not and was ended.</summary>
    private static int? EndOf(int child)
    {
        long start = Environment.TickCount64;
        while (Environment.TickCount64 - start < 5_000)
        {
            int ended = WaitFor(child, out int status, NoHang);
            if (ended == child)
                return status;
            if (ended < 0)
                throw new InvalidOperationException($"The child cannot be waited for (error {Marshal.GetLastPInvokeError()}).");
            Thread.Sleep(10);
        }
        if (Signal(child, Kill) != 0 || WaitFor(child, out _, 0) != child)
            throw new InvalidOperationException($"The child cannot be ended (error {Marshal.GetLastPInvokeError()}).");
        return null;
    }

    /// <summary>Two processes leave it.</summary>
    [RecordAction("split")]
    internal static void Split(Session session, Func<int> fork)
    {
        Step("before");
        s_child = fork();
        s_seen = s_child == 0 ? Work(session, "child") : Work(session, "parent");
    }

    /// <returns>0, or what does not hold in a process that records nothing.</returns>
    private static int Work(Session session, string who)
    {
        int recorded = 0;
        for (int i = 0; i < 10; i++)
            Step(who);
        try
        {
            Fail(who);
        }
        catch (InvalidOperationException)
        {
            // As it should.
        }
        if (session.RecordAction(new ActionRecord(who)) != Guid.Empty)
            recorded |= 1;
        session.SetMetric(who, 1);
        using (Session other = Session.Start(new SessionOptions { Name = who }))
        {
            if (other.RecordTool(new ToolRecord(who)) != Guid.Empty)
                recorded |= 2;
        }
        if (RecorderHealth.Current.Problem?.Contains("was forked", StringComparison.Ordinal) != true)
            recorded |= 4;
        return recorded;
    }

    [RecordTool("step")]
    internal static string Step(string who) => who;

    [RecordTool("fail")]
    internal static void Fail(string who) => throw new InvalidOperationException(who);

    [DllImport("libc", EntryPoint = "fork", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Fork();

    [DllImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int WaitFor(int process, out int status, int options);

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);

    [DllImport("libc", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void Exit(int code);
}
