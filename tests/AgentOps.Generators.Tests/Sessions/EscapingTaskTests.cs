namespace AgentOps.Generators.Tests.Sessions;

/// <summary>Recorded calls that go on after the session they belong to.</summary>
public sealed class EscapingTaskTests
{
    [Theory]
    [InlineData("Task<string>", "using var session = Session.Start(); return agent.{|AOPS0507:SearchAsync|}(\"q\");")]
    [InlineData("Task<string>", "using (Session.Start()) { return agent.{|AOPS0507:SearchAsync|}(\"q\"); }")]
    [InlineData("Task<string>", "using (var session = Session.Start()) return flag ? agent.{|AOPS0507:SearchAsync|}(\"q\") : Task.FromResult(\"\");")]
    [InlineData("ValueTask<int>", "using var session = Session.Start(); if (flag) { return agent.{|AOPS0507:CountAsync|}(); } return new(1);")]
    [InlineData("Task<int>", "using var session = Session.Start(); return agent.{|AOPS0507:CountAsync|}().AsTask();")]
    [InlineData("Task", "using var session = Session.Start(); return agent.{|AOPS0507:SearchAsync|}(\"q\");")]
    [InlineData("Task", "using var session = Session.Start(); var task = agent.{|AOPS0507:SearchAsync|}(\"q\"); return task;")]
    [InlineData("Task", "using var session = Session.Start(); return Task.WhenAll(agent.{|AOPS0507:SearchAsync|}(\"a\"), agent.{|AOPS0507:SearchAsync|}(\"b\"));")]
    [InlineData("Task", "using var session = Session.Start(); return flag switch { true => agent.{|AOPS0507:SearchAsync|}(\"a\"), _ => Task.CompletedTask };")]
    [InlineData("IAsyncEnumerable<string>", "using var session = Session.Start(); return agent.{|AOPS0507:StreamAsync|}(\"q\");")]
    [InlineData("Func<Task>", "return () => { using var session = Session.Start(); return agent.{|AOPS0507:SearchAsync|}(\"q\"); };")]
    [InlineData("async Task", "Task<string> task; using (Session.Start()) { task = agent.{|AOPS0507:SearchAsync|}(\"q\"); } await task;")]
    [InlineData("async Task", "Task<string>? task = null; await using (Session.Start()) task = agent.{|AOPS0507:SearchAsync|}(\"q\"); Console.WriteLine(await task);")]
    public Task Task_that_leaves_the_scope_of_its_session_is_reported(string type, string body) => Verify(type, body);

    [Theory]
    [InlineData("async Task<string>", "using var session = Session.Start(); return await agent.SearchAsync(\"q\");")]
    [InlineData("Task<string>", "return agent.SearchAsync(\"q\");")]
    [InlineData("Task<string>", "using (Session.Start()) { agent.Search(\"q\"); } return agent.SearchAsync(\"q\");")]
    [InlineData("Task<string>", "var session = Session.Start(); Program.Keep(session); return agent.SearchAsync(session.Id.ToString());")]
    [InlineData("Task<string>", "using var session = Session.Start(); var task = agent.SearchAsync(\"q\"); task.Wait(); return task;")]
    [InlineData("Task<string>", "using var session = Session.Start(); return Task.FromResult(agent.Search(\"q\"));")]
    [InlineData("Task<string>", "using var session = Session.Start(); return Task.FromResult(agent.SearchAsync(\"q\").Result);")]
    [InlineData("string", "using var session = Session.Start(); return agent.Search(\"q\");")]
    [InlineData("Task<string>", "return Session.RunAsync(null, session => agent.SearchAsync(\"q\"));")]
    [InlineData("async Task", "using var session = Session.Start(); await Task.WhenAll(new[] { 1, 2 }.Select(i => agent.SearchAsync(\"q\")));")]
    [InlineData("async Task", "using var session = Session.Start(); await Task.WhenAll(new[] { 1, 2 }.Select(i => { return agent.SearchAsync(\"q\"); }));")]
    [InlineData("async Task", "Task<string> task; using (Session.Start()) { task = agent.SearchAsync(\"q\"); await task; } Console.WriteLine(task.Result);")]
    [InlineData("async Task", "using (Session.Start()) { Task<string> task = agent.SearchAsync(\"q\"); await task; }")]
    [InlineData("Task", "using var stream = new System.IO.MemoryStream(); return agent.SearchAsync(\"q\");")]
    [InlineData("Task<int>", "using var session = Session.Start(); return Task.FromResult(agent.Plain());")]
    [InlineData("Task", "using var session = Session.Start(); [DoNotRecord] Task Call() => agent.SearchAsync(\"q\"); return Task.CompletedTask;")]
    [InlineData("object", "using var session = Session.Start(); object o = agent; return o;")]
    public Task Task_that_is_done_before_its_session_is_left_alone(string type, string body) => Verify(type, body);

    private static Task Verify(string type, string body) =>
        SessionPrograms.VerifyLifetimeAsync($$"""static class Subject { static {{type}} Method(Agent agent, bool flag) { {{body}} } } static class Program { public static void Keep(Session s) { } }""");
}
