using AgentOps.Events;

namespace AgentOps.Generators.Tests;

/// <summary>An agent is known by its own class, whatever the type is that it is called through.</summary>
public sealed class ReceiverAgentTests
{
    private const string Declarations =
        """
        public interface IAgent { [RecordAction] int Act(int n); [RecordAction] string Say(string text); [RecordAction] int Many(int a, int b, int c, int d); }
        public abstract class Base : IAgent
        {
            public virtual int Act(int n) => n;
            public string Say(string text) => text;
            public int Many(int a, int b, int c, int d) => a;
            [RecordAction] protected int Hidden(int n) => n;
            public int Use() => Hidden(1);
        }
        [TrackAgent("planner")] public class Planner : Base { }
        [TrackAgent] public sealed class Writer<T> : Base { }
        [TrackAgent("second planner")] public sealed class Second : Planner { }
        public sealed class Plain : Base { }
        """;

    [Theory]
    [InlineData("IAgent", "Act(1)")]
    [InlineData("IAgent", "Say(\"a\")")]
    [InlineData("IAgent", "Many(1, 2, 3, 4)")]
    [InlineData("Base", "Act(1)")]
    [InlineData("Base", "Say(\"a\")")]
    [InlineData("Base", "Use()")]
    public async Task Call_through_an_interface_or_unmarked_class_belongs_to_the_instance(string type, string call)
    {
        RecordedRun run = await RecordedRun.Of(
            Declarations,
            $"foreach ({type} agent in ({type}[])[new Planner(), new Planner(), new Writer<int>(), new Second(), new Plain()]) agent.{call};");

        AgentIdentity?[] agents = [.. run.Events.OfType<ActionEvent>().Select(static e => e.Agent)];
        Assert.Equal(["planner", "planner", "Writer", "second planner", null], agents.Select(static a => a?.Name));
        Assert.Equal(4, agents.OfType<AgentIdentity>().Select(static a => a.Id).Distinct().Count());
    }

    [Fact]
    public async Task Instance_is_the_same_agent_however_it_is_called()
    {
        RecordedRun run = await RecordedRun.Of(
            Declarations + "[TrackAgent] public sealed class Own : Base { [RecordAction] public int Direct(int n) => n; }",
            "var own = new Own(); own.Direct(1); ((IAgent)own).Act(2); own.Say(\"a\"); ((Base)own).Act(3);");

        Assert.Single(run.Events.OfType<ActionEvent>().Select(static e => e.Agent).Distinct());
    }

    [Fact]
    public async Task Receiver_that_is_no_agent_leaves_the_call_to_the_agent_around_it()
    {
        RecordedRun run = await RecordedRun.Of(
            Declarations + "[TrackAgent] public sealed class Boss { [RecordAction] public int Run(IAgent other) => other.Act(1); }",
            "new Boss().Run(new Plain()); new Boss().Run(new Planner());");

        Assert.Equal(["Boss", "planner"], run.Events.OfType<ActionEvent>().Where(static e => e.ActionType == "Act").Select(static e => e.Agent!.Name));
    }

    [Fact]
    public async Task Arguments_are_recorded_whether_or_not_the_receiver_is_an_agent()
    {
        RecordedRun run = await RecordedRun.Of(Declarations, "foreach (IAgent agent in (IAgent[])[new Planner(), new Plain()]) { agent.Act(7); agent.Say(\"x\"); agent.Many(1, 2, 3, 4); }");

        Assert.Equal(
            ["n=7", "text=\"x\"", "a=1, b=2, c=3, d=4", "n=7", "text=\"x\"", "a=1, b=2, c=3, d=4"],
            run.Events.OfType<ActionEvent>().Select(EventText.Arguments));
    }
}
