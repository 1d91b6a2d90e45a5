using AgentOps.Events;

namespace AgentOps.Generators.Tests;

/// <summary>Every shape of method that is recorded, compiled and run.</summary>
public sealed class MethodShapeTests
{
    [Fact]
    public async Task Synchronous_instance_call_records_arguments_result_and_place()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public sealed class Tools { [RecordTool("add")] public int Add(int a, int b) => a + b; }
            """,
            """
                    Check.That(new Tools().Add(2, 3) == 5);
            """);

        var tool = Assert.IsType<ToolEvent>(run.Call);
        Assert.Equal("add", tool.Name);
        Assert.Equal("a=2, b=3", tool.Arguments());
        Assert.Equal("5", tool.Returns!.ToString());
        Assert.Equal(EventStatus.Ok, tool.Status);
        Assert.Equal("Program.cs:9", tool.Site!.ToString());
        Assert.Equal("Tools.Add(int, int)", tool.Site.Method);
        Assert.Equal(run.Session.Id, tool.SessionId);
        Assert.True(tool.DurationNanoseconds > 0);
    }

    [Fact]
    public async Task Static_call_is_recorded()
    {
        RecordedRun run = await RecordedRun.Of(
            "public static class Tools { [RecordAction] public static string Upper(string text) => text.ToUpperInvariant(); }",
            """Check.That(Tools.Upper("a") == "A");""");

        var action = Assert.IsType<ActionEvent>(run.Call);
        Assert.Equal("Upper", action.ActionType);
        Assert.Equal("\"A\"", action.Returns!.ToString());
    }

    [Fact]
    public async Task Void_call_is_recorded_without_a_result()
    {
        RecordedRun run = await RecordedRun.Of(
            "public sealed class Tools { public int Sum; [RecordTool] public void Add(int a) => Sum += a; }",
            "var tools = new Tools(); tools.Add(4); Check.That(tools.Sum == 4);");

        Assert.Null(run.Call.Returns);
        Assert.NotNull(run.Call.Duration);
    }

    [Theory]
    [InlineData("Task", "await Task.Yield();", "await tools.Do(1);", null)]
    [InlineData("Task", "await Task.CompletedTask;", "await tools.Do(1);", null)]
    [InlineData("Task<int>", "await Task.Yield(); return a + 1;", "Check.That(await tools.Do(1) == 2);", "2")]
    [InlineData("Task<int>", "await Task.CompletedTask; return a + 1;", "Check.That(await tools.Do(1) == 2);", "2")]
    [InlineData("ValueTask", "await Task.Yield();", "await tools.Do(1);", null)]
    [InlineData("ValueTask", "await Task.CompletedTask;", "await tools.Do(1);", null)]
    [InlineData("ValueTask<int>", "await Task.Yield(); return a + 1;", "Check.That(await tools.Do(1) == 2);", "2")]
    [InlineData("ValueTask<int>", "await Task.CompletedTask; return a + 1;", "Check.That(await tools.Do(1) == 2);", "2")]
    public async Task Asynchronous_call_ends_when_its_task_does(string type, string body, string call, string? returns)
    {
        RecordedRun run = await RecordedRun.Of(
            $$"""public sealed class Tools { [RecordTool] public async {{type}} Do(int a) { {{body}} } }""",
            $"var tools = new Tools(); {call}");

        Assert.Equal("a=1", run.Call.Arguments());
        Assert.Equal(returns, run.Call.Returns?.ToString());
        Assert.Equal(EventStatus.Ok, run.Call.Status);
        Assert.NotNull(run.Call.Duration);
    }

    [Fact]
    public async Task Duration_of_an_asynchronous_call_spans_its_awaits()
    {
        RecordedRun run = await RecordedRun.Of(
            "public sealed class Tools { [RecordTool] public async Task<long> Wait() { long t = System.Diagnostics.Stopwatch.GetTimestamp(); await Task.Delay(30); return (long)System.Diagnostics.Stopwatch.GetElapsedTime(t).TotalNanoseconds; } }",
            "await new Tools().Wait();");

        Assert.True(run.Call.DurationNanoseconds >= run.Call.Returns!.AsInt64());
    }

    [Fact]
    public async Task Stream_ends_when_it_is_read_to_its_end()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public sealed class Tools
            {
                [RecordTool] public async IAsyncEnumerable<string> Words(string text)
                {
                    foreach (var word in text.Split(' ')) { await Task.Yield(); yield return word; }
                }
            }
            """,
            """
                    var seen = new List<string>();
                    await foreach (var word in new Tools().Words("a b c")) seen.Add(word);
                    Check.That(string.Join("", seen) == "abc");
            """);

        Assert.Equal("3", run.Call.Returns!.Property("item_count")!.ToString());
        Assert.Equal("""["a","b","c"]""", run.Call.Returns!.Property("items")!.ToString());
        Assert.Equal(EventStatus.Ok, run.Call.Status);
    }

    [Fact]
    public async Task Stream_that_is_left_early_is_abandoned_with_what_was_read()
    {
        RecordedRun run = await RecordedRun.Of(
            "public sealed class Tools { [RecordTool] public async IAsyncEnumerable<int> Count() { for (int i = 0; ; i++) { await Task.Yield(); yield return i; } } }",
            "await foreach (var i in new Tools().Count()) { if (i == 2) break; }");

        Assert.Equal(EventStatus.Abandoned, run.Call.Status);
        Assert.Equal("3", run.Call.Returns!.Property("item_count")!.ToString());
    }

    [Fact]
    public async Task Stream_gets_its_consumers_cancellation_token()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public sealed class Tools
            {
                [RecordTool] public async IAsyncEnumerable<int> Count([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token = default)
                {
                    for (int i = 0; ; i++) { token.ThrowIfCancellationRequested(); await Task.Yield(); yield return i; }
                }
            }
            """,
            """
                    using var source = new CancellationTokenSource();
                    try { await foreach (var i in new Tools().Count().WithCancellation(source.Token)) { if (i == 1) source.Cancel(); } Check.That(false); }
                    catch (OperationCanceledException e) { Check.That(e.CancellationToken == source.Token); }
            """);

        Assert.Equal(EventStatus.Cancelled, run.Call.Status);
        Assert.Empty(run.Errors);
    }

    [Fact]
    public async Task Generic_method_and_type_are_recorded_for_every_instantiation()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public class Box<T>(T value) where T : notnull
            {
                [RecordTool] public (T, U) With<U>(U other) where U : struct => (value, other);
            }
            """,
            """
                    Check.That(new Box<string>("x").With(7) == ("x", 7));
                    Check.That(new Box<int>(1).With(true) == (1, true));
                    var anonymous = new Box<object>(new { A = 1 }).With('c');
            """);

        Assert.Equal(["other=7", "other=true", "other=\"c\""], run.Events.OfType<ToolEvent>().Select(EventText.Arguments));
    }

    [Fact]
    public async Task Struct_receiver_keeps_what_the_call_changes_in_it()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public struct Counter { public int Value; [RecordTool] public int Add(int n) => Value += n; [RecordTool] public readonly int Read() => Value; }
            public readonly struct Point(int x) { [RecordTool] public int X() => x; }
            """,
            """
                    var counter = new Counter();
                    counter.Add(2); counter.Add(3);
                    Check.That(counter.Read() == 5);
                    Check.That(new Point(4).X() == 4);
            """);

        Assert.Equal(["2", "5", "5", "4"], run.Events.OfType<ToolEvent>().Select(e => e.Returns!.ToString()));
    }

    [Fact]
    public async Task Reference_out_in_and_params_parameters_are_passed_on()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public static class Tools
            {
                [RecordTool] public static bool Mix(ref int a, out string b, in long c, ref readonly int d, params int[] rest) { a++; b = "set"; return c + d + rest.Length == 6; }
                [RecordTool] public static int Sum(params ReadOnlySpan<int> numbers) { int sum = 0; foreach (int n in numbers) sum += n; return sum; }
            }
            """,
            """
                    int a = 1, d = 2; long c = 1;
                    Check.That(Tools.Mix(ref a, out string b, in c, in d, 7, 8, 9) && a == 2 && b == "set");
                    Check.That(Tools.Sum(1, 2, 3) == 6);
            """);

        Assert.Equal("a=1, c=1, d=2, rest=[7,8,9]", run.Named("Mix").Arguments());
        Assert.Equal("6", run.Named("Sum").Returns!.ToString());
    }

    [Fact]
    public async Task Defaults_named_arguments_and_caller_information_are_those_of_the_original_call()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public static class Tools
            {
                [RecordTool] public static string Where(int a, int b = 5, [System.Runtime.CompilerServices.CallerMemberName] string member = "", [System.Runtime.CompilerServices.CallerLineNumber] int line = 0) => $"{a}{b}{member}";
            }
            """,
            """
                    Check.That(Tools.Where(b: 2, a: 1) == "12Run");
                    Check.That(Tools.Where(3) == "35Run");
            """);

        Assert.Equal(["\"12Run\"", "\"35Run\""], run.Events.OfType<ToolEvent>().Select(e => e.Returns!.ToString()));
    }

    [Fact]
    public async Task Extension_method_is_recorded_in_both_spellings()
    {
        RecordedRun run = await RecordedRun.Of(
            "public static class Extensions { [RecordTool] public static int Twice(this int n) => n * 2; }",
            "Check.That(3.Twice() == 6 && Extensions.Twice(4) == 8);");

        Assert.Equal(["n=3", "n=4"], run.Events.OfType<ToolEvent>().Select(EventText.Arguments));
    }

    [Fact]
    public async Task Conditional_access_is_recorded_only_when_it_calls()
    {
        RecordedRun run = await RecordedRun.Of(
            "public sealed class Tools { [RecordTool] public string Name() => \"n\"; }",
            """
                    Tools? none = null; Tools? some = new();
                    Check.That(none?.Name() is null && some?.Name() == "n");
            """);

        Assert.Equal("\"n\"", run.Call.Returns!.ToString());
    }

    [Fact]
    public async Task Attribute_on_an_interface_or_base_method_covers_implementations_and_overrides()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public interface ISearch { [RecordTool("find")] int Find(string what); }
            public sealed class Search : ISearch { public int Find(string what) => what.Length; }
            public abstract class Agent { [RecordAction("think")] public virtual int Think() => 1; }
            public sealed class Thinker : Agent { public override int Think() => 2; }
            """,
            """
                    ISearch search = new Search();
                    Check.That(search.Find("abc") == 3 && new Search().Find("ab") == 2);
                    Agent agent = new Thinker();
                    Check.That(agent.Think() == 2 && new Thinker().Think() == 2);
            """);

        Assert.Equal(["find", "find", "think", "think"], run.Events.Where(e => e is ToolEvent or ActionEvent).Select(e => e.DisplayName));
    }

    [Fact]
    public async Task Calls_in_lambdas_initialisers_constructors_and_recursion_are_recorded()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public static class Tools { [RecordTool] public static int Down(int n) => n == 0 ? 0 : 1 + Tools.Down(n - 1); }
            public class Base(int n) { public int N = n; }
            public sealed class Derived : Base { public int Field = Tools.Down(0); public Derived() : base(Tools.Down(0)) { } }
            """,
            """
                    Func<int, int> lambda = n => Tools.Down(n);
                    Check.That(lambda(2) == 2);
                    _ = new Derived();
            """);

        Assert.Equal(5, run.Events.OfType<ToolEvent>().Count());
        AgentEvent[] nested = [.. run.Events.OfType<ToolEvent>().Take(3)];
        Assert.Equal([null, nested[0].Id, nested[1].Id], nested.Select(e => e.ParentId));
    }

    [Fact]
    public async Task Parameters_named_like_generated_variables_are_no_trouble()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public sealed class Tools
            {
                [RecordTool] public int Odd(int self, int site, int writer, int call, int result, int exception, int arguments, int @class, List<int> value)
                    => self + site + writer + call + result + exception + arguments + @class + value.Count;
            }
            """,
            "Check.That(new Tools().Odd(1, 2, 3, 4, 5, 6, 7, 8, [9]) == 37);");

        Assert.Equal("self=1, site=2, writer=3, call=4, result=5, exception=6, arguments=7, class=8, value=[9]", run.Call.Arguments());
    }

    [Fact]
    public async Task Overloads_and_namesakes_in_one_file_do_not_collide()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            namespace One { public static class Tools { [RecordTool] public static int Go(int n) => n; [RecordTool] public static int Go(string s) => s.Length; } }
            namespace Two { public static class Tools { [RecordTool] public static int Go(int n) => -n; } }
            """,
            """Check.That(One.Tools.Go(1) == 1 && One.Tools.Go("ab") == 2 && Two.Tools.Go(3) == -3);""");

        Assert.Equal(["1", "2", "-3"], run.Events.OfType<ToolEvent>().Select(e => e.Returns!.ToString()));
    }

    [Fact]
    public async Task Call_outside_any_session_runs_and_is_counted()
    {
        long before = RecorderHealth.Current.CallsWithoutSession;

        RecordedRun run = await RecordedRun.Of(
            "public static class Tools { [RecordTool] public static int One() => 1; }",
            """
                    int result = 0;
                    var thread = new Thread(() => result = Tools.One());
                    thread.UnsafeStart();
                    thread.Join();
                    Check.That(result == 1);
            """);

        Assert.DoesNotContain(run.Events, e => e is ToolEvent);
        Assert.True(RecorderHealth.Current.CallsWithoutSession > before);
    }
}
