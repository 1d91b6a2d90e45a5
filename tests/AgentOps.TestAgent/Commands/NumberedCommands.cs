using System.Globalization;
using System.Runtime.CompilerServices;
using AgentOps.Log;

namespace AgentOps.TestAgent.Commands;

/// <summary>
/// Threads that record <see cref="NumberedText"/>s without end and acknowledge each, until the process is killed or ends itself.
/// Prints <c>writing</c> when every thread has begun.
/// </summary>
internal static class NumberedCommands
{
    /// <summary><c>write-frames &lt;acknowledgements&gt; &lt;threads&gt; &lt;segment bytes&gt; &lt;storage&gt;</c>: frames of a log of its own.</summary>
    public static void WriteFrames(string[] arguments)
    {
        long segmentBytes = long.Parse(arguments[2], CultureInfo.InvariantCulture);
        var log = EventLogWriter.Open(new EventLogOptions
        {
            Root = Environment.GetEnvironmentVariable("AGENTOPS_LOG_DIRECTORY")!,
            Application = "frames",
            FirstSegmentBytes = segmentBytes,
            SegmentBytes = segmentBytes,
            Tick = TimeSpan.FromMilliseconds(2),
            Storage = Enum.Parse<SegmentStorage>(arguments[3]),
        });
        Write(arguments, thread =>
        {
            var cursor = new OwnedCursor();
            log.Reclaimer.Register(cursor);
            var payload = new PayloadBuilder(PayloadBuilder.MaxLimit);
            return (number, text) =>
            {
                payload.Reset(PayloadBuilder.MaxLimit);
                payload.Write(text);
                Volatile.Write(ref cursor.Busy, 1);
                long position = FrameWriter.Write(log, cursor, FrameType.Manual, 0, (ulong)thread, (ulong)number, payload.Written);
                Volatile.Write(ref cursor.Busy, 0);
                return position != 0;
            };
        });
    }

    /// <summary>
    /// <c>record-numbered &lt;acknowledgements&gt; &lt;threads&gt; [&lt;end&gt;]</c>: calls in a session; after a while the process ends by
    /// <c>fail-fast</c> or <c>stack-overflow</c>, if one is named.
    /// </summary>
    public static void RecordCalls(string[] arguments)
    {
        using Session session = Session.Start(new SessionOptions { Name = "numbered" });
        LossCounters losses = session.Log.Losses;
        Write(arguments, thread => (number, text) =>
        {
            long before = losses.Total;
            int length = Numbered(thread, number, text);
            // Whoever's event was dropped meanwhile: if it may have been this one, it is not acknowledged.
            return length == text.Length && losses.Total == before;
        });
    }

    [RecordTool("numbered")]
    internal static int Numbered(int thread, int number, string text)
    {
        _ = thread;
        _ = number;
        return text.Length;
    }

    private static void Write(string[] arguments, Func<int, Func<int, string, bool>> open)
    {
        const int RecordsBeforeEnd = 500;
        var acknowledgements = new Acknowledgements(arguments[0]);
        int threads = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        string? end = arguments.Length == 3 ? arguments[2] : null;
        using var begun = new CountdownEvent(threads);
        using var enough = new CountdownEvent(threads);
        for (int i = 0; i < threads; i++)
        {
            int thread = i;
            new Thread(() =>
            {
                Func<int, string, bool> write = open(thread);
                for (int number = 0; number < NumberedText.PerThread; number++)
                {
                    string text = NumberedText.Of(thread, number);
                    // No segment was ready; a later one will be.
                    while (!write(number, text))
                        Thread.Yield();
                    acknowledgements.Add(thread, number);
                    if (number == 0)
                        begun.Signal();
                    if (number == RecordsBeforeEnd)
                        enough.Signal();
                }
            }).Start();
        }
        begun.Wait();
        Console.WriteLine("writing");
        if (end is null)
            Thread.Sleep(Timeout.Infinite);
        enough.Wait();
        if (end == "fail-fast")
            Environment.FailFast("as asked");
        Overflow(0);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
    private static long Overflow(long depth) => Overflow(depth + 1) + depth;
}
