using AgentOps.Events;

namespace AgentOps.Extensions.Hosting.Tests.Support;

/// <summary>Reads back, from the log of this process, what sessions recorded.</summary>
internal static class RecordedEvents
{
    public static IReadOnlyList<LogEvent> Logs(this Session session) => [.. session.ReadEvents().OfType<LogEvent>()];

    /// <summary>The events of the one session of this name, which the test made up.</summary>
    public static IReadOnlyList<AgentEvent> OfSession(string name)
    {
        EventLogReader reader = EventLogReader.Open(TestLogs.Root);
        return reader.ReadEvents(Assert.Single(reader.ReadSessions(), s => s.Name == name).Id);
    }

    public static string? Param(this AgentEvent e, string name) => e.Params.FirstOrDefault(p => p.Name == name)?.Value.ToString();
}
