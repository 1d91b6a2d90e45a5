using AgentOps.Events;

namespace AgentOps.Generators.Tests;

/// <summary>Recorded partial methods, whose generated body records around the method that does the work.</summary>
public sealed class BodyModeTests
{
    [Fact]
    public async Task Call_is_recorded_once_with_arguments_result_and_declaration()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public sealed partial class Agent
            {
                [RecordTool("search")] public partial Task<string> Search(string q, int limit = 5);
                private async Task<string> SearchCore(string q, int limit) { await Task.Yield(); return q + limit; }
            }
            """,
            "Check.That(await new Agent().Search(\"a\") == \"a5\");");

        Assert.Equal(("search", "q=\"a\", limit=5", "\"a5\"", 3), (run.Call.DisplayName, run.Call.Arguments(), run.Call.Returns?.ToString(), run.Call.Site!.Line));
        Assert.Equal("Agent.Search(string, int)", run.Call.Site.Method);
    }

    [Theory]
    [InlineData("public Func<int, int> F => new C().M;", "new C().F(1)")]
    [InlineData("", "new[] { 1 }.Select(new C().M).Single()")]
    [InlineData("", "(int)typeof(C).GetMethod(\"M\")!.Invoke(new C(), [1])!")]
    [InlineData("", "(int)((dynamic)new C()).M(1)")]
    [InlineData("", "((System.Linq.Expressions.Expression<Func<int>>)(() => new C().M(1))).Compile()()")]
    [InlineData("", "new C().M(1)")]
    public async Task Every_caller_is_recorded_once(string member, string call)
    {
        RecordedRun run = await RecordedRun.Of(
            $$"""
            public sealed partial class C
            {
                {{member}}
                [RecordTool] public partial int M(int n);
                private int MCore(int n) => n + 1;
            }
            """,
            $"Check.That({call} == 2);");

        Assert.Equal(("M", "n=1", "2"), (run.Call.DisplayName, run.Call.Arguments(), run.Call.Returns?.ToString()));
    }

    [Theory]
    [InlineData("public static partial class C { [RecordTool] public static partial int M(int n); private static int MCore(int n) => n; }", "C.M(1)")]
    [InlineData("public static partial class C { [RecordTool] public static partial int M(this int n); private static int MCore(int n) => n; }", "1.M()")]
    [InlineData("public static partial class C { [RecordTool] public static partial T M<T>(T n) where T : struct; private static T MCore<T>(T n) where T : struct => n; }", "C.M(1)")]
    [InlineData("public partial class C<T> { [RecordTool] public partial T M(T n); private T MCore(T n) => n; }", "new C<int>().M(1)")]
    [InlineData("public partial class O<T> { public partial class I<U> where U : notnull { [RecordTool] public partial U M(U n); private U MCore(U n) => n; } }", "new O<string>.I<int>().M(1)")]
    [InlineData("public partial struct C { [RecordTool] public partial int M(int n); private int MCore(int n) => n; }", "new C().M(1)")]
    [InlineData("public partial struct C { [RecordTool] public readonly partial int M(int n); private readonly int MCore(int n) => n; }", "new C().M(1)")]
    [InlineData("public partial record C { [RecordTool] public partial int M(int n); private int MCore(int n) => n; }", "new C().M(1)")]
    [InlineData("public partial record struct C(int X) { [RecordTool] public partial int M(int n); private int MCore(int n) => n; }", "new C().M(1)")]
    [InlineData("public partial interface I { [RecordTool] public partial int M(int n); private int MCore(int n) => n; } public class C : I;", "((I)new C()).M(1)")]
    [InlineData("public partial class C { public int X() => M(1); [RecordTool] private partial int M(int n); private int MCore(int n) => n; }", "new C().X()")]
    [InlineData("public partial class C { private sealed class P; public int X() => M(1, null); [RecordTool] private partial int M(int n, P? p); private int MCore(int n, P? p) => n; }", "new C().X()")]
    [InlineData("public partial class C { private partial class P { [RecordTool] public partial int M(int n); private int MCore(int n) => n; } public int X() => new P().M(1); }", "new C().X()")]
    [InlineData("public partial class C { [RecordTool] public partial int M(in int n); private int MCore(in int n) => n; }", "new C().M(1)")]
    [InlineData("public partial class C { [RecordTool] public partial int M(params ReadOnlySpan<int> n); private int MCore(params ReadOnlySpan<int> n) => n.Length; }", "new C().M(1)")]
    [InlineData("public partial class C { [RecordTool] public unsafe partial int M(int n); private unsafe int MCore(int n) => n; }", "new C().M(1)")]
    [InlineData("public partial class C { [RecordTool] public partial int M(int @class); private int MCore(int other) => other; }", "new C().M(1)")]
    [InlineData("public partial class C { [RecordTool] public partial dynamic M(dynamic n); private dynamic MCore(dynamic n) => n; }", "(int)new C().M(1)")]
    [InlineData("public partial class C { [Obsolete(\"no\", true)] [RecordTool] public partial int M(int n); [Obsolete(\"no\", true)] private int MCore(int n) => n; [Obsolete] public int X() => M(1); }", "(int)typeof(C).GetMethod(\"X\")!.Invoke(new C(), null)!")]
    [InlineData("namespace A.@class { public partial class C { [RecordTool] public partial int M(int n); private int MCore(int n) => n; } }", "new A.@class.C().M(1)")]
    [InlineData("public partial class C { public int CallScope, PayloadWriter, RecordingGate, CallHandover; [RecordTool] public partial int M(string writer = \"a\", int call = 1); private int MCore(string writer, int call) => call; }", "new C().M()")]
    public async Task Shape_is_recorded(string declarations, string call)
    {
        RecordedRun run = await RecordedRun.Of(declarations, $"Check.That({call} == 1);");

        Assert.Equal("M", run.Call.DisplayName);
    }

    [Fact]
    public async Task By_reference_parameters_keep_their_values()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public partial struct C
            {
                public int Calls;
                [RecordTool] public partial bool M(ref int a, out string b);
                private bool MCore(ref int a, out string b) { Calls++; a++; b = "b"; return true; }
            }
            """,
            "var c = new C(); int a = 1; Check.That(c.M(ref a, out var b)); Check.That(a == 2 && b == \"b\" && c.Calls == 1);");

        Assert.Equal("a=1", run.Call.Arguments());
    }

    [Fact]
    public async Task Stream_is_recorded_to_its_end()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public partial class C
            {
                [RecordTool] public partial IAsyncEnumerable<int> M(int n, CancellationToken token = default);
                private async IAsyncEnumerable<int> MCore(int n, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token)
                {
                    for (int i = 0; i < n; i++) { await Task.Yield(); yield return i; }
                }
            }
            """,
            "int sum = 0; await foreach (int i in new C().M(3)) sum += i; Check.That(sum == 3);");

        Assert.Equal("3", run.Call.Returns!.Property("item_count")!.ToString());
    }

    [Fact]
    public async Task Failure_is_recorded_and_only_the_users_methods_stand_on_the_stack()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public partial class C
            {
                [RecordTool] public partial void M();
                private void MCore() => throw new FormatException("no");
            }
            """,
            """
            try { new C().M(); Check.That(false); }
            catch (FormatException e) { Check.That(e.StackTrace!.Contains("MCore") && !e.StackTrace.Contains("at C.M()")); }
            """);

        Assert.Equal(EventStatus.Error, run.Call.Status);
        Assert.Equal("System.FormatException", Assert.Single(run.Errors).ErrorType);
    }

    [Fact]
    public async Task What_the_body_calls_hangs_below_it()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            [TrackAgent("planner")]
            public partial class C
            {
                [RecordAction("outer")] public partial Task<int> M(int depth);
                private async Task<int> MCore(int depth) { await Task.Yield(); return depth == 0 ? Leaf() : await M(depth - 1); }
                [RecordTool("inner")] public static int Leaf() => 7;
            }
            """,
            "Check.That(await new C().M(1) == 7);");

        ActionEvent[] outer = [.. run.Events.OfType<ActionEvent>()];
        Assert.Equal(2, outer.Length);
        Assert.Equal((outer[0].Id, outer[1].Id), (outer[1].ParentId, run.Named("inner").ParentId));
        Assert.Equal("planner", outer[0].Agent?.Name);
    }

    [Fact]
    public async Task Nothing_is_recorded_outside_a_session_and_the_work_is_done()
    {
        RecordedRun run = await RecordedRun.Of(
            "public partial class C { [RecordTool] public static partial int M(); private static int MCore() => 1; }",
            "session.End(); Check.That(C.M() == 1);");

        Assert.DoesNotContain(run.Events, static e => e is ToolEvent);
    }

    [Theory]
    [InlineData("public partial class C { private static int s; [RecordTool] public static partial ref int M(); private static ref int MCore() => ref s; }", "C.M()")]
    [InlineData("public partial class C { private static int s; [RecordTool] public static partial ref readonly int M(); private static ref readonly int MCore() => ref s; }", "C.M()")]
    [InlineData("public partial class C { [RecordTool] public static partial ReadOnlySpan<int> M(); private static ReadOnlySpan<int> MCore() => [0]; }", "C.M()[0]")]
    public async Task Variable_or_ref_struct_that_comes_back_is_recorded_once_and_stays_what_it_is(string declarations, string call)
    {
        RecordedRun run = await RecordedRun.Of(declarations, $"Check.That({call} == 0); Func<int> indirect = () => {call}; Check.That(indirect() == 0);");

        Assert.Equal(2, run.Events.OfType<ToolEvent>().Count());
    }
}
