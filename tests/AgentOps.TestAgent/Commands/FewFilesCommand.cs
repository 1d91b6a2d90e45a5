using System.Runtime.InteropServices;
using AgentOps.Log;

namespace AgentOps.TestAgent.Commands;

/// <summary>
/// <c>run-out-of-files</c>: records until an event is lost because the process may not open another file, and prints the problem;
/// then closes files until recording resumes, and prints how many events were recorded and lost, and what the log counted.
/// </summary>
internal static class FewFilesCommand
{
    private const int OpenFilesLimit = 7;
    private const ulong Files = 256;

    public static void Run(string[] arguments)
    {
        _ = arguments;
        using Session session = Session.Start();
        EventLogWriter log = session.Log;
        var record = new ActionRecord("work") { Returns = new string('x', 8000) };
        session.RecordAction(record);
        while (!log.HasSpare)
            Thread.Yield();

        if (SetLimit(OpenFilesLimit, [Files, Files]) != 0)
            throw new InvalidOperationException($"The limit of open files could not be set (error {Marshal.GetLastPInvokeError()}).");
        var hoard = new List<FileStream>();
        int recorded = 1;
        int lost = 0;
        while (lost < 10 || log.Problem is null)
        {
            // Again and again, since the log closes a file of its own when a segment is done.
            TakeAllFiles(hoard);
            if (session.RecordAction(record) == Guid.Empty)
                lost++;
            else
                recorded++;
        }
        string problem = log.Problem;
        hoard.ForEach(static file => file.Dispose());
        Console.WriteLine(problem);
        while (session.RecordAction(record) == Guid.Empty)
        {
            lost++;
            Thread.Sleep(1);
        }
        Console.WriteLine(recorded + 1);
        Console.WriteLine(lost);
        Console.WriteLine(RecorderHealth.Current.DroppedEvents);
    }

    private static void TakeAllFiles(List<FileStream> hoard)
    {
        try
        {
            while (true)
                hoard.Add(File.OpenRead(Environment.ProcessPath!));
        }
        catch (IOException)
        {
            // No file is left to the recorder.
        }
    }

    [DllImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetLimit(int resource, ulong[] softAndHard);
}
