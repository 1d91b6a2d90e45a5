using System.Collections.Immutable;
using System.Globalization;
using AgentOps.Generators.Diagnostics.Sessions;
using AgentOps.TestSupport;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentOps.Generators.Fuzz.Tests.BrokenCode;

/// <summary>Programs with sessions as they look while they are typed: the rules that follow sessions through them do not throw.</summary>
public sealed class BrokenSessionTests
{
    private const string Frameworks = """
        namespace Microsoft.Extensions.Hosting { public abstract class BackgroundService { protected abstract Task ExecuteAsync(CancellationToken t); } }
        namespace Microsoft.AspNetCore.Mvc { public abstract class ControllerBase; }
        namespace Microsoft.AspNetCore.Builder { public static class EndpointRouteBuilderExtensions { public static object MapGet(this object b, string route, Delegate handler) => b; } }
        public class Agent { [RecordTool] public static int Roll() => 4; [RecordTool] public Task<int> AskAsync(int n) => Task.FromResult(n); }
        """;

    private static readonly string[] s_programs =
    [
        "using var session = Session.Start(new() { Name = \"n\" }); if (args.Length > 0) { Run(session); return; } Agent.Roll(); Run(null); static void Run(Session? s) { Agent.Roll(); s?.End(EndState.Success, \"done\"); }",
        "Run(); using (var s = Session.Start()) { Agent.Roll(); } Deeper(3); static void Run() => Deeper(1); static void Deeper(int n) { if (n > 0) Deeper(n - 1); Agent.Roll(); }",
        "Session? s = null; try { s = args.Length > 0 ? Session.Start() : null; Agent.Roll(); s?.End(EndState.Success); } catch (Exception e) when (e is not null) { s?.End(EndState.Fail); throw; } finally { s?.Dispose(); } s.AddTags(\"t\"); s.End();",
        "foreach (string a in args) { var s = Session.Start(); try { if (a == \"b\") continue; switch (a) { case \"c\": s.Dispose(); break; default: goto done; } } finally { Agent.Roll(); } } done: Session.Start(); _ = Session.Resume(\"\");",
        "Func<Task> f = () => { using var s = Session.Start(); return new Agent().AskAsync(1); }; Task<int> t; using (Session.Start()) t = new Agent().AskAsync(2); await t; await f();",
        "class C { private Session _s = Session.Start(); private Session? _t; [OpensSession] public void Open() => _t = Session.Start(); [RequiresSession] public int Use() { _t?.AddTags(\"t\"); return Agent.Roll(); } static void Main() { new C().Use(); new C().Open(); } }",
        "using Microsoft.AspNetCore.Builder; var app = new object(); app.MapGet(\"/\", () => Agent.Roll()); app.MapGet(\"/b\", Handle); static int Handle() => Agent.Roll(); public class D : Microsoft.AspNetCore.Mvc.ControllerBase { public int Get() => Agent.Roll(); } class W : Microsoft.Extensions.Hosting.BackgroundService { protected override async Task ExecuteAsync(CancellationToken t) { while (true) { await using var s = Session.Start(); await new Agent().AskAsync(1); } } }",
        "static class P { static async Task Main() { await Session.RunAsync(null, async s => { s.End(); await Inner(); }); await Inner(); } static async Task<int> Inner() { lock (new object()) { Agent.Roll(); } return await new Agent().AskAsync(1); } [Xunit.Fact] static IEnumerable<int> Items() { var s = Session.Start(); yield return Agent.Roll(); s.End(); } }",
    ];

    private static readonly ImmutableArray<DiagnosticAnalyzer> s_analyzers = [new MissingSessionAnalyzer(), new SessionLifetimeAnalyzer()];

    [Fact]
    public async Task Rules_of_sessions_survive_tokens_left_out_doubled_and_swapped()
    {
        int rounds = LongTests.Times(400, 50_000);
        for (int round = 0; round < rounds; round++)
        {
            Random random = TestSeed.ForRound(round);
            string damaged = TokenDamage.Apply(s_programs[random.Next(s_programs.Length)], random);
            CSharpCompilation library = GeneratedProgram.Compile(("/project/Broken.cs", damaged), ("/project/Frameworks.cs", Frameworks));
            CSharpCompilation program = library.WithOptions(library.Options.WithOutputKind(OutputKind.ConsoleApplication));

            ImmutableArray<Diagnostic> reported = await program
                .WithAnalyzers(s_analyzers, new AnalyzerOptions([], new BuildProperties(new Dictionary<string, string>())))
                .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);

            if (reported.FirstOrDefault(static d => d.Id == "AD0001") is { } failure)
                Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"Seed {TestSeed.Value}, round {round}: {failure}\n{damaged}"));
        }
    }
}
