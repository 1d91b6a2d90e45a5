using System.Text.Json;
using AgentOps.Events;

namespace AgentOps.TestAgent.Commands;

/// <summary>
/// <c>health [&lt;log directory&gt;]</c>: prints the recorder's health before the first session, with one open, and after its end;
/// then the types of the events that the session reads back.
/// </summary>
internal static class HealthCommand
{
    public static void Run(string[] arguments)
    {
        PrintHealth();
        if (arguments is [string directory])
            Recorder.Configure(new RecorderOptions { Directory = directory });
        using Session session = Session.Start();
        session.RecordAction(new ActionRecord("work"));
        PrintHealth();
        session.End(EndState.Success);
        PrintHealth();
        Console.WriteLine(JsonSerializer.Serialize(session.ReadEvents().Select(static (AgentEvent e) => e.EventType)));
    }

    private static void PrintHealth()
    {
        RecorderHealth health = RecorderHealth.Current;
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            Mode = health.Mode.ToString(),
            health.Problem,
            health.LogDirectory,
            health.OpenSessions,
            health.DroppedEvents,
        }));
    }
}
