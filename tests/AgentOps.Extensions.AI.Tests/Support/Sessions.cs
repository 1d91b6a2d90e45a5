using AgentOps.Events;

namespace AgentOps.Extensions.AI.Tests.Support;

/// <summary>Runs code in a session of its own and reads what it recorded.</summary>
internal static class Sessions
{
    /// <summary>The calls and errors that the code recorded, in the order of their start.</summary>
    public static async Task<IReadOnlyList<AgentEvent>> Record(Func<Task> body)
    {
        using Session session = Session.Start();
        await body();
        session.End(EndState.Success);
        return [.. session.ReadEvents().Where(static e => e is LlmEvent or ToolEvent or ActionEvent or ErrorEvent)];
    }

    /// <summary>The one call that the code recorded.</summary>
    public static async Task<T> RecordOne<T>(Func<Task> body)
        where T : AgentEvent => Assert.IsType<T>(Assert.Single(await Record(body), static e => e is not ErrorEvent));

    /// <summary>A parameter as JSON text.</summary>
    public static string? Param(this AgentEvent e, string name) => e.Params.FirstOrDefault(p => p.Name == name)?.Value.ToString();
}
