using AgentOps.Events;

namespace AgentOps.Generators.Tests;

/// <summary>Which agent an event is attributed to.</summary>
public sealed class AgentTests
{
    private const string Tools =
        """
        public static class Tools
        {
            [RecordTool] public static int Leaf(int n) => n;
            [RecordTool] public static async Task<int> Slow(int n) { await Task.Yield(); return n; }
            [RecordLlm] public static string Ask(string prompt) => "yes";
        }
        """;

    [Fact]
    public async Task Each_instance_is_an_agent_of_its_own()
    {
        RecordedRun run = await RecordedRun.Of(
            """[TrackAgent("planner")] public sealed class Planner { [RecordAction] public int Plan(int n) => n; }""",
            "var one = new Planner(); var two = new Planner(); one.Plan(1); two.Plan(2); one.Plan(3);");

        AgentIdentity[] agents = [.. run.Events.OfType<ActionEvent>().Select(e => e.Agent!)];
        Assert.All(agents, agent => Assert.Equal("planner", agent.Name));
        Assert.Equal(agents[0].Id, agents[2].Id);
        Assert.NotEqual(agents[0].Id, agents[1].Id);
    }

    [Theory]
    [InlineData("[TrackAgent]", "Planner")]
    [InlineData("[TrackAgent(null)]", "Planner")]
    [InlineData("[TrackAgent(\"\")]", "Planner")]
    [InlineData("[TrackAgent(\"the planner\")]", "the planner")]
    public async Task Name_of_an_agent_is_its_classs_unless_one_is_given(string attribute, string name)
    {
        RecordedRun run = await RecordedRun.Of(
            $$"""{{attribute}} public sealed class Planner { [RecordAction] public int Plan() => 1; }""",
            "new Planner().Plan();");

        Assert.Equal(name, run.Call.Agent!.Name);
    }

    [Fact]
    public async Task Static_methods_belong_to_the_class()
    {
        RecordedRun run = await RecordedRun.Of(
            "[TrackAgent] public sealed class Planner { [RecordAction] public static int Plan(int n) => n; [RecordAction] public int Act() => 1; }",
            "Planner.Plan(1); Planner.Plan(2); new Planner().Act();");

        AgentIdentity[] agents = [.. run.Events.OfType<ActionEvent>().Select(e => e.Agent!)];
        Assert.Equal(agents[0], agents[1]);
        Assert.Equal("Planner", agents[0].Name);
        Assert.NotEqual(agents[0].Id, agents[2].Id);
    }

    [Fact]
    public async Task Calls_inside_an_agents_method_carry_the_agent()
    {
        RecordedRun run = await RecordedRun.Of(
            $$"""
            {{Tools}}
            public static class Other { public static async Task<int> Through(int n) { await Task.Yield(); return await Tools.Slow(n); } }
            [TrackAgent] public sealed class Planner
            {
                [RecordAction] public async Task Plan() { Tools.Ask("?"); await Tools.Slow(1); await Task.Run(() => Other.Through(2)); Tools.Leaf(3); }
            }
            """,
            "await new Planner().Plan(); Tools.Leaf(4);");

        AgentIdentity agent = run.Named("Plan").Agent!;
        AgentEvent[] inside = [.. run.Events.Where(e => e.ParentId == run.Named("Plan").Id)];
        Assert.Equal(4, inside.Length);
        Assert.Contains(inside, e => e is LlmEvent);
        Assert.All(inside, e => Assert.Equal(agent, e.Agent));
        Assert.Null(Assert.Single(run.Events, e => e.Arguments() == "n=4").Agent);
    }

    [Fact]
    public async Task Calls_of_an_agents_unrecorded_methods_are_attributed_to_its_class()
    {
        RecordedRun run = await RecordedRun.Of(
            $$"""
            {{Tools}}
            [TrackAgent("worker")] public sealed class Worker { public int Work() => Tools.Leaf(1); public Func<int> Later() => () => Tools.Leaf(2); }
            """,
            "new Worker().Work(); new Worker().Later()();");

        Assert.Equal(["worker", "worker"], run.Events.OfType<ToolEvent>().Select(e => e.Agent!.Name));
    }

    [Fact]
    public async Task Errors_and_records_made_by_hand_carry_the_agent_too()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            [TrackAgent] public sealed class Planner
            {
                [RecordAction] public void Plan() { Session.Current!.RecordTool(new ToolRecord("by hand")); throw new InvalidOperationException(); }
            }
            """,
            "try { new Planner().Plan(); } catch (InvalidOperationException) { }");

        AgentIdentity agent = run.Named("Plan").Agent!;
        Assert.Equal(agent, Assert.Single(run.Errors).Agent);
        Assert.Equal(agent, run.Named("by hand").Agent);
    }

    [Fact]
    public async Task Agent_called_by_another_agent_keeps_its_own_events()
    {
        RecordedRun run = await RecordedRun.Of(
            $$"""
            {{Tools}}
            [TrackAgent] public sealed class Boss { [RecordAction] public async Task Lead(Helper helper) { await helper.Help(); Tools.Leaf(1); } }
            [TrackAgent] public sealed class Helper { [RecordAction] public async Task Help() { await Task.Yield(); Tools.Leaf(2); } }
            """,
            "await new Boss().Lead(new Helper());");

        Assert.Equal(
            ["Boss: Lead", "Boss: Leaf", "Helper: Help", "Helper: Leaf"],
            run.Events.Where(e => e.Agent is not null).Select(e => $"{e.Agent!.Name}: {e.DisplayName}").Order(StringComparer.Ordinal));
        Assert.Equal(2, run.Events.Select(e => e.Agent).Where(a => a is not null).Distinct().Count());
    }

    [Fact]
    public async Task Class_nested_in_an_agent_makes_calls_for_it()
    {
        RecordedRun run = await RecordedRun.Of(
            $$"""
            {{Tools}}
            [TrackAgent] public sealed class Planner { public static class Parts { public static int Use() => Tools.Leaf(1); } }
            """,
            "Planner.Parts.Use();");

        Assert.Equal("Planner", run.Call.Agent!.Name);
    }

    [Fact]
    public async Task Mark_is_inherited()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            [TrackAgent] public abstract class Agent { [RecordAction("think")] public abstract int Think(); [RecordAction("rest")] public int Rest() => 0; }
            public sealed class Thinker : Agent { public override int Think() => 1; [RecordAction("own")] public int Own() => 2; }
            """,
            "var thinker = new Thinker(); Agent agent = thinker; agent.Think(); thinker.Think(); thinker.Rest(); thinker.Own();");

        AgentIdentity[] agents = [.. run.Events.OfType<ActionEvent>().Select(e => e.Agent!)];
        Assert.Equal(4, agents.Length);
        Assert.Single(agents.Distinct());
    }

    [Fact]
    public async Task Agents_that_go_are_not_kept_alive_by_their_record()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            [TrackAgent] public sealed class Planner { [RecordAction] public int Plan() => 1; }
            public static class Make
            {
                [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
                public static WeakReference One() { var planner = new Planner(); planner.Plan(); return new WeakReference(planner); }
            }
            """,
            """
                    WeakReference planner = Make.One();
                    GC.Collect(); GC.WaitForPendingFinalizers(); GC.Collect();
                    Check.That(!planner.IsAlive);
            """);

        Assert.NotNull(run.Call.Agent);
    }
}
