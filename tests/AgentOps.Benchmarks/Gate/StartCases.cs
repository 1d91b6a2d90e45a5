using System.Diagnostics;
using AgentOps.Log;

namespace AgentOps.Benchmarks.Gate;

/// <summary>What the recorder costs a process that starts, and one that has nothing to record. In processes of their own.</summary>
internal sealed class StartCases(GateReport report)
{
    private const int IdleSeconds = 20;

    public void Measure()
    {
        double[] cold = [.. Enumerable.Range(0, 9).Select(static _ => Child("gate-start")).Order()];
        GateReport.Note(string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"first session of a process, just-in-time compilation included: {cold[cold.Length / 2]:0} ms"));
        report.AtMost("opening a log, compiled", OpenAgain(), 5, "ms");
        report.AtMost("processor time of an idle recorder", Math.Max(0, Child("gate-idle", "record") - Child("gate-idle")), 0.1, "%");
    }

    /// <summary>What opening the log takes when all that it runs is compiled, as ahead of time.</summary>
    private static double OpenAgain()
    {
        var times = new List<double>();
        string directory = Directory.CreateTempSubdirectory("agentops-gate-").FullName;
        try
        {
            for (int run = 0; run < 60; run++)
            {
                long start = Stopwatch.GetTimestamp();
                var log = EventLogWriter.Open(new EventLogOptions { Root = directory, Application = "start" });
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                log.Dispose();
            }
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
        return times.TakeLast(20).Order().ElementAt(10);
    }

    /// <summary>The child: prints how long the first session took to start, in milliseconds.</summary>
    public static void RunStart()
    {
        long start = Stopwatch.GetTimestamp();
        using Session session = Session.Start();
        Console.WriteLine(Stopwatch.GetElapsedTime(start).TotalMilliseconds.ToString("R", System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>The child: prints how much of one processor a process takes that does nothing, in percent; with a session open or without.</summary>
    public static void RunIdle(bool record)
    {
        using Session? session = record ? Session.Start() : null;
        Thread.Sleep(2000);
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        Thread.Sleep(TimeSpan.FromSeconds(IdleSeconds));
        double percent = 100 * (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds / IdleSeconds;
        Console.WriteLine(percent.ToString("R", System.Globalization.CultureInfo.InvariantCulture));
    }

    private static double Child(params IEnumerable<string> arguments)
    {
        string directory = Directory.CreateTempSubdirectory("agentops-gate-").FullName;
        try
        {
            var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
            // Started by its own executable the program is that; started as `dotnet X.dll` it is the host's first argument.
            if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
                start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "AgentOps.Benchmarks.dll"));
            foreach (string argument in arguments)
                start.ArgumentList.Add(argument);
            start.Environment["AGENTOPS_LOG_DIRECTORY"] = directory;
            using Process child = Process.Start(start)!;
            string answer = child.StandardOutput.ReadToEnd();
            child.WaitForExit();
            return double.Parse(answer, System.Globalization.CultureInfo.InvariantCulture);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
