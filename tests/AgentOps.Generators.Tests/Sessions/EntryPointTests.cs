namespace AgentOps.Generators.Tests.Sessions;

/// <summary>What frameworks call is an entry point, unless something around it may open a session.</summary>
public sealed class EntryPointTests
{
    [Fact]
    public Task Tests_of_all_frameworks_are_entry_points() => SessionPrograms.VerifyMissingAsync(
        """
        public class Tests
        {
            [Xunit.Fact] public void A() => Agent.{|AOPS0502:Roll|}();
            [Xunit.Theory, Xunit.InlineData(1)] public async Task B(int n) => await Helper.{|AOPS0501:RunAsync|}(n);
            [NUnit.Framework.Test] public void C() => Agent.{|AOPS0502:Roll|}();
            [NUnit.Framework.TestCase(1)] public void D(int n) => Agent.{|AOPS0502:Roll|}();
            [Microsoft.VisualStudio.TestTools.UnitTesting.TestMethod] public void E() => Agent.{|AOPS0502:Roll|}();
            [Own] public void F() => Agent.{|AOPS0502:Roll|}();
            public void NotATest() => Agent.Roll();
            [Obsolete] public void NoTestEither() => Agent.Roll();
        }
        public sealed class OwnAttribute : Xunit.FactAttribute;
        static class Helper { public static Task RunAsync(int n) => new Agent().SearchAsync("q"); }
        """);

    [Fact]
    public Task Hosted_services_are_entry_points() => SessionPrograms.VerifyMissingAsync(
        """
        using Microsoft.Extensions.Hosting;
        class Worker(Agent agent) : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken t)
            {
                while (!t.IsCancellationRequested)
                    await {|AOPS0501:Round|}();
            }
            private async Task Round() => await agent.SearchAsync("q");
        }
        class Service : IHostedService
        {
            public Task StartAsync(CancellationToken t) { Agent.{|AOPS0502:Roll|}(); return Task.CompletedTask; }
            public Task StopAsync(CancellationToken t) { Agent.Roll(); return Task.CompletedTask; }
        }
        class Other { public Task StartAsync(CancellationToken t) { Agent.Roll(); return Task.CompletedTask; } }
        """);

    [Fact]
    public Task Actions_of_controllers_are_entry_points() => SessionPrograms.VerifyMissingAsync(
        """
        using Microsoft.AspNetCore.Mvc;
        public class AgentController(Agent agent) : ControllerBase
        {
            public string Get() => Ok(agent.{|AOPS0502:Search|}("q"));
            public string Post() { using var session = Session.Start(); return Ok(agent.Search("q")); }
            [NonAction] public string Not() => agent.Search("q");
            private string Neither() => agent.Search("q");
        }
        public abstract class BaseController : ControllerBase { public string Shared() => Ok(Agent.Roll()); }
        """);

    [Fact]
    public Task Endpoints_are_entry_points() => SessionPrograms.VerifyMissingAsync(
        """
        using Microsoft.AspNetCore.Builder;
        var app = WebApplication.Create();
        app.MapGet("/a", (Agent agent) => agent.{|AOPS0502:Search|}("q"));
        app.MapPost("/b", async (Agent agent) => { await {|AOPS0501:Ask|}(agent); });
        app.MapGet("/c", Handle);
        app.MapGet("/d", Handlers.Get);
        app.MapGet("/e", () => { using var session = Session.Start(); return Agent.Roll(); });
        app.Run();
        static int Handle() => Agent.{|AOPS0502:Roll|}();
        static Task<string> Ask(Agent agent) => agent.SearchAsync("q");
        """,
        ("/project/Handlers.cs", "static class Handlers { public static int Get() => Agent.{|AOPS0501:Roll|}(); }"));

    [Theory]
    [InlineData("using var session = Session.Start(); app.Run();")]
    [InlineData("app.Use(async (context, next) => { using var session = Session.Start(); await next(); }); app.Run();")]
    [InlineData("app.Use((context, next) => Session.RunAsync(null, s => next())); app.Run();")]
    [InlineData("app.Use((context, next) => Middleware.In(next)); app.Run();")]
    [InlineData("Serve(app);")]
    public Task Program_that_may_have_a_session_open_around_its_entry_points_is_silent(string set) => SessionPrograms.VerifyMissingAsync(
        $$"""
        using Microsoft.AspNetCore.Builder;
        var app = WebApplication.Create();
        app.MapGet("/a", (Agent agent) => agent.Search("q"));
        {{set}}
        static void Serve(WebApplication app) { using var session = Session.Start(); app.Run(); }
        static class Middleware { public static async Task In(Func<Task> next) { using (Session.Start()) await next(); } }
        public class C : Microsoft.AspNetCore.Mvc.ControllerBase { public int Get() => Agent.Roll(); }
        """);

    [Fact]
    public Task Service_that_opens_a_session_for_itself_wraps_nothing() => SessionPrograms.VerifyMissingAsync(
        """
        public class AgentService { public async Task<string> AskAsync() { await using var session = Session.Start(); return await new Agent().SearchAsync("q"); } }
        public class GoodController(AgentService service) : Microsoft.AspNetCore.Mvc.ControllerBase { public Task<string> Get() => service.AskAsync(); }
        public class BadController : Microsoft.AspNetCore.Mvc.ControllerBase { public int Get() => Agent.{|AOPS0502:Roll|}(); }
        """);

    [Theory]
    [InlineData("protected Session Opened = Session.Start();")]
    [InlineData("private readonly Session _session; public Tests() => _session = Session.Start();")]
    [InlineData("private Session? _session; [NUnit.Framework.SetUp] public void SetUp() => _session = Session.Start();")]
    [InlineData("[NUnit.Framework.SetUp] public void SetUp() => Session.Start();")]
    [InlineData("public Tests(Fixture fixture) => fixture.Session.AddTags();")]
    [InlineData("private readonly Fixture _fixture = new(); public int Use() => _fixture.GetHashCode();")]
    [InlineData("public Tests() => Opening.Begin();")]
    public Task Test_whose_class_may_have_opened_a_session_is_silent(string members) => SessionPrograms.VerifyMissingAsync(
        $$"""
        public class Tests { {{members}} [Xunit.Fact] public void A() => Agent.Roll(); [NUnit.Framework.Test] public void B() => Agent.Roll(); }
        public class Fixture { public Session Session { get; } = Session.Start(); }
        static class Opening { public static Session Begin() => Session.Start(); }
        """);
}
