using AgentOps.TestSupport;

namespace AgentOps.Generators.Tests;

/// <summary>
/// One program run twice, compiled with and without the generator. What it sees of itself must be the same, word for word; only
/// the record may differ.
/// </summary>
internal static class ComparedRun
{
    /// <summary>
    /// Runs declarations and a body that says what it sees through <c>Seen.Add</c>, both ways, and gives the recorded run.
    /// </summary>
    public static async Task<RecordedRun> SameAsUnrecorded(string declarations, string body)
    {
        string source =
            $$"""
            {{declarations}}

            public static class Program
            {
                public static async Task<(Session, string)> Run()
                {
                    await using var session = Session.Start();
                    await Task.CompletedTask;
            {{body}}
                    return (session, Seen.Text);
                }
            }

            public static class Seen
            {
                private static readonly List<string> s_lines = [];
                public static string Text { get { lock (s_lines) return string.Join("\n", s_lines); } }
                public static void Add(object? what) { lock (s_lines) s_lines.Add(what?.ToString() ?? "null"); }
                public static void Add(Exception e, Exception expected)
                {
                    Add("same object: " + ReferenceEquals(e, expected));
                    Add("top frame: " + new System.Diagnostics.StackTrace(e).GetFrame(0)!.GetMethod()!.DeclaringType!.FullName!.Split('+', '.')[0]);
                    Add(e.ToString());
                }
                public static void Add(Task task, Exception? observed) =>
                    Add($"{task.Status}, {observed?.GetType()}, {(observed as OperationCanceledException)?.CancellationToken.CanBeCanceled}, {task.Exception?.InnerExceptions.Count}");
            }
            """;

        (_, string unrecorded) = await GeneratedProgram.CreateUnrecorded(source).RunAsync<(Session, string)>();
        GeneratedProgram program = GeneratedProgram.Create(source);
        (Session session, string recorded) = await program.RunAsync<(Session, string)>();

        Assert.NotEmpty(unrecorded);
        Assert.Equal(unrecorded, recorded);
        var run = new RecordedRun(session, session.ReadEvents(), program.GeneratedSources);
        Assert.Contains(run.Events, static e => e.Site is not null);
        return run;
    }
}
