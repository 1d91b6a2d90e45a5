using AgentOps.Events;

namespace AgentOps.Generators.Tests;

/// <summary>Signatures that are not made of plain values: variables that come back, ref structs, pointers, scopes, dynamic by reference.</summary>
public sealed class SignatureShapeTests
{
    [Fact]
    public async Task Variable_that_a_method_returns_by_reference_is_the_methods_own()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public sealed class Store<T>
            {
                private T[] _items = new T[2];
                [RecordTool] public ref T At(int index) => ref _items[index];
                [RecordTool] public ref readonly T Look(in int index) => ref _items[index];
            }
            """,
            """
                    var store = new Store<int>();
                    store.At(1) = 5;
                    store.At(1)++;
                    ref readonly int seen = ref store.Look(1);
                    store.At(1)++;
                    Check.That(seen == 7);
            """);

        Assert.Equal(["0", "5", "6", "6"], run.Events.OfType<ToolEvent>().Select(static e => e.Returns!.ToString()));
    }

    [Fact]
    public async Task Variable_inside_a_struct_receiver_or_argument_can_come_back()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            using System.Diagnostics.CodeAnalysis;
            public struct Pair { public string A; [RecordTool] [UnscopedRef] public ref string First() => ref A; [RecordTool] public static ref string Pick(ref string a, ref string b) => ref b; }
            """,
            """
                    var pair = new Pair { A = "a" };
                    pair.First() = "c";
                    string one = "1", two = "2";
                    Pair.Pick(ref one, ref two) = "3";
                    Check.That(pair.A == "c" && one == "1" && two == "3");
            """);

        Assert.Equal(["\"a\"", "\"2\""], run.Events.OfType<ToolEvent>().Select(static e => e.Returns!.ToString()));
    }

    [Fact]
    public async Task Reference_to_nothing_comes_back_unread()
    {
        RecordedRun run = await RecordedRun.Of(
            "public static class Tools { [RecordTool] public static ref int Find(Dictionary<string, int> map, string key) => ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrNullRef(map, key); }",
            "Check.That(System.Runtime.CompilerServices.Unsafe.IsNullRef(ref Tools.Find([], \"a\")));");

        Assert.Equal(EventStatus.Ok, run.Call.Status);
        Assert.Null(run.Call.Returns);
    }

    [Fact]
    public async Task Redacted_variable_is_not_recorded()
    {
        RecordedRun run = await RecordedRun.Of(
            "public static class Tools { static string s = \"key\"; [RecordTool] [return: Redact] public static ref string Key() => ref s; }",
            "Check.That(Tools.Key() == \"key\");");

        Assert.Equal("\"[redacted]\"", run.Call.Returns!.ToString());
    }

    [Fact]
    public async Task Exception_of_a_method_that_returns_by_reference_is_recorded()
    {
        RecordedRun run = await ComparedRun.SameAsUnrecorded(
            "public static class Tools { [RecordTool] public static ref int At(int[] items, int index) => ref items[index]; }",
            "try { Tools.At([], 3) = 1; } catch (IndexOutOfRangeException e) { Seen.Add(e, e); }");

        Assert.Equal(EventStatus.Error, run.Call.Status);
    }

    [Theory]
    [InlineData("ReadOnlySpan<char>", "\"ab\"", "\"ab\"")]
    [InlineData("Span<byte>", "new byte[] { 1 }", "\"AQ==\"")]
    [InlineData("Span<int>", "new[] { 1 }", null)]
    public async Task Span_comes_back_and_is_recorded_if_it_is_text_or_bytes(string type, string value, string? recorded)
    {
        RecordedRun run = await RecordedRun.Of(
            $$"""public static class Tools { [RecordTool] public static {{type}} Slice({{type}} all, int from) => all[from..]; public static int Use() => Slice({{value}}, 0).Length; }""",
            "Check.That(Tools.Use() > 0);");

        Assert.Equal(EventStatus.Ok, run.Call.Status);
        Assert.Equal(recorded, run.Call.Returns?.ToString());
    }

    [Fact]
    public async Task Ref_struct_that_points_into_its_arguments_comes_back()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public ref struct Cursor { public ref int At; public Span<int> All; }
            public static class Tools
            {
                [RecordTool] public static Cursor Begin(ref int first, Span<int> all) => new() { At = ref first, All = all };
                [RecordTool] public static T Same<T>(T item) where T : allows ref struct => item;
                public static int Use() { int first = 1; Cursor cursor = Begin(ref first, stackalloc int[2]); cursor.At++; return first + Same(cursor).All.Length; }
            }
            """,
            "Check.That(Tools.Use() == 4);");

        Assert.Equal("first=1, all=[0,0]", run.Named("Begin").Arguments());
        Assert.All(run.Events.OfType<ToolEvent>(), static e => Assert.Null(e.Returns));
    }

    [Fact]
    public async Task Ref_struct_receiver_keeps_what_the_call_changes_in_it()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public ref struct Reader(ReadOnlySpan<char> text)
            {
                private ReadOnlySpan<char> _rest = text;
                [RecordTool] public char Next() { char next = _rest[0]; _rest = _rest[1..]; return next; }
                [RecordTool] public readonly int Left() => _rest.Length;
                [RecordTool] public void Load(ReadOnlySpan<char> text, ref int count) { _rest = text; count++; }
                public static int Use() { var reader = new Reader("abc"); reader.Next(); reader.Next(); int n = reader.Left(); reader.Load("xy", ref n); return n + reader.Left(); }
            }
            """,
            "Check.That(Reader.Use() == 4);");

        Assert.Equal(["\"a\"", "\"b\"", "1", "2"], run.Events.OfType<ToolEvent>().Where(static e => e.Name != "Load").Select(static e => e.Returns!.ToString()));
    }

    [Fact]
    public async Task Pointers_are_passed_on_and_not_read()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public static unsafe class Tools
            {
                [RecordTool] public static int* Add(int* p, int n, void* nothing, int*[] many) { *p += n; return p; }
                [RecordTool] public static int Call(delegate*<int, int> f, int n) => f(n);
                [RecordTool] public static T Read<T>(T* from) where T : unmanaged => *from;
                static int Twice(int n) => n * 2;
                public static int Use() { int n = 1; return *Add(&n, 2, null, []) + Call(&Twice, 5) + Read(&n); }
            }
            public struct Counter { public int Value; [RecordTool] public void Add() => Value++; public static unsafe int Use() { var c = new Counter(); Counter* p = &c; p->Add(); (*p).Add(); return c.Value; } }
            """,
            "Check.That(Tools.Use() == 16 && Counter.Use() == 2);");

        Assert.Equal(
            [("n=2", null), ("n=5", "10"), ("", "3")],
            run.Events.OfType<ToolEvent>().Take(3).Select(static e => (e.Arguments(), e.Returns?.ToString())));
        Assert.Equal(5, run.Events.OfType<ToolEvent>().Count());
    }

    [Fact]
    public async Task Scoped_parameters_and_params_of_spans_and_collections_are_passed_on()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public static class Tools
            {
                [RecordTool] public static int Sum(scoped ReadOnlySpan<char> text, scoped ref int by, params Span<int> numbers) { numbers[0] += by; return numbers[0] + text.Length; }
                [RecordTool] public static int Count(params IReadOnlyList<string> names) => names.Count;
                [RecordTool] public static void Set([System.Diagnostics.CodeAnalysis.UnscopedRef] out int value) => value = 3;
                public static int Use() { int by = 2; Set(out int set); return Sum(stackalloc char[1], ref by, 4, 5) + Count("a", "b") + set; }
            }
            """,
            "Check.That(Tools.Use() == 12);");

        Assert.Equal("names=[\"a\",\"b\"]", run.Named("Count").Arguments());
    }

    [Fact]
    public async Task Dynamic_parameters_by_reference_are_passed_on()
    {
        RecordedRun run = await RecordedRun.Of(
            "public static class Tools { [RecordTool] public static void Swap(ref dynamic a, in dynamic b, out dynamic c) { c = a; a = b; } }",
            "object a = 1, b = \"x\"; Tools.Swap(ref a, in b, out object c); Check.That((string)a == \"x\" && (int)c == 1);");

        Assert.Equal("a=1, b=\"x\"", run.Call.Arguments());
    }
}
