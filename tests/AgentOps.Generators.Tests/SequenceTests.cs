using System.Globalization;
using AgentOps.Events;

namespace AgentOps.Generators.Tests;

/// <summary>
/// Iterator methods are recorded over their enumeration; collections, queries and everything else that comes back as a sequence is
/// recorded at once and stays the object that it is.
/// </summary>
public sealed class SequenceTests
{
    private const string Counting =
        """
        public static class Tools
        {
            [RecordTool] public static int Leaf(int n) => n;
            [RecordTool] public static IEnumerable<int> Count(int to, Exception? failure = null)
            {
                try
                {
                    for (int i = 0; i < to; i++) yield return Leaf(i);
                    if (failure is not null) throw failure;
                }
                finally { Leaf(-1); }
            }
        }
        """;

    [Fact]
    public async Task Iterator_ends_when_it_is_read_to_its_end()
    {
        RecordedRun run = await RecordedRun.Of(
            "public static class Tools { [RecordTool] public static IEnumerable<string> Words(string text) { foreach (string word in text.Split(' ')) yield return word; } }",
            "Check.That(string.Concat(Tools.Words(\"a b c\")) == \"abc\");");

        Assert.Equal(("text=\"a b c\"", EventStatus.Ok), (run.Call.Arguments(), run.Call.Status));
        Assert.Equal("""["a","b","c"]""", run.Call.Returns!.Property("items")!.ToString());
        Assert.Equal("3", run.Call.Returns!.Property("item_count")!.ToString());
    }

    [Fact]
    public async Task Duration_of_an_iterator_spans_its_enumeration()
    {
        RecordedRun run = await RecordedRun.Of(
            "public static class Tools { [RecordTool] public static IEnumerable<long> Wait() { long t = System.Diagnostics.Stopwatch.GetTimestamp(); Thread.Sleep(5); yield return (long)System.Diagnostics.Stopwatch.GetElapsedTime(t).TotalNanoseconds; } }",
            "foreach (long waited in Tools.Wait()) { }");

        string waited = run.Call.Returns!.Property("items")!.ToString().Trim('[', ']');
        Assert.True(run.Call.DurationNanoseconds >= long.Parse(waited, CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Iterator_that_is_left_early_is_abandoned_with_what_was_read()
    {
        RecordedRun run = await RecordedRun.Of(Counting, "foreach (int i in Tools.Count(9)) { if (i == 1) break; }");

        Assert.Equal(EventStatus.Abandoned, run.Named("Count").Status);
        Assert.Equal("[0,1]", run.Named("Count").Returns!.Property("items")!.ToString());
    }

    [Fact]
    public async Task Exception_of_an_iterator_is_recorded_and_has_the_users_frames_only()
    {
        RecordedRun run = await ComparedRun.SameAsUnrecorded(
            Counting,
            """
                    var expected = new InvalidOperationException("no");
                    try { foreach (int i in Tools.Count(2, expected)) Seen.Add(i); }
                    catch (InvalidOperationException e) { Seen.Add(e, expected); }
            """);

        Assert.Equal(EventStatus.Error, run.Named("Count").Status);
        Assert.Equal("no", Assert.Single(run.Errors).Details);
    }

    [Fact]
    public async Task What_an_iterator_calls_is_recorded_inside_it_wherever_it_is_read()
    {
        RecordedRun run = await RecordedRun.Of(Counting, "var items = Tools.Count(1); Tools.Leaf(5); foreach (int i in items) Tools.Leaf(6);");

        Guid count = run.Named("Count").Id;
        Assert.Equal(
            [("n=5", (Guid?)null), ("n=0", count), ("n=6", null), ("n=-1", count)],
            run.Events.OfType<ToolEvent>().Where(static e => e.Name == "Leaf").Select(static e => (e.Arguments(), e.ParentId)));
    }

    [Fact]
    public async Task Each_further_enumeration_is_an_event_of_its_own()
    {
        RecordedRun run = await RecordedRun.Of(
            "public static class Tools { [RecordTool] public static IEnumerable<int> Two() { yield return 1; yield return 2; } }",
            "var two = Tools.Two(); Check.That(two.Sum() == 3 && two.First() == 1);");

        AgentEvent[] calls = [.. run.Events.Where(static e => e.Returns is not null)];
        Assert.Equal([(EventStatus.Ok, "2"), (EventStatus.Abandoned, "1")], calls.Select(static e => (e.Status, e.Returns!.Property("item_count")!.ToString())));
        Assert.Equal(calls[0].Id, calls[1].ParentId);
    }

    [Fact]
    public async Task Iterator_that_nobody_reads_runs_nothing_and_has_no_end()
    {
        RecordedRun run = await RecordedRun.Of(Counting, "Tools.Count(3);");

        Assert.Equal("Count", run.Call.DisplayName);
        Assert.Null(run.Call.Returns);
    }

    [Theory]
    [InlineData("IEnumerable<int>", "static int[] s = [1, 2];", "[1,2]")]
    [InlineData("IEnumerable<int>", "static List<int> s = [1, 2];", "[1,2]")]
    [InlineData("IEnumerable<int>", "static HashSet<int> s = [1, 2];", "[1,2]")]
    [InlineData("IEnumerable<KeyValuePair<string, int>>", "static Dictionary<string, int> s = new() { [\"a\"] = 1 };", """{"a":1}""")]
    [InlineData("IEnumerable<char>", "static string s = \"ab\";", "\"<System.String>\"")]
    [InlineData("IEnumerable<int>?", "static List<int>? s = null;", "null")]
    [InlineData("IEnumerable<int>", "static IEnumerable<int> s = new[] { 1 }.Where(n => throw new Exception());", null)]
    [InlineData("IEnumerable<int>", "static Own s = new(); class Own : IEnumerable<int> { public IEnumerator<int> GetEnumerator() => throw new Exception(); System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator(); }", "\"<Tools+Own>\"")]
    [InlineData("IEnumerator<int>", "static IEnumerator<int> s = new List<int>().GetEnumerator();", "\"<System.Collections.Generic.List`1+Enumerator[System.Int32]>\"")]
    public async Task Sequence_that_no_iterator_made_ends_at_once_and_is_the_same_object(string type, string field, string? recorded)
    {
        RecordedRun run = await RecordedRun.Of(
            $$"""public static class Tools { {{field}} [RecordTool] public static {{type}} Get() => s; public static bool IsSame(object? o) => ReferenceEquals(o, s); }""",
            "Check.That(Tools.IsSame(Tools.Get()));");

        Assert.Equal(EventStatus.Ok, run.Call.Status);
        if (recorded is not null)
            Assert.Equal(recorded, run.Call.Returns!.ToString());
    }

    [Fact]
    public async Task Reader_that_an_iterator_method_returns_is_recorded()
    {
        RecordedRun run = await RecordedRun.Of(
            "public sealed class Bag { [RecordTool] public IEnumerator<T> Read<T>(T one) { yield return one; } [RecordTool] public async IAsyncEnumerator<int> ReadAsync() { await Task.Yield(); yield return 1; } }",
            """
                    using (IEnumerator<int> reader = new Bag().Read(7)) { while (reader.MoveNext()) Check.That(reader.Current == 7); }
                    await using (IAsyncEnumerator<int> reader = new Bag().ReadAsync()) { await reader.MoveNextAsync(); }
            """);

        Assert.Equal("[7]", run.Named("Read").Returns!.Property("items")!.ToString());
        Assert.Equal((EventStatus.Abandoned, "[1]"), (run.Named("ReadAsync").Status, run.Named("ReadAsync").Returns!.Property("items")!.ToString()));
    }

    [Fact]
    public async Task Iterator_behaves_to_everyone_who_reads_it_as_it_does_unrecorded()
    {
        await ComparedRun.SameAsUnrecorded(
            """
            public sealed class Tools<T>
            {
                [RecordTool] public IEnumerable<T> Give(params T[] items)
                {
                    Seen.Add("start");
                    try { foreach (T item in items) { Seen.Add("yield " + item); yield return item; } }
                    finally { Seen.Add("finally"); }
                }
            }
            """,
            """
                    var tools = new Tools<int>();
                    Seen.Add("made");
                    IEnumerable<int> items = tools.Give(1, 2, 3);
                    Seen.Add(items is ICollection<int> || items is IReadOnlyCollection<int> || items is System.Collections.ICollection);
                    Seen.Add(items is IDisposable && items is IEnumerator<int>);
                    Seen.Add(items.TryGetNonEnumeratedCount(out _));
                    Seen.Add(items.Count());
                    Seen.Add(items.Skip(1).First());
                    Seen.Add(string.Join(",", items.Reverse()));
                    Seen.Add(items.Select(n => n * 2).Last());
                    using IEnumerator<int> reader = items.GetEnumerator();
                    Seen.Add(reader.MoveNext() && reader.MoveNext());
                    Seen.Add(reader.Current);
                    Seen.Add(((System.Collections.IEnumerator)reader).Current);
                    try { reader.Reset(); } catch (NotSupportedException e) { Seen.Add(e.Message); }
                    reader.Dispose(); reader.Dispose();
                    Seen.Add(reader.MoveNext());
                    foreach (object? item in (System.Collections.IEnumerable)items) Seen.Add(item);
                    Seen.Add(string.Concat(new Tools<char>().Give('a', 'b')));
            """);
    }

    [Fact]
    public async Task Redacted_items_are_counted_and_not_recorded()
    {
        RecordedRun run = await RecordedRun.Of(
            "public static class Tools { [RecordTool] [return: Redact] public static IEnumerable<string> Keys(bool list) { return list ? new List<string> { \"k\" } : Lazy(); } static IEnumerable<string> Lazy() { yield return \"k\"; } }",
            "foreach (string key in Tools.Keys(false)) { } Tools.Keys(true);");

        AgentEvent[] calls = [.. run.Events.OfType<ToolEvent>()];
        Assert.Equal("""["[redacted]"]""", calls[0].Returns!.Property("items")!.ToString());
        Assert.Equal("\"[redacted]\"", calls[1].Returns!.ToString());
    }
}
