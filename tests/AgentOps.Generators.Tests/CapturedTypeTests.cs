namespace AgentOps.Generators.Tests;

/// <summary>Types beyond primitives and plain collections, each captured by code for its static type.</summary>
public sealed class CapturedTypeTests
{
    [Theory]
    [InlineData("Half", "(Half)1.5", "1.5")]
    [InlineData("Int128", "(Int128)5", "5")]
    [InlineData("Int128", "Int128.MinValue", "-170141183460469231731687303715884105728")]
    [InlineData("UInt128", "UInt128.MaxValue", "340282366920938463463374607431768211455")]
    [InlineData("System.Numerics.BigInteger", "System.Numerics.BigInteger.Parse(\"123456789012345678901234567890\")", "123456789012345678901234567890")]
    [InlineData("System.Numerics.BigInteger", "System.Numerics.BigInteger.One << 100_000", "\"<System.Numerics.BigInteger>\"")]
    [InlineData("System.Text.Rune", "new System.Text.Rune(0xE4)", "\"ä\"")]
    [InlineData("Version", "new Version(1, 2, 3)", "\"1.2.3\"")]
    [InlineData("Version?", "null", "null")]
    [InlineData("Index", "^1", "\"^1\"")]
    [InlineData("Range", "1..^2", "\"1..^2\"")]
    [InlineData("Type", "typeof(int)", "\"System.Int32\"")]
    [InlineData("System.Globalization.CultureInfo", "System.Globalization.CultureInfo.InvariantCulture", "\"\"")]
    [InlineData("System.Net.IPAddress", "System.Net.IPAddress.Loopback", "\"127.0.0.1\"")]
    [InlineData("System.Text.StringBuilder", "new System.Text.StringBuilder(\"built\")", "\"built\"")]
    [InlineData("DateTime", "new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Unspecified)", "\"2026-01-02T03:04:05\"")]
    [InlineData("DateTime", "new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Local)", "\"2026-01-02T03:04:05\"")]
    [InlineData("System.IO.FileAccess", "System.IO.FileAccess.ReadWrite", "\"ReadWrite\"")]
    [InlineData("System.IO.FileShare", "System.IO.FileShare.Read | System.IO.FileShare.Delete", "\"Read, Delete\"")]
    [InlineData("System.IO.FileShare", "(System.IO.FileShare)64", "64")]
    [InlineData("System.IO.FileShare?", "null", "null")]
    [InlineData("object", "System.IO.FileShare.Read", "\"Read\"")]
    [InlineData("object", "(DayOfWeek)99", "99")]
    [InlineData("int[,]", "new int[,] { { 1, 2 }, { 3, 4 } }", "[[1,2],[3,4]]")]
    [InlineData("string[,,]", "new string[1, 2, 1] { { { \"a\" }, { \"b\" } } }", "[[[\"a\"],[\"b\"]]]")]
    [InlineData("int[,]", "new int[0, 3]", "[]")]
    [InlineData("int[][]", "[[1], [2, 3]]", "[[1],[2,3]]")]
    [InlineData("Span<int>", "new[] { 1, 2 }.AsSpan()", "[1,2]")]
    [InlineData("ReadOnlySpan<string>", "new[] { \"a\" }.AsSpan()", "[\"a\"]")]
    [InlineData("ReadOnlyMemory<int>", "new[] { 1, 2 }.AsMemory()", "[1,2]")]
    [InlineData("Memory<byte>", "new byte[] { 1, 2, 3 }.AsMemory()", "\"AQID\"")]
    [InlineData("Tuple<int, string>", "Tuple.Create(1, \"a\")", "{\"Item1\":1,\"Item2\":\"a\"}")]
    [InlineData("KeyValuePair<string, int>", "KeyValuePair.Create(\"a\", 1)", "{\"Key\":\"a\",\"Value\":1}")]
    [InlineData("ValueTuple<int>", "new(1)", "{\"Item1\":1}")]
    [InlineData("System.Text.Json.JsonDocument", "System.Text.Json.JsonDocument.Parse(\"[1]\")", "[1]")]
    [InlineData("System.Text.Json.Nodes.JsonNode?", "System.Text.Json.Nodes.JsonNode.Parse(\"{\\\"a\\\":1}\")", "{\"a\":1}")]
    [InlineData("System.Text.Json.Nodes.JsonObject", "new() { [\"a\"] = 1 }", "{\"a\":1}")]
    [InlineData("System.Text.Json.JsonElement", "default", "null")]
    [InlineData("object", "new byte[] { 1, 2, 3 }", "\"AQID\"")]
    [InlineData("object", "new Version(1, 2)", "\"1.2\"")]
    [InlineData("object", "new Dictionary<string, object?> { [\"a\"] = new List<object?> { 1, null, \"b\" } }", "{\"a\":[1,null,\"b\"]}")]
    [InlineData("object", "new[] { 1.5, 2 }", "[1.5,2]")]
    [InlineData("IFormattable", "12", "12")]
    [InlineData("IComparable", "\"text\"", "\"text\"")]
    [InlineData("IReadOnlyDictionary<string, object?>", "new Dictionary<string, object?> { [\"a\"] = new[] { 1 } }", "{\"a\":[1]}")]
    [InlineData("System.Collections.Immutable.ImmutableDictionary<string, int>", "System.Collections.Immutable.ImmutableDictionary<string, int>.Empty.Add(\"a\", 1)", "{\"a\":1}")]
    public async Task Argument_is_captured_as_json(string type, string value, string json)
    {
        RecordedRun run = await RecordedRun.Of(
            $$"""public static class Tools { [RecordTool] public static void Take({{type}} value) { } }""",
            $"Tools.Take({value});");

        Assert.Equal("value=" + json, run.Call.Arguments());
    }

    [Theory]
    [InlineData("[Flags] public enum Rights : ulong { None = 0, Read = 1, All = ulong.MaxValue }", "(Rights)3", "3")]
    [InlineData("[Flags] public enum Rights : sbyte { None = 0, Read = 1, Top = sbyte.MinValue }", "Rights.Read | Rights.Top", "\"Read, Top\"")]
    [InlineData("[Flags] public enum Rights { Read = 1, Write = 2 }", "(Rights)0", "0")]
    [InlineData("[Flags] public enum Rights { Read = 1, Write = 2 }", "(Rights)5", "5")]
    [InlineData("public enum Rights { One = 1, Also = 1 }", "Rights.Also", "\"One\"")]
    public async Task Enumeration_is_captured_by_name_and_what_has_none_as_a_number(string declaration, string value, string json)
    {
        RecordedRun run = await RecordedRun.Of(
            $$"""{{declaration}} public static class Tools { [RecordTool] public static void Take(Rights value) { } }""",
            $"Tools.Take({value});");

        Assert.Equal("value=" + json, run.Call.Arguments());
    }

    [Fact]
    public async Task Long_binary_values_are_cut_and_say_how_much_is_missing()
    {
        RecordedRun run = await RecordedRun.Of(
            "public static class Tools { [RecordTool] public static byte[] Take(ReadOnlySpan<byte> value) => value.ToArray(); }",
            "Tools.Take(new byte[100_000]);");

        Assert.EndsWith("AA==… 95904 more\"", run.Call.Arguments(), StringComparison.Ordinal);
        Assert.EndsWith("… 95904 more\"", run.Call.Returns!.ToString(), StringComparison.Ordinal);
        Assert.False(run.Call.IsTruncated);
    }

    [Fact]
    public async Task Array_of_several_dimensions_has_one_limit()
    {
        RecordedRun run = await RecordedRun.Of(
            "public static class Tools { [RecordTool] public static void Take(int[,] items) { } }",
            "Tools.Take(new int[100, 100]);");

        Assert.EndsWith(",\"… 9872 more\"]", run.Call.Arguments(), StringComparison.Ordinal);
        Assert.Equal(128, run.Call.Arguments().Count(static c => c == '0'));
    }

    [Theory]
    [InlineData("void Take(int a, out int b, ref string c) { b = a + 1; c += \"!\"; }", "a=1, c=\"x\"", """{"b":2,"c":"x!"}""")]
    [InlineData("bool Take(int a, out int b, ref string c) { b = 2; c = \"y\"; return true; }", "a=1, c=\"x\"", """{"return":true,"b":2,"c":"y"}""")]
    [InlineData("bool Take(int a, out Pair b, ref string c) { b = new(1); return true; }", "a=1, c=\"x\"", """{"return":true,"b":{"Left":1},"c":"x"}""")]
    [InlineData("Pair Take(int a, [Redact] out int b, ref string c) { b = 1; return new(2); }", "a=1, c=\"x\"", """{"return":{"Left":2},"b":"[redacted]","c":"x"}""")]
    [InlineData("T Take<T>(T a, out T b, ref string c) { b = a; return a; }", "a=1, c=\"x\"", """{"return":1,"b":1,"c":"x"}""")]
    public async Task Out_and_ref_parameters_are_captured_as_the_call_leaves_them(string method, string arguments, string returns)
    {
        RecordedRun run = await RecordedRun.Of(
            $$"""
            public sealed record Pair(int Left);
            public static class Tools { [RecordTool] public static {{method}} }
            """,
            "string c = \"x\"; Tools.Take(1, out var b, ref c); _ = b;");

        Assert.Equal(arguments, run.Call.Arguments());
        Assert.Equal(returns, run.Call.Returns!.ToString());
    }

    [Fact]
    public async Task Out_parameters_of_a_call_that_fails_are_not_captured()
    {
        RecordedRun run = await RecordedRun.Of(
            "public static class Tools { [RecordTool] public static void Take(out int a) => throw new InvalidOperationException(); }",
            "try { Tools.Take(out _); Check.That(false); } catch (InvalidOperationException) { }");

        Assert.Null(run.Call.Returns);
        Assert.Equal(Events.EventStatus.Error, run.Call.Status);
    }

    [Fact]
    public async Task Machinery_of_a_call_is_left_out()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public static class Tools
            {
                [RecordTool]
                public static void Take(
                    int a, Task task, Task<int> promise, ValueTask<int> later, CancellationTokenSource source, SemaphoreSlim limit, System.IO.StreamReader reader,
                    IServiceProvider services, System.Net.Http.HttpClient client, TimeProvider time, System.Threading.Channels.ChannelReader<int> queue) { }
            }
            """,
            "Tools.Take(1, null!, null!, default, null!, null!, null!, null!, null!, null!, null!);");

        Assert.Equal("a=1", run.Call.Arguments());
    }

    [Fact]
    public async Task Values_that_deny_their_text_are_recorded_as_failures_and_harm_nothing()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public sealed class Odd : System.Globalization.CultureInfo { public Odd() : base("") { } public override string Name => throw new NotSupportedException(); }
            public static class Tools { [RecordTool] public static int Take(System.Globalization.CultureInfo culture, System.Text.Json.JsonDocument document, int n) => n; }
            """,
            """var document = System.Text.Json.JsonDocument.Parse("[]"); document.Dispose(); Check.That(Tools.Take(new Odd(), document, 3) == 3);""");

        Assert.Equal("culture=\"<threw System.NotSupportedException>\", document=\"<threw System.ObjectDisposedException>\", n=3", run.Call.Arguments());
    }
}
