using AgentOps.Generators.Diagnostics.Sessions;

namespace AgentOps.Generators.Tests.Sessions;

/// <summary>Programs as people write them, with their sessions in order: no rule of sessions has anything to say.</summary>
public sealed class QuietSessionTests
{
    /// <summary>Whole programs by what they show.</summary>
    public static TheoryData<string, string> Programs => new()
    {
        { "console, using declaration", "using var session = Session.Start(new() { Name = \"run\" }); Console.WriteLine(new Agent().Search(\"q\")); session.End(EndState.Success);" },
        { "console, await using", "await using var session = Session.Start(); await new Agent().SearchAsync(\"q\");" },
        { "console, RunAsync", "await Session.RunAsync(new() { Name = \"run\" }, async session => { await new Agent().SearchAsync(\"q\"); Console.WriteLine(session.GetAnalytics().Counts); });" },
        { "console, RunAsync with a result", "string answer = await Session.RunAsync(null, async session => await new Agent().SearchAsync(\"q\")); Console.WriteLine(answer);" },
        { "console, RunAsync with a method", "await Session.RunAsync(null, Run); static Task Run(Session session) => new Agent().SearchAsync(session.Name!);" },
        { "console, resumed or started", "await using Session session = args is [string id] ? Session.Resume(id) : Session.Start(); Agent.Roll();" },
        { "console, environment decides", "using Session session = Environment.GetEnvironmentVariable(\"S\") is { } id ? Session.Resume(id) : Session.Start(); Agent.Roll();" },
        { "console, session only if asked for", "using Session? session = args.Length > 0 ? Session.Start() : null; Agent.Roll();" },
        { "console, session only in one branch", "Session? session = null; if (args.Length > 0) session = Session.Start(); Agent.Roll(); session?.Dispose();" },
        { "console, try and finally", "var session = Session.Start(); try { Agent.Roll(); } finally { session.Dispose(); }" },
        { "console, try, catch and states", "var session = Session.Start(); try { Agent.Roll(); session.End(EndState.Success); } catch (Exception e) { session.End(EndState.Fail, e.Message); throw; }" },
        { "console, exit codes", "using var session = Session.Start(); if (args.Length == 0) { session.End(EndState.Fail, \"no arguments\"); return 1; } Agent.Roll(); session.End(EndState.Success); return 0;" },
        { "console, early return without a session", "if (args.Length == 0) { Console.WriteLine(\"usage\"); return; } using var session = Session.Start(); Agent.Roll();" },
        { "console, a session a round", "foreach (string arg in args) { using var session = Session.Start(new() { Name = arg }); Agent.Roll(); }" },
        { "console, endless loop with scopes", "while (Console.ReadLine() is { Length: > 0 } line) { await using var session = Session.Start(); await new Agent().SearchAsync(line); }" },
        { "console, retries", "for (int i = 0; i < 3; i++) { using var session = Session.Start(); try { Agent.Roll(); break; } catch (Exception e) { session.End(EndState.Fail, e.Message); } }" },
        { "console, nested sessions", "using var outer = Session.Start(); using (var inner = Session.Start()) Agent.Roll(); Agent.Roll();" },
        { "console, several sessions side by side", "var all = args.Select(async a => { await using var session = Session.Start(); await new Agent().SearchAsync(a); }); await Task.WhenAll(all);" },
        { "console, tasks within the session", "using var session = Session.Start(); Task<string> a = new Agent().SearchAsync(\"a\"), b = new Agent().SearchAsync(\"b\"); await Task.WhenAll(a, b); Console.WriteLine(a.Result + b.Result);" },
        { "console, Task.Run with a session of its own", "await Task.Run(async () => { await using var session = Session.Start(); await new Agent().SearchAsync(\"q\"); });" },
        { "console, session passed to Task.Run", "var session = Session.Start(); await Task.Run(() => { using (session) Agent.Roll(); });" },
        { "console, session passed to a method", "using var session = Session.Start(); Run(session); static void Run(Session s) { s.AddTags(\"t\"); Agent.Roll(); }" },
        { "console, helper that starts it", "using var session = Begin(\"run\"); Agent.Roll(); static Session Begin(string name) => Session.Start(new() { Name = name });" },
        { "console, helper that keeps it", "static class Program { static Session? s_session; static void Main() { Begin(); Agent.Roll(); Finish(); } static void Begin() => s_session = Session.Start(); static void Finish() => s_session?.End(); }" },
        { "console, static field", "static class Program { static readonly Session s_session = Session.Start(); static void Main() { try { Agent.Roll(); } finally { s_session.Dispose(); } } }" },
        { "console, field of the program", "class Program { readonly Session _session = Session.Start(); static void Main() { var p = new Program(); p.Run(); p._session.End(); } void Run() => Agent.Roll(); }" },
        { "console, run object of one's own", "using var run = new Run(); Agent.Roll(); sealed class Run : IDisposable { private readonly Session _session = Session.Start(); public void Dispose() => _session.Dispose(); }" },
        { "console, run object with a factory", "using var run = Run.Begin(); Agent.Roll(); sealed class Run : IDisposable { private Session? _session; public static Run Begin() { var r = new Run(); r._session = Session.Start(); return r; } public void Dispose() => _session?.Dispose(); }" },
        { "console, agent behind an interface", "IAgent agent = new Impl(); agent.Go(); interface IAgent { void Go(); } class Impl : IAgent { public void Go() { using var session = Session.Start(); Agent.Roll(); } }" },
        { "console, agent behind a base class", "Base agent = args.Length > 0 ? new Impl() : new Other(); agent.Go(); abstract class Base { public abstract void Go(); } class Impl : Base { public override void Go() => Agent.Roll(); } class Other : Base { public override void Go() { } }" },
        { "console, commands by name", "var commands = new Dictionary<string, Action> { [\"a\"] = Commands.A, [\"b\"] = () => Agent.Roll() }; commands[args[0]](); static class Commands { public static void A() => Agent.Roll(); }" },
        { "console, tools handed over", "Use(Agent.Roll, new Agent().SearchAsync); static void Use(Func<int> f, Func<string, Task<string>> g) { using var session = Session.Start(); f(); }" },
        { "console, stream read in the session", "await using var session = Session.Start(); await foreach (string part in new Agent().StreamAsync(\"q\")) Console.WriteLine(part);" },
        { "console, items made later", "var items = Items(); using var session = Session.Start(); foreach (int i in items) Console.WriteLine(i); static IEnumerable<int> Items() { yield return Agent.Roll(); }" },
        { "console, not recorded on purpose", "Ping(); [DoNotRecord] static void Ping() => Agent.Roll();" },
        { "console, current session ended", "Open(); Agent.Roll(); Session.Current?.End(); static void Open() => Session.Start();" },
        { "console, asked whether there is one", "if (Session.Current is null) Console.WriteLine(\"no session\"); else Agent.Roll();" },
        { "console, setup by a delegate", "Action setup = () => Held.Session = Session.Start(); setup(); Agent.Roll(); Held.Session?.Dispose(); static class Held { public static Session? Session; }" },
        { "console, nothing recorded is called", "Console.WriteLine(new Agent().Plain());" },
        { "library", "public class Library { public Task<string> AskAsync() => new Agent().SearchAsync(\"q\"); public int Roll() => Inner(); private int Inner() => Agent.Roll(); }" },
        { "library that hands sessions out", "public static class Sessions { public static Session Begin() { var session = Session.Start(); session.AddTags(\"library\"); return session; } public static bool TryBegin(out Session? session) { session = Session.Start(); return true; } }" },
        { "library with a pool of sessions", "public sealed class Pool : IDisposable { private readonly List<Session> _all = []; public Session Take() { var s = Session.Start(); _all.Add(s); return s; } public void Dispose() { foreach (Session s in _all) s.Dispose(); } }" },
        { "web, session around all requests", "using Microsoft.AspNetCore.Builder; var app = WebApplication.Create(); app.Use(async (c, next) => { await using var session = Session.Start(); await next(); }); app.MapGet(\"/\", () => Agent.Roll()); app.Run();" },
        { "web, session in each endpoint", "using Microsoft.AspNetCore.Builder; var app = WebApplication.Create(); app.MapGet(\"/\", async (Agent a) => { await using var session = Session.Start(); return await a.SearchAsync(\"q\"); }); app.Run();" },
        { "web, session injected", "using Microsoft.AspNetCore.Builder; var app = WebApplication.Create(); app.MapGet(\"/\", (Session session, Agent a) => a.Search(\"q\")); app.Run();" },
        { "web, session from a container", "using Microsoft.AspNetCore.Builder; var app = WebApplication.Create(); Add(() => Session.Start()); app.MapGet(\"/\", () => Agent.Roll()); app.Run(); static void Add(Func<Session> make) { }" },
        { "web, controller with a service that has one", "public class C(Service service) : Microsoft.AspNetCore.Mvc.ControllerBase { public Task<string> Get() => service.AskAsync(); } public class Service { public async Task<string> AskAsync() { await using var session = Session.Start(); return await new Agent().SearchAsync(\"q\"); } }" },
        { "web, controller with the session injected", "public class C(Session session) : Microsoft.AspNetCore.Mvc.ControllerBase { private readonly Session _session = session; public int Get() => Agent.Roll() + _session.Tags.Count; }" },
        { "web, base controller opens it", "public abstract class Base : Microsoft.AspNetCore.Mvc.ControllerBase { protected Session Open() => Session.Start(); } public class C : Base { public int Get() { using var session = Open(); return Agent.Roll(); } }" },
        { "worker with a session a round", "class W(Agent agent) : Microsoft.Extensions.Hosting.BackgroundService { protected override async Task ExecuteAsync(CancellationToken t) { while (!t.IsCancellationRequested) { await using var session = Session.Start(); await Round(); } } Task Round() => agent.SearchAsync(\"q\"); }" },
        { "worker that keeps one from start to stop", "sealed class W : Microsoft.Extensions.Hosting.IHostedService { private Session? _session; public Task StartAsync(CancellationToken t) { _session = Session.Start(); return new Agent().SearchAsync(\"q\"); } public Task StopAsync(CancellationToken t) { _session?.End(); return Task.CompletedTask; } }" },
        { "worker in a host with a session", "using Microsoft.Extensions.Hosting; static class Program { static void Main() { using var session = Session.Start(); Build().Run(); } static IHost Build() => null!; } class W : BackgroundService { protected override Task ExecuteAsync(CancellationToken t) => new Agent().SearchAsync(\"q\"); }" },
        { "tests with a session each", "public class T { [Xunit.Fact] public void A() { using var session = Session.Start(); Agent.Roll(); } [Xunit.Fact] public async Task B() => await Session.RunAsync(null, s => new Agent().SearchAsync(\"q\")); }" },
        { "tests with one of the class", "public sealed class T : IDisposable { private readonly Session _session = Session.Start(); [Xunit.Fact] public void A() => Agent.Roll(); public void Dispose() => _session.Dispose(); }" },
        { "tests with a class fixture", "public class F : IDisposable { public Session Session { get; } = Session.Start(); public void Dispose() => Session.Dispose(); } public class T(F fixture) : Xunit.IClassFixture<F> { [Xunit.Fact] public void A() { Agent.Roll(); Console.WriteLine(fixture); } }" },
        { "tests with set-up and tear-down", "public class T { private Session? _session; [NUnit.Framework.SetUp] public void Up() => _session = Session.Start(); [NUnit.Framework.TearDown] public void Down() => _session?.Dispose(); [NUnit.Framework.Test] public void A() => Agent.Roll(); }" },
        { "tests with a base class", "public abstract class B : IDisposable { protected Session Session { get; } = Session.Start(); public void Dispose() => Session.Dispose(); } public class T : B { [Xunit.Fact] public void A() => Agent.Roll(); }" },
        { "tests run in a session by a helper", "public class T { [Xunit.Fact] public void A() => H.InSession(() => Agent.Roll()); [Xunit.Fact] public void B() => Agent.Roll(); } static class H { public static void InSession(Action test) { using var session = Session.Start(); test(); } }" },
        { "tests of refusals", "public class T { [Xunit.Fact] public void A() => Xunit.Assert.Throws<ArgumentException>(() => Session.Resume(\"\")); [Xunit.Fact] public void B() => Xunit.Assert.Throws<ArgumentException>(() => { Session.Start(new() { Tags = { \"\" } }); }); }" },
        { "tests that look after the end", "public class T { [Xunit.Fact] public void A() { var session = Session.Start(); session.End(EndState.Success); Xunit.Assert.True(session.IsEnded); Xunit.Assert.Empty(session.ReadEvents()); } }" },
        { "async helper with ValueTask", "using var session = Session.Start(); await CountAsync(); static ValueTask<int> CountAsync() => new Agent().CountAsync();" },
        { "session in a tuple and a record", "var run = (Session.Start(), 1); var kept = new Kept(Session.Start()); Agent.Roll(); run.Item1.End(); kept.Session.End(); record Kept(Session Session);" },
        { "session in a switch", "using Session session = args.Length switch { 0 => Session.Start(), 1 => Session.Resume(args[0]), _ => throw new ArgumentException(\"args\") }; Agent.Roll();" },
        { "using of an existing session", "Session session = Session.Start(); session.AddTags(\"t\"); using (session) { Agent.Roll(); }" },
        { "goto and labels", "int n = 0; again: using (Session.Start()) Agent.Roll(); if (n++ < 2) goto again;" },
        { "lock around the session", "object gate = new(); lock (gate) { using var session = Session.Start(); Agent.Roll(); }" },
        { "setup by a method group", "Run(Setup); Agent.Roll(); Held.Session?.Dispose(); static void Run(Action a) => a(); static void Setup() => Held.Session = Session.Start(); static class Held { public static Session? Session; }" },
        { "module initializer", "static class Setup { public static Session? Session; [System.Runtime.CompilerServices.ModuleInitializer] public static void Init() => Session = AgentOps.Session.Start(); } static class Program { static void Main() => Agent.Roll(); }" },
    };

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Program_in_order_is_silent(string shows, string source)
    {
        Assert.NotEmpty(shows);
        Assert.Empty(await SessionPrograms.AnalyzeAsync<MissingSessionAnalyzer>(source));
        Assert.Empty(await SessionPrograms.AnalyzeAsync<SessionLifetimeAnalyzer>(source));
    }

    /// <summary>Silence is worth something only where the rules look: without their sessions the programs are not silent.</summary>
    [Theory]
    [InlineData("console, using declaration", "using var session = Session.Start(new() { Name = \"run\" }); ", "session.End(EndState.Success);")]
    [InlineData("worker with a session a round", "await using var session = Session.Start(); ", "no such text")]
    [InlineData("tests with a session each", "using var session = Session.Start(); ", "no such text")]
    public async Task Program_without_its_session_is_not(string shows, string session, string more)
    {
        string source = Programs.Single(p => p.Data.Item1 == shows).Data.Item2;
        string without = source.Replace(session, "", StringComparison.Ordinal).Replace(more, "", StringComparison.Ordinal);

        Assert.NotEqual(source, without);
        Assert.Single(await SessionPrograms.AnalyzeAsync<MissingSessionAnalyzer>(without));
    }
}
