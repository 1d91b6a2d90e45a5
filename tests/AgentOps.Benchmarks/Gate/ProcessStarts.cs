using System.Diagnostics;
using System.Globalization;

namespace AgentOps.Benchmarks.Gate;

/// <summary>How much later a program ends that is recorded, beside the same program without a recorder. Takes two published executables.</summary>
internal static class ProcessStarts
{
    private const int Runs = 200;
    private const double LimitMilliseconds = 5;

    public static int Run(string recorded, string bare, bool isStrict)
    {
        string directory = Directory.CreateTempSubdirectory("agentops-gate-").FullName;
        try
        {
            var withRecorder = new double[Runs];
            var without = new double[Runs];
            for (int run = -5; run < Runs; run++)
            {
                // By turns, so that both meet the same machine; the first few only warm the files up.
                double first = Time(recorded, directory);
                double second = Time(bare, directory);
                if (run >= 0)
                    (withRecorder[run], without[run]) = (first, second);
            }
            var report = new GateReport(isStrict);
            GateReport.Note(string.Create(CultureInfo.InvariantCulture, $"start to end, median of {Runs}: {Median(withRecorder):0.0} ms recorded, {Median(without):0.0} ms bare"));
            report.AtMost("recorded program, over the bare one", Median(withRecorder) - Median(without), LimitMilliseconds, "ms");
            GateReport.Note(string.Create(
                CultureInfo.InvariantCulture, $"size: {Kilobytes(recorded)} KB recorded, {Kilobytes(bare)} KB bare, {Kilobytes(recorded) - Kilobytes(bare)} KB more"));
            return report.Conclude();
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static double Time(string program, string logs)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true };
        start.Environment["AGENTOPS_LOG_DIRECTORY"] = logs;
        long begin = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
    }

    private static double Median(double[] times) => times.Order().ElementAt(times.Length / 2);

    private static long Kilobytes(string file) => new FileInfo(file).Length / 1024;
}
