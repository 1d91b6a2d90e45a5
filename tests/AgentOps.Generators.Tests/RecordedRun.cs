using AgentOps.Events;
using AgentOps.TestSupport;

namespace AgentOps.Generators.Tests;

/// <summary>A program made of declarations and a body that runs inside one session, and the events that running it recorded.</summary>
internal sealed record RecordedRun(Session Session, IReadOnlyList<AgentEvent> Events, IReadOnlyDictionary<string, string> GeneratedSources)
{
    /// <summary>The only tool, action or model call of the run.</summary>
    public AgentEvent Call => Assert.Single(Events, static e => e is ToolEvent or ActionEvent or LlmEvent);

    public IEnumerable<ErrorEvent> Errors => Events.OfType<ErrorEvent>();

    public AgentEvent Named(string name) => Assert.Single(Events, e => e is ToolEvent or ActionEvent && e.DisplayName == name);

    public static async Task<RecordedRun> Of(string declarations, string body)
    {
        GeneratedProgram program = GeneratedProgram.Create(
            $$"""
            {{declarations}}

            public static class Program
            {
                public static async Task<Session> Run()
                {
                    await using var session = Session.Start();
                    await Task.CompletedTask;
            {{body}}
                    return session;
                }
            }

            public static class Check
            {
                public static void That(bool truth, [System.Runtime.CompilerServices.CallerArgumentExpression("truth")] string? what = null)
                {
                    if (!truth)
                        throw new Exception("The program does not behave as it would unrecorded: " + what);
                }
            }
            """);
        Session session = await program.RunAsync<Session>();
        return new RecordedRun(session, session.ReadEvents(), program.GeneratedSources);
    }
}

internal static class EventText
{
    /// <summary>The arguments as <c>name=json</c>, joined.</summary>
    public static string Arguments(this AgentEvent e) => string.Join(", ", e.Params.Select(static p => $"{p.Name}={p.Value}"));
}
