using AgentOps.Events;

namespace AgentOps.Generators.Tests;

/// <summary>Marked methods in a session whose budget is used up.</summary>
public sealed class BudgetTests
{
    [Theory]
    [InlineData("static int Work(int n) { Made++; return n; }", "Subject.Work(i);")]
    [InlineData("static void Work(string text) => Made++;", "Subject.Work(\"text\");")]
    [InlineData("static object Work(object value) { Made++; return value; }", "Subject.Work(new { i });")]
    [InlineData("static async Task<int> Work(int n) { Made++; await Task.Yield(); return n; }", "await Subject.Work(i);")]
    [InlineData("static ValueTask Work(int n) { Made++; return default; }", "await Subject.Work(i);")]
    [InlineData("static IEnumerable<int> Work(int n) { Made++; yield return n; }", "foreach (int item in Subject.Work(i)) { }")]
    [InlineData("static async IAsyncEnumerable<int> Work(int n) { Made++; await Task.Yield(); yield return n; }", "await foreach (int item in Subject.Work(i)) { }")]
    [InlineData("static int Work(Session session, int n) { Made++; return n; }", "Subject.Work(session, i);")]
    public async Task Calls_beyond_the_budget_are_not_made(string method, string call)
    {
        RecordedRun run = await RecordedRun.Of(
            $$"""
            public static class Subject
            {
                public static int Made;
                [RecordTool] public {{method}}
            }
            """,
            $$"""
                    using var limited = Session.Start(new SessionOptions { Budget = new Budget { MaxCalls = 2, AtLimit = BudgetAction.Stop } });
                    int refused = 0;
                    for (int i = 0; i < 5; i++)
                    {
                        try
                        {
                            {{call.Replace("session", "limited", StringComparison.Ordinal)}}
                        }
                        catch (BudgetExceededException)
                        {
                            refused++;
                        }
                    }
                    Check.That(Subject.Made == 2);
                    Check.That(refused == 3);
                    Check.That(limited.BudgetUsage!.Calls == 2);
                    Check.That(limited.ReadEvents().OfType<AgentOps.Events.ToolEvent>().Count() == 2);
            """);

        Assert.Empty(run.Events.OfType<ToolEvent>());
    }

    [Fact]
    public async Task What_a_failed_call_costs_in_errors_counts_for_its_own_session()
    {
        await RecordedRun.Of(
            "public static class Subject { [RecordTool] public static async Task Fail() { await Task.Yield(); throw new InvalidOperationException(); } }",
            """
                    using var limited = Session.Start(new SessionOptions { Budget = new Budget { MaxErrors = 2 } });
                    for (int i = 0; i < 2; i++)
                    {
                        try { await Subject.Fail(); } catch (InvalidOperationException) { }
                    }
                    Check.That(limited.BudgetUsage!.Errors == 2);
                    Check.That(limited.CancellationToken.IsCancellationRequested);
            """);
    }
}
