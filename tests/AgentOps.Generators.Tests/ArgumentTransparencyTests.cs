using System.Globalization;

namespace AgentOps.Generators.Tests;

/// <summary>Capturing arguments and results neither disturbs the call nor runs what would not have run.</summary>
public sealed class ArgumentTransparencyTests
{
    [Fact]
    public async Task Receiver_and_arguments_are_evaluated_once_in_their_order()
    {
        await ComparedRun.SameAsUnrecorded(
            """
            public sealed class Tools { [RecordTool] public int Do(int a, int b, params int[] rest) { Seen.Add("call"); return a; } }
            public static class Make { public static T One<T>(string what, T value) { Seen.Add(what); return value; } }
            """,
            """
                    Make.One("receiver", new Tools()).Do(b: Make.One("b", 2), a: Make.One("a", 1));
                    Make.One("receiver", new Tools()).Do(Make.One("a", 1), Make.One("b", 2), Make.One("c", 3), Make.One("d", 4));
            """);
    }

    [Fact]
    public async Task Out_and_ref_parameters_alias_the_callers_variables()
    {
        RecordedRun run = await ComparedRun.SameAsUnrecorded(
            """
            public static class Tools
            {
                [RecordTool] public static void Swap(ref int a, ref int b, out int sum) { (a, b) = (b, a); sum = a + b; }
                [RecordTool] public static int Read(in int seen, ref int changed) { changed++; return seen; }
                [RecordTool] public static void Fail(ref int a, out int b) { a = 9; b = 8; throw new InvalidOperationException(); }
            }
            """,
            """
                    int a = 1, b = 2;
                    Tools.Swap(ref a, ref b, out int sum);
                    Seen.Add((a, b, sum));
                    Seen.Add(Tools.Read(in a, ref a));
                    int[] array = [5]; int set = 0;
                    try { Tools.Fail(ref array[0], out set); } catch (InvalidOperationException) { }
                    Seen.Add((array[0], set));
            """);

        Assert.Equal("a=1, b=2", run.Named("Swap").Arguments());
    }

    [Fact]
    public async Task Arguments_are_recorded_as_they_were_when_the_call_began()
    {
        RecordedRun run = await ComparedRun.SameAsUnrecorded(
            "public static class Tools { [RecordTool] public static void Clear(List<int> items) => items.Clear(); }",
            "var items = new List<int> { 1, 2 }; Tools.Clear(items); Seen.Add(items.Count);");

        Assert.Equal("items=[1,2]", run.Call.Arguments());
    }

    [Fact]
    public async Task Getter_that_throws_is_shown_as_failed_and_the_call_goes_on()
    {
        RecordedRun run = await ComparedRun.SameAsUnrecorded(
            """
            public sealed class Trap { public int Bad => throw new InvalidOperationException("trap"); }
            public static class Tools { [RecordTool] public static Trap Use(Trap trap, List<Trap> traps) { Seen.Add(traps.Count); return trap; } }
            """,
            "var trap = new Trap(); Seen.Add(ReferenceEquals(Tools.Use(trap, [trap, trap]), trap));");

        Assert.Equal(
            """trap="<threw System.InvalidOperationException>", traps=["<threw System.InvalidOperationException>","<threw System.InvalidOperationException>"]""",
            run.Call.Arguments());
        Assert.Equal("\"<threw System.InvalidOperationException>\"", run.Call.Returns!.ToString());
        Assert.Empty(run.Errors);
    }

    [Fact]
    public async Task Overridden_object_methods_are_never_called()
    {
        RecordedRun run = await ComparedRun.SameAsUnrecorded(
            """
            public sealed class Odd
            {
                public override string ToString() { Seen.Add("ToString"); throw new InvalidOperationException(); }
                public override int GetHashCode() { Seen.Add("GetHashCode"); throw new InvalidOperationException(); }
                public override bool Equals(object? other) { Seen.Add("Equals"); throw new InvalidOperationException(); }
            }
            public static class Tools { [RecordTool] public static int Use<T>(T item, object other, Odd odd) => 1; }
            """,
            "Seen.Add(Tools.Use(new Odd(), new Odd(), new Odd()));");

        Assert.Equal("item=\"<Odd>\", other=\"<Odd>\", odd=\"<Odd>\"", run.Call.Arguments());
    }

    [Theory]
    [InlineData("System.Text.Json.JsonElement")]
    [InlineData("System.Text.Json.JsonElement?")]
    [InlineData("object")]
    public async Task Json_of_a_disposed_document_is_shown_as_failed(string type)
    {
        RecordedRun run = await ComparedRun.SameAsUnrecorded(
            $$"""public static class Tools { [RecordTool] public static {{type}} Use(int a, {{type}} json, int b) => json; }""",
            """
                    var document = System.Text.Json.JsonDocument.Parse("[1]");
                    var element = document.RootElement;
                    document.Dispose();
                    Tools.Use(1, element, 2);
                    Seen.Add("returned");
            """);

        Assert.Equal("a=1, json=\"<threw System.ObjectDisposedException>\", b=2", run.Call.Arguments());
        Assert.Equal("\"<threw System.ObjectDisposedException>\"", run.Call.Returns!.ToString());
    }

    [Fact]
    public async Task Densely_cyclic_graph_is_left_once_the_payload_is_full()
    {
        string links = string.Concat(Enumerable.Range(0, 24).Select(static i => $"public Node N{i} {{ get {{ Reads++; return this; }} }} "));
        RecordedRun run = await RecordedRun.Of(
            $$"""
            public sealed class Node { public static int Reads; {{links}} }
            public static class Tools { [RecordTool] public static void Use(Node node) { } [RecordTool] public static int Reads() => Node.Reads; }
            """,
            "Tools.Use(new Node()); Tools.Reads();");

        // 24 links, six levels deep, would be 191 million reads.
        Assert.True(run.Named("Use").IsTruncated);
        Assert.InRange(int.Parse(run.Named("Reads").Returns!.ToString(), CultureInfo.InvariantCulture), 1, 200_000);
    }

    [Fact]
    public async Task Graph_that_grows_as_it_is_read_is_bounded_in_depth()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public sealed class Node(int depth) { public int Depth => depth; public Node Next => new(depth + 1); public IReadOnlyList<Node> All => [new(depth + 1)]; }
            public static class Tools { [RecordTool] public static void Use(Node node) { } }
            """,
            "Tools.Use(new Node(0));");

        Assert.Contains("\"Depth\":5", run.Call.Arguments(), StringComparison.Ordinal);
        Assert.DoesNotContain("\"Depth\":6", run.Call.Arguments(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("IEnumerable<int>", "Numbers()")]
    [InlineData("IEnumerable<int>", "new[] { 1 }.Select(n => { Seen.Add(\"read\"); return n; })")]
    [InlineData("IQueryable<int>", "Numbers().AsQueryable()")]
    [InlineData("IAsyncEnumerable<int>", "Later()")]
    [InlineData("Lazy<int>", "new Lazy<int>(() => { Seen.Add(\"read\"); return 1; })")]
    [InlineData("IEnumerator<int>", "Numbers().GetEnumerator()")]
    [InlineData("Func<int>", "() => { Seen.Add(\"read\"); return 1; }")]
    public async Task Lazy_argument_is_not_forced(string type, string value)
    {
        await ComparedRun.SameAsUnrecorded(
            $$"""public static class Tools { [RecordTool] public static {{type}} Use({{type}} lazy) => lazy; }""",
            $$"""
                    object lazy = Tools.Use({{value}});
                    Seen.Add(lazy is null);
                    static IEnumerable<int> Numbers() { Seen.Add("read"); yield return 1; }
                    static async IAsyncEnumerable<int> Later() { Seen.Add("read"); await Task.Yield(); yield return 1; }
            """);
    }

    [Fact]
    public async Task Interpolated_string_handler_is_built_once()
    {
        await ComparedRun.SameAsUnrecorded(
            """
            [System.Runtime.CompilerServices.InterpolatedStringHandler]
            public ref struct Handler(int literalLength, int formattedCount)
            {
                private string _text = "";
                public void AppendLiteral(string s) { Seen.Add("literal " + s); _text += s; }
                public void AppendFormatted<T>(T value) { Seen.Add("value " + value); _text += value; }
                public string Text => _text;
            }
            public static class Tools { [RecordTool] public static int Log(Handler handler) { Seen.Add(handler.Text); return 1; } }
            """,
            """Tools.Log($"a{1}b{"c"}");""");
    }

    [Fact]
    public async Task Dynamic_parameters_and_results_reach_the_overload_that_was_called()
    {
        RecordedRun run = await ComparedRun.SameAsUnrecorded(
            """
            public static class Tools
            {
                [RecordTool] public static dynamic Do(int a, dynamic b) { Seen.Add("dynamic"); return b; }
                public static string Do(int a, string b) { Seen.Add("string"); return b; }
            }
            """,
            """Seen.Add((object)Tools.Do(1, (object)"text"));""");

        Assert.Equal(("a=1, b=\"text\"", "\"text\""), (run.Call.Arguments(), run.Call.Returns!.ToString()));
    }
}
