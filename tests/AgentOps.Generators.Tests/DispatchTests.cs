using AgentOps.Events;

namespace AgentOps.Generators.Tests;

/// <summary>Calls whose method is found at run time: interfaces, overrides, covariant results; what is called is what would be.</summary>
public sealed class DispatchTests
{
    [Fact]
    public async Task Explicit_and_default_interface_methods_are_recorded()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public interface ITool { [RecordTool] int Do(); [RecordTool] int Twice() => Do() * 2; }
            public interface IMore : ITool { int ITool.Twice() => Do() * 3; }
            public sealed class One : ITool { int ITool.Do() => 1; }
            public struct Two : IMore { public int Calls; public int Do() => ++Calls; }
            """,
            """
                    Check.That(((ITool)new One()).Do() == 1 && ((ITool)new One()).Twice() == 2);
                    IMore two = new Two();
                    Check.That(two.Do() == 1 && two.Twice() == 6 && ((Two)two).Calls == 2);
            """);

        Assert.Equal(["1", "2", "1", "1", "6", "2"], run.Events.OfType<ToolEvent>().Select(static e => e.Returns!.ToString()));
    }

    [Fact]
    public async Task Covariant_override_and_hidden_method_are_the_ones_that_are_called()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public abstract class Animal { [RecordTool] public abstract Animal Make(); [RecordTool] public string Name() => "animal"; }
            public class Cat : Animal { public override Cat Make() => new(); [RecordTool] public new string Name() => "cat"; }
            public sealed class Kitten : Cat { [RecordTool] public override Kitten Make() => new(); }
            """,
            """
                    Kitten kitten = new Kitten().Make();
                    Cat cat = ((Cat)kitten).Make();
                    Animal animal = ((Animal)cat).Make();
                    Check.That(animal is Kitten && animal.Name() == "animal" && cat.Name() == "cat");
            """);

        Assert.Equal(5, run.Events.OfType<ToolEvent>().Count());
    }

    [Fact]
    public async Task Task_returning_implementation_that_throws_at_once_throws_at_once()
    {
        RecordedRun run = await ComparedRun.SameAsUnrecorded(
            """
            public interface ITool { [RecordTool] Task DoAsync(); [RecordTool] ValueTask<int> GetAsync(); [RecordTool] IAsyncEnumerable<int> All(); [RecordTool] IEnumerable<int> Each(); }
            public sealed class Eager(Exception failure) : ITool
            {
                public Task DoAsync() => throw failure;
                public ValueTask<int> GetAsync() => throw failure;
                public IAsyncEnumerable<int> All() => throw failure;
                public IEnumerable<int> Each() => throw failure;
            }
            """,
            """
                    var failure = new InvalidOperationException("at once");
                    ITool tool = new Eager(failure);
                    foreach (Func<object> call in (Func<object>[])[() => tool.DoAsync(), () => tool.GetAsync(), () => tool.All(), () => tool.Each()])
                    {
                        try { call(); Seen.Add("no exception"); } catch (InvalidOperationException e) { Seen.Add(e, failure); }
                    }
            """);

        Assert.Equal(4, run.Events.OfType<ToolEvent>().Count(static e => e.Status == EventStatus.Error));
    }

    [Fact]
    public async Task Null_receiver_fails_as_it_would_and_is_recorded_as_an_error()
    {
        RecordedRun run = await ComparedRun.SameAsUnrecorded(
            "public class Tools { [RecordTool] public virtual int Do(int n) => n; [RecordTool] protected internal int Other() => 1; } public interface ITool { [RecordTool] int Go(); }",
            """
                    Tools tools = null!; ITool tool = null!;
                    foreach (Func<int> call in (Func<int>[])[() => tools.Do(1), () => tools.Other(), () => tool.Go()])
                    {
                        try { call(); } catch (NullReferenceException e) { Seen.Add(e.Message); }
                    }
            """);

        Assert.Equal(2, run.Events.OfType<ToolEvent>().Count(static e => e.Status == EventStatus.Error && e.Name != "Other"));
    }

    [Fact]
    public async Task Pending_unstarted_and_failed_tasks_of_implementations_are_what_they_were()
    {
        await ComparedRun.SameAsUnrecorded(
            """
            public interface ITool { [RecordTool] Task Get(int which); }
            public sealed class Impl : ITool
            {
                public static readonly Task Cold = new(() => { });
                public Task Get(int which) => which switch { 0 => Cold, 1 => Task.CompletedTask, 2 => Task.FromException(new InvalidOperationException()), 3 => Task.FromCanceled(new CancellationToken(true)), _ => null! };
            }
            """,
            """
                    ITool tool = new Impl();
                    Seen.Add(ReferenceEquals(tool.Get(0), Impl.Cold));
                    Seen.Add(ReferenceEquals(tool.Get(1), Task.CompletedTask));
                    Seen.Add(tool.Get(2), null);
                    Seen.Add(tool.Get(3), null);
                    Seen.Add(tool.Get(4) is null);
            """);
    }
}
