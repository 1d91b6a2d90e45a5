using System.Globalization;
using AgentOps.Log;

namespace AgentOps.TestAgent.Commands;

/// <summary>
/// <c>tend &lt;application&gt; &lt;most bytes&gt;</c>: opens a log and deletes what others left beyond a size, until the process is killed.
/// Prints <c>tending</c> before.
/// </summary>
internal static class TendCommand
{
    public static void Run(string[] arguments)
    {
        Console.WriteLine("tending");
        using var log = EventLogWriter.Open(new EventLogOptions
        {
            Root = Environment.GetEnvironmentVariable("AGENTOPS_LOG_DIRECTORY")!,
            Application = arguments[0],
            FirstSegmentBytes = 4 * LogFormat.UnitBytes,
            SegmentBytes = 4 * LogFormat.UnitBytes,
            MinSegmentBytes = 4 * LogFormat.UnitBytes,
            MaxBytes = long.Parse(arguments[1], CultureInfo.InvariantCulture),
            Tick = TimeSpan.FromMilliseconds(1),
        });
        Thread.Sleep(Timeout.Infinite);
    }
}
