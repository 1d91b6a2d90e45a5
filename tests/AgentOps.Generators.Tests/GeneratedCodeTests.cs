namespace AgentOps.Generators.Tests;

/// <summary>Declarations whose generated code could fail to compile, or read another member than it means.</summary>
public sealed class GeneratedCodeTests
{
    [Fact]
    public async Task Property_of_two_base_interfaces_is_read_once()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public interface IA { string Name { get; } }
            public interface IB { string Name { get; } }
            public interface IAB : IA, IB { int Size { get; } }
            public sealed class Both : IAB { public string Name => "n"; public int Size => 1; }
            public static class Tools { [RecordTool] public static void Take(IAB value) { } }
            """,
            "Tools.Take(new Both());");

        Assert.Contains("""
            "Name":"n"
            """, run.Call.Arguments(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[Redact] ", "")]
    [InlineData("", "[Redact] ")]
    public async Task Property_of_two_base_interfaces_is_kept_secret_if_either_is(string onFirst, string onSecond)
    {
        RecordedRun run = await RecordedRun.Of(
            $$"""
            public interface IA { {{onFirst}}string Name { get; } }
            public interface IB { {{onSecond}}string Name { get; } }
            public interface IAB : IA, IB;
            public sealed class Both : IAB { public string Name => "secret"; }
            public static class Tools { [RecordTool] public static void Take(IAB value) { } }
            """,
            "Tools.Take(new Both());");

        Assert.DoesNotContain("secret", run.Call.Arguments(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public new string Name() => \"method\";")]
    [InlineData("public static new string Name => \"static\";")]
    [InlineData("private new sealed class Name;")]
    public async Task Base_property_is_read_where_a_derived_member_hides_it(string hiding)
    {
        RecordedRun run = await RecordedRun.Of(
            $$"""
            public class Base { public string Name => "base"; }
            public sealed class Derived : Base { {{hiding}} public int Size => 1; }
            public static class Tools { [RecordTool] public static void Take(Derived value) { } }
            """,
            "Tools.Take(new Derived());");

        Assert.Equal("""value={"Name":"base","Size":1}""", run.Call.Arguments());
    }

    [Theory]
    [InlineData("public System.Collections.IEnumerator GetEnumerator() => _items.GetEnumerator(); IEnumerator<int> IEnumerable<int>.GetEnumerator() => _items.GetEnumerator();")]
    [InlineData("public IEnumerator<string> GetEnumerator() => throw new NotSupportedException(); IEnumerator<int> IEnumerable<int>.GetEnumerator() => _items.GetEnumerator(); System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => _items.GetEnumerator();")]
    [InlineData("public List<int>.Enumerator GetEnumerator() => _items.GetEnumerator(); IEnumerator<int> IEnumerable<int>.GetEnumerator() => throw new NotSupportedException(); System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => _items.GetEnumerator();")]
    public async Task Collection_is_read_by_the_enumerator_that_gives_its_elements(string enumerators)
    {
        RecordedRun run = await RecordedRun.Of(
            $$"""
            public sealed class Bag : IReadOnlyCollection<int> { private readonly List<int> _items = [1, 2]; public int Count => 2; {{enumerators}} }
            public static class Tools { [RecordTool] public static void Take(Bag value) { } }
            """,
            "Tools.Take(new Bag());");

        Assert.Equal("value=[1,2]", run.Call.Arguments());
    }

    [Fact]
    public async Task Methods_whose_names_end_like_generated_ones_are_kept_apart()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public sealed class Item { public int Size => 1; }
            public static class Tools
            {
                [RecordTool] public static int Foo(uint n) => 1;
                [RecordTool] public static int Foo_0() => 2;
                [RecordTool] public static T Make<T>(T value) => value;
                [RecordTool] public static int MakeResult() => 3;
            }
            public static class s { [RecordTool] public static int text_Size(Item item) => 4; }
            """,
            "Check.That(Tools.Foo(1u) + Tools.Foo_0() + Tools.Make(5) + Tools.MakeResult() + s.text_Size(new Item()) == 15);");

        Assert.Equal(["Foo", "Foo_0", "Make", "MakeResult", "text_Size"], run.Events.Where(static e => e is AgentOps.Events.ToolEvent).Select(static e => e.DisplayName));
    }

    [Fact]
    public async Task Obsolete_method_is_recorded_where_its_call_is_allowed()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            [Obsolete("gone", true)] public sealed class Gone { public int Size => 1; }
            public static class Tools
            {
                [Obsolete("gone", true)] [RecordTool] public static Gone Old(Gone value) => value;
                [Obsolete] public static void Use() => Old(new Gone());
            }
            """,
            """typeof(Tools).GetMethod("Use")!.Invoke(null, null);""");

        Assert.Equal("""value={"Size":1}""", run.Call.Arguments());
    }
}
