using AgentOps.Events;

namespace AgentOps.Generators.Tests;

/// <summary>Type parameters: names that hide one another or ours, and every constraint, restated where interceptors need it.</summary>
public sealed class GenericShapeTests
{
    [Fact]
    public async Task Type_parameter_that_hides_an_outer_one_keeps_its_meaning()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            #pragma warning disable CS0693 // Hiding is the point.
            public class Outer<T>
            {
                [RecordTool] public T Swap<T_>(T own, T_ other) => own;
                public class Inner<T> where T : struct { [RecordTool] public IReadOnlyList<T> Many<U, T_>(T one, U two, T_ three) where U : class => [one]; }
                [RecordTool] public static T? Make<T>() where T : new() => new();
            }
            """,
            """
                    Check.That(new Outer<string>.Inner<int>().Many(7, "x", 2.5)[0] == 7);
                    Check.That(new Outer<string>().Swap("a", 1) == "a" && Outer<string>.Make<int>() == 0);
            """);

        Assert.Equal(["one=7, two=\"x\", three=2.5", "own=\"a\", other=1", ""], run.Events.OfType<ToolEvent>().Select(EventText.Arguments));
    }

    [Fact]
    public async Task Names_that_generated_code_uses_are_no_trouble()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public sealed class CallScope<PayloadWriter>
            {
                [RecordTool] public Task<ResultCapture> Record<ResultCapture>(PayloadWriter RecordingGate, ResultCapture s_site0, int CallScope, List<int> Record_CallScope_Record, int Unsafe)
                    => Task.FromResult(s_site0);
            }
            """,
            "Check.That(await new CallScope<int>().Record(1, \"a\", 2, [3], 4) == \"a\");");

        Assert.Equal("RecordingGate=1, s_site0=\"a\", CallScope=2, Record_CallScope_Record=[3], Unsafe=4", run.Call.Arguments());
    }

    [Fact]
    public async Task Keywords_as_names_of_types_methods_and_parameters_are_no_trouble()
    {
        RecordedRun run = await RecordedRun.Of(
            "namespace @namespace { public class @class<@struct> { [RecordTool] public @struct @return<@in>(@struct @ref, @in @params) => @ref; } }",
            "Check.That(new @namespace.@class<int>().@return(1, \"a\") == 1);");

        Assert.Equal(("return", "ref=1, params=\"a\""), (run.Call.DisplayName, run.Call.Arguments()));
    }

    [Theory]
    [InlineData("where T : class", "\"a\"")]
    [InlineData("where T : class?", "\"a\"")]
    [InlineData("where T : notnull", "1")]
    [InlineData("where T : unmanaged", "1")]
    [InlineData("where T : struct, IComparable<T>", "1")]
    [InlineData("where T : unmanaged, Enum", "DayOfWeek.Monday")]
    [InlineData("where T : Delegate", "(Action)(() => { })")]
    [InlineData("where T : List<int>?, new()", "new List<int>()")]
    [InlineData("where T : System.Numerics.INumber<T>", "1")]
    [InlineData("where T : allows ref struct", "1")]
    [InlineData("where T : IComparable, allows ref struct", "1")]
    public async Task Constraint_is_restated(string constraint, string argument)
    {
        RecordedRun run = await RecordedRun.Of(
            $$"""
            public static class Tools { [RecordTool] public static int Take<T>(T item) {{constraint}} => 1; }
            public class Box<T> {{constraint}} { [RecordTool] public int Put(T item) => 2; [RecordTool] public static int None(int n) => 3; }
            public static class Infer { public static int Put<T>(T item) {{constraint}} => new Box<T>().Put(item) + Box<T>.None(0); }
            """,
            $"Check.That(Tools.Take({argument}) == 1 && Infer.Put({argument}) == 5);");

        Assert.Equal(["1", "2", "3"], run.Events.OfType<ToolEvent>().Select(static e => e.Returns!.ToString()));
    }

    [Fact]
    public async Task Anonymous_and_private_types_are_type_arguments_like_any_other()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public static class Tools { [RecordTool] public static T Same<T>(T item) => item; [RecordTool] public static List<T> Many<T>(IEnumerable<T> items) => [.. items]; }
            public static class Hidden { private sealed record Item(int N); public static int Use() => Tools.Same(new Item(3)).N; }
            """,
            """
                    Check.That(Tools.Same(new { A = 1 }).A == 1 && Hidden.Use() == 3);
                    Check.That(Tools.Many(new[] { new { B = 2 } })[0].B == 2);
            """);

        Assert.Equal(3, run.Events.OfType<ToolEvent>().Count());
    }

    [Fact]
    public async Task Nullable_annotations_tuple_names_and_dynamic_are_those_of_the_declaration()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public abstract class Base { [RecordTool] public abstract T? Take<T>(T? item, (int? A, string? B) pair, List<dynamic?>? more); }
            public class Derived : Base { public override T? Take<T>(T? item, (int? A, string? B) pair, List<dynamic?>? more) where T : default => item; }
            """,
            "Check.That(new Derived().Take(1, (2, null), [3]) == 1 && ((Base)new Derived()).Take<string>(null, default, null) is null);");

        Assert.Equal(
            ["""item=1, pair={"A":2,"B":null}, more=[3]""", """item=null, pair={"A":null,"B":null}, more=null"""],
            run.Events.OfType<ToolEvent>().Select(EventText.Arguments));
    }
}
