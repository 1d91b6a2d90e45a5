using AgentOps.Events;

namespace AgentOps.Generators.Tests;

/// <summary>What is captured of each type of argument and result, and what is not.</summary>
public sealed class CaptureTests
{
    [Theory]
    [InlineData("bool", "true", "true")]
    [InlineData("byte", "255", "255")]
    [InlineData("sbyte", "-1", "-1")]
    [InlineData("short", "-300", "-300")]
    [InlineData("ushort", "65535", "65535")]
    [InlineData("int", "-5", "-5")]
    [InlineData("uint", "4000000000", "4000000000")]
    [InlineData("long", "long.MinValue", "-9223372036854775808")]
    [InlineData("ulong", "ulong.MaxValue", "18446744073709551615")]
    [InlineData("nint", "(nint)(-7)", "-7")]
    [InlineData("float", "1.5f", "1.5")]
    [InlineData("double", "0.1", "0.1")]
    [InlineData("double", "double.NaN", "\"NaN\"")]
    [InlineData("decimal", "1.10m", "1.10")]
    [InlineData("char", "'ä'", "\"ä\"")]
    [InlineData("string", "\"q\\\"\\n\"", "\"q\\\"\\n\"")]
    [InlineData("string?", "null", "null")]
    [InlineData("int?", "null", "null")]
    [InlineData("int?", "3", "3")]
    [InlineData("DayOfWeek", "DayOfWeek.Friday", "\"Friday\"")]
    [InlineData("DayOfWeek", "(DayOfWeek)99", "99")]
    [InlineData("DayOfWeek?", "DayOfWeek.Monday", "\"Monday\"")]
    [InlineData("DateTime", "new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc)", "\"2026-01-02T03:04:05Z\"")]
    [InlineData("DateTimeOffset", "new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2))", "\"2026-01-02T03:04:05+02:00\"")]
    [InlineData("DateOnly", "new DateOnly(2026, 1, 2)", "\"2026-01-02\"")]
    [InlineData("TimeOnly", "new TimeOnly(3, 4, 5)", "\"03:04:05.0000000\"")]
    [InlineData("TimeSpan", "TimeSpan.FromSeconds(1.5)", "\"00:00:01.5000000\"")]
    [InlineData("Guid", "new Guid(\"00112233-4455-6677-8899-aabbccddeeff\")", "\"00112233-4455-6677-8899-aabbccddeeff\"")]
    [InlineData("Uri", "new Uri(\"http://h/p\")", "\"http://h/p\"")]
    [InlineData("int[]", "[1, 2]", "[1,2]")]
    [InlineData("byte[]", "[1, 2, 3]", "\"AQID\"")]
    [InlineData("byte[]?", "null", "null")]
    [InlineData("List<string>", "[\"a\", \"b\"]", "[\"a\",\"b\"]")]
    [InlineData("IReadOnlyList<int?>", "new int?[] { 1, null }", "[1,null]")]
    [InlineData("IEnumerable<int>", "new List<int> { 1, 2 }", "[1,2]")]
    [InlineData("HashSet<int>", "new HashSet<int> { 5 }", "[5]")]
    [InlineData("System.Collections.Immutable.ImmutableArray<int>", "[1]", "[1]")]
    [InlineData("System.Collections.Immutable.ImmutableArray<int>", "default", "null")]
    [InlineData("Dictionary<string, int>", "new Dictionary<string, int> { [\"a\"] = 1 }", "{\"a\":1}")]
    [InlineData("Dictionary<int, string>", "new Dictionary<int, string> { [1] = \"a\" }", "[{\"Key\":1,\"Value\":\"a\"}]")]
    [InlineData("(int A, string B)", "(1, \"x\")", "{\"A\":1,\"B\":\"x\"}")]
    [InlineData("ReadOnlyMemory<char>", "\"text\".AsMemory()", "\"text\"")]
    [InlineData("ReadOnlyMemory<byte>", "new byte[] { 1, 2, 3 }", "\"AQID\"")]
    [InlineData("ReadOnlySpan<char>", "\"text\".AsSpan()", "\"text\"")]
    [InlineData("object", "12", "12")]
    [InlineData("object", "new object()", "\"<System.Object>\"")]
    [InlineData("System.Text.Json.JsonElement", "System.Text.Json.JsonDocument.Parse(\"{\\\"a\\\":[1]}\").RootElement", "{\"a\":[1]}")]
    [InlineData("Exception", "new Exception(\"secret\")", "\"<System.Exception>\"")]
    public async Task Argument_is_captured_as_json(string type, string value, string json)
    {
        RecordedRun run = await RecordedRun.Of(
            $$"""public static class Tools { [RecordTool] public static void Take({{type}} value) { } }""",
            $"Tools.Take({value});");

        Assert.Equal("value=" + json, run.Call.Arguments());
    }

    [Fact]
    public async Task Objects_are_captured_by_their_public_properties()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public record Animal(string Name);
            public sealed record Dog(string Name, int Age) : Animal(Name) { private int Hidden => 1; public static int Shared => 2; public Dog? Friend { get; init; } }
            public sealed class Plain { public string Text { get; set; } = "t"; public string WriteOnly { set { } } public int this[int i] => i; public Action? Callback { get; set; } }
            public struct Pair { public int Left; public int Right { get; set; } }
            public static class Tools { [RecordTool] public static Dog Take(Dog dog, Plain plain, Pair pair) => dog; }
            """,
            """Tools.Take(new Dog("Rex", 3) { Friend = new Dog("Max", 4) }, new Plain(), new Pair { Left = 1, Right = 2 });""");

        Assert.Equal(
            """dog={"Name":"Rex","Age":3,"Friend":{"Name":"Max","Age":4,"Friend":null}}, plain={"Text":"t"}, pair={"Left":1,"Right":2}""",
            run.Call.Arguments());
        Assert.Equal("""{"Name":"Rex","Age":3,"Friend":{"Name":"Max","Age":4,"Friend":null}}""", run.Call.Returns!.ToString());
    }

    [Fact]
    public async Task Cycles_end_at_the_depth_limit_with_the_types_name()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public sealed class Node { public int Id { get; set; } public Node? Next { get; set; } }
            public static class Tools { [RecordTool] public static void Take(Node node) { } }
            """,
            "var node = new Node { Id = 1 }; node.Next = node; Tools.Take(node);");

        Assert.EndsWith("\"Next\":\"<Node>\"" + new string('}', 6), run.Call.Arguments());
    }

    [Fact]
    public async Task Property_of_an_abstract_type_says_which_type_it_was()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public abstract class Shape { public abstract double Area { get; } }
            public sealed class Square : Shape { public override double Area => 4; }
            public static class Tools { [RecordTool] public static void Take(Shape shape) { } }
            """,
            "Tools.Take(new Square());");

        Assert.Equal("""shape={"$type":"Square","Area":4}""", run.Call.Arguments());
    }

    [Fact]
    public async Task Getter_that_throws_is_recorded_as_such_and_harms_nothing()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public sealed class Trap { public int Before => 1; public int Bad => throw new InvalidOperationException(); }
            public static class Tools { [RecordTool] public static int Take(int a, Trap trap, int b) => a + b; }
            """,
            "Check.That(Tools.Take(1, new Trap(), 2) == 3);");

        Assert.Equal("a=1, trap=\"<threw System.InvalidOperationException>\", b=2", run.Call.Arguments());
        Assert.Empty(run.Errors);
    }

    [Fact]
    public async Task Getter_that_makes_recorded_calls_itself_is_recorded_beside_the_call()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public sealed class Lazy { public int Value => Tools.Inner(7); }
            public static class Tools { [RecordTool] public static int Inner(int n) => n; [RecordTool] public static int Outer(Lazy lazy) => 1; }
            """,
            "Tools.Outer(new Lazy());");

        Assert.Equal("""lazy={"Value":7}""", run.Named("Outer").Arguments());
        Assert.Null(run.Named("Inner").ParentId);
    }

    [Fact]
    public async Task Lazy_sequence_is_not_read()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public static class Tools
            {
                public static int Reads;
                public static IEnumerable<int> Sequence() { Reads++; yield return 1; }
                [RecordTool] public static int Take(IEnumerable<int> items) => items.Count();
            }
            """,
            "Check.That(Tools.Take(Tools.Sequence()) == 1 && Tools.Reads == 1);");

        Assert.StartsWith("items=\"<Tools", run.Call.Arguments(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Long_collection_is_cut_with_the_number_left_out()
    {
        RecordedRun run = await RecordedRun.Of(
            "public static class Tools { [RecordTool] public static void Take(int[] items) { } }",
            "Tools.Take(Enumerable.Range(0, 1000).ToArray());");

        Assert.EndsWith(",127,\"… 872 more\"]", run.Call.Arguments(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_beyond_the_payload_limit_is_cut_marked_and_counted()
    {
        RecorderHealth.Current.Losses.TryGetValue("PayloadTruncated", out long before);
        RecordedRun run = await RecordedRun.Of(
            "public static class Tools { [RecordTool] public static int Take(string text, int after) => text.Length; }",
            "Check.That(Tools.Take(new string('x', 1_000_000), 5) == 1_000_000);");

        Assert.True(run.Call.IsTruncated);
        Assert.EndsWith("x…\"", run.Call.Arguments(), StringComparison.Ordinal);
        Assert.Equal("1000000", run.Call.Returns!.ToString());
        Assert.True(RecorderHealth.Current.Losses["PayloadTruncated"] > before);
    }

    [Fact]
    public async Task Redacted_values_reach_neither_the_events_nor_the_log()
    {
        string secret = "sk-" + Guid.NewGuid().ToString("N");
        RecordedRun run = await RecordedRun.Of(
            """
            public sealed record Login(string User, [Redact] string Password) { [Redact] public string Pin { get; init; } = ""; }
            public static class Tools { [RecordTool] [return: Redact] public static string Take([Redact] string key, Login login) => key; }
            """,
            $$"""Check.That(Tools.Take("{{secret}}", new Login("me", "{{secret}}") { Pin = "{{secret}}" }) == "{{secret}}");""");

        Assert.Equal("""key="[redacted]", login={"User":"me","Password":"[redacted]","Pin":"[redacted]"}""", run.Call.Arguments());
        Assert.Equal("\"[redacted]\"", run.Call.Returns!.ToString());
        byte[] sought = System.Text.Encoding.UTF8.GetBytes(secret);
        foreach (string segment in Directory.EnumerateFiles(RecorderHealth.Current.LogDirectory!, "*.seg"))
        {
            using var file = new FileStream(segment, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            byte[] bytes = new byte[file.Length];
            await file.ReadExactlyAsync(bytes, TestContext.Current.CancellationToken);
            Assert.True(bytes.AsSpan().IndexOf(sought) < 0, segment);
        }
    }

    [Fact]
    public async Task Tokens_streams_delegates_and_the_session_itself_are_left_out()
    {
        RecordedRun run = await RecordedRun.Of(
            "public static class Tools { [RecordTool] public static void Take(int a, CancellationToken token, System.IO.Stream stream, Func<int> f, Session s, IProgress<int> progress) { } }",
            "Tools.Take(1, default, System.IO.Stream.Null, () => 1, session, new Progress<int>());");

        Assert.Equal("a=1", run.Call.Arguments());
    }

    [Fact]
    public async Task Model_call_takes_model_and_provider_from_its_attribute()
    {
        RecordedRun run = await RecordedRun.Of(
            """public static class Model { [RecordLlm(Model = "gpt-5", Provider = "openai")] public static string Ask(string prompt) => "yes"; }""",
            """Model.Ask("really?");""");

        var llm = Assert.IsType<LlmEvent>(run.Call);
        Assert.Equal("gpt-5", llm.Model);
        Assert.Equal("openai", llm.Provider);
        Assert.Equal("\"really?\"", llm.Prompt!.ToString());
        Assert.Equal("\"yes\"", llm.Completion!.ToString());
        Assert.Null(llm.Usage);
    }
}
