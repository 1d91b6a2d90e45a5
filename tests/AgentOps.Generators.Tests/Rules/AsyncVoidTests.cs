using AgentOps.Generators.Diagnostics;
using AgentOps.TestSupport;

namespace AgentOps.Generators.Tests.Rules;

/// <summary>AOPS0105: recorded methods whose end nobody can know.</summary>
public sealed class AsyncVoidTests
{
    [Fact]
    public Task Recorded_async_void_method_is_reported() => Verify(
        """
        public static class Tools
        {
            [RecordAction] public static async void [|Forget|]() => await Task.Yield();
            [RecordTool] private static async void [|OnClick|](object? sender, EventArgs e) { await Task.Yield(); }
        }
        """);

    [Fact]
    public Task Override_and_implementation_of_what_is_recorded_are_reported() => Verify(
        """
        public interface IStep { [RecordAction] void Go(); }
        public sealed class Step : IStep { public async void [|Go|]() => await Task.Yield(); }
        public abstract class Base { [RecordAction] public abstract void Go(); public virtual void Stay() { } }
        public sealed class Derived : Base { public override async void [|Go|]() => await Task.Yield(); public override async void Stay() => await Task.Yield(); }
        """);

    [Fact]
    public Task Body_that_is_recorded_from_inside_is_reported_where_the_work_is_done() => Verify(
        """
        public partial class Tools
        {
            [RecordAction] partial void Go();
            private async void [|GoCore|]() => await Task.Yield();
        }
        """);

    [Fact]
    public Task Part_with_the_body_is_the_one_that_is_reported() => Verify(
        """
        public partial class Tools
        {
            [RecordAction] partial void Go();
            async partial void [|Go|]() => await Task.Yield();
        }
        """);

    [Fact]
    public Task Other_methods_are_left_alone() => Verify(
        """
        public static class Tools
        {
            public static async void NotRecorded() => await Task.Yield();
            [RecordAction] public static void NotAsync() { }
            [RecordAction] public static async Task Awaited() => await Task.Yield();
            [RecordAction] public static async ValueTask<int> AwaitedToo() { await Task.Yield(); return 1; }
            [DoNotRecord] public static async void LeftOut() => await Awaited();
            [RecordAction] public static void HasOneInside() { Later(); async void Later() => await Task.Yield(); }
        }
        """);

    private static Task Verify(string markup) => AnalyzerVerifier.VerifyAsync<RecordedMethodAnalyzer>(RuleIds.AsyncVoid, markup);
}
