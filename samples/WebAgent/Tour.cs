using AgentOps;
using AgentOps.Events;

namespace WebAgent;

/// <summary>Asks the agent twice by HTTP and shows what was recorded of that.</summary>
internal static class Tour
{
    public static async Task<bool> RunAsync(string address)
    {
        if (RecorderHealth.Current.LogDirectory is null)
        {
            Console.WriteLine($"Nothing to show: what is recorded is kept in memory only ({RecorderHealth.Current.LogProblem}).");
            return false;
        }
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        Console.WriteLine($"health: {await client.GetStringAsync("/health")}");
        foreach (string city in (string[])["Lisbon", "Porto"])
        {
            using HttpResponseMessage response = await client.GetAsync($"/trips/{city}");
            Console.WriteLine($"\nGET /trips/{city}  {(int)response.StatusCode}  {await response.Content.ReadAsStringAsync()}");
            Guid session = Guid.Parse(response.Headers.GetValues("X-AgentOps-Session").Single());
            await ShowAsync(session);
        }
        Console.WriteLine($"\nThe log lies in {RecorderHealth.Current.LogDirectory}; 'agentops show last' shows it too.");
        return true;
    }

    /// <summary>The answer is here a moment before its session has ended.</summary>
    private static async Task ShowAsync(Guid session)
    {
        EventLogReader log = EventLogReader.Open(RecorderHealth.Current.LogDirectory!);
        IReadOnlyList<AgentEvent> events = log.ReadEvents(session);
        while (!events.Any(static e => e is SessionEndEvent))
        {
            await Task.Delay(10);
            events = log.ReadEvents(session);
        }
        foreach (AgentEvent e in events)
            Console.WriteLine($"  {LevelOf(e, events)}{Describe(e)}");
    }

    private static string Describe(AgentEvent e) => e switch
    {
        SessionStartEvent start => $"session {start.Name} [{string.Join(", ", start.Tags)}]",
        SessionEndEvent end => $"session {end.EndState} {end.Reason}".TrimEnd(),
        LogEvent record => $"log {record.Severity}: {record.Message}",
        ErrorEvent error => $"error {error.ErrorType}: {error.Details}",
        _ => $"{e.EventType} {e.DisplayName} by {e.Agent?.Name} {e.Duration?.TotalMilliseconds:0.0} ms",
    };

    private static string LevelOf(AgentEvent e, IReadOnlyList<AgentEvent> events)
    {
        int level = 0;
        for (AgentEvent? outer = e; (outer = events.FirstOrDefault(o => o.Id == outer!.ParentId)) is not null;)
            level++;
        return new string(' ', 2 * level);
    }
}
