using System.Globalization;

namespace AgentOps.TestAgent.Commands;

/// <summary>
/// <c>many-sessions &lt;sessions&gt; &lt;events&gt;</c>: runs sessions side by side over the thread pool, each with that many calls,
/// half of them behind an await; then prints how many events were dropped.
/// </summary>
internal static class ManySessionsCommand
{
    public static void Run(string[] arguments)
    {
        int sessions = int.Parse(arguments[0], CultureInfo.InvariantCulture);
        int events = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        using (Session first = Session.Start())
        {
            // The first segment is small, so that a process starts at once; the second is ready a moment later.
            SpinWait.SpinUntil(() => first.Log.HasSpare);
        }
        Parallel.ForAsync(0, sessions, async (number, _) =>
        {
            await using Session session = Session.Start(new SessionOptions { Name = number.ToString(CultureInfo.InvariantCulture) });
            for (int i = 0; i < events; i += 2)
            {
                Step(number, i);
                await StepAsync(number, i + 1);
            }
            session.End(EndState.Success);
        }).Wait();
        Console.WriteLine(RecorderHealth.Current.DroppedEvents);
    }

    [RecordTool("step")]
    internal static int Step(int session, int step) => session ^ step;

    [RecordTool("step")]
    internal static async Task<int> StepAsync(int session, int step)
    {
        await Task.Yield();
        return session ^ step;
    }
}
