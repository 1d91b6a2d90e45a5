using System.Text.Json;
using System.Text.RegularExpressions;
using ResearchAgent.Agent;
using ResearchAgent.Documents;
using ResearchAgent.Tests.Support;

namespace ResearchAgent.Tests;

/// <summary>The built program, run as users run it, with nothing but its loopback server to ask.</summary>
public sealed partial class ProgramTests(ProgramTests.OneRun run) : IClassFixture<ProgramTests.OneRun>
{
    private readonly TemporaryFolder _documents = run.Documents;
    private readonly SampleResult _result = run.Result;

    private RecordedSession Recorded { get; } = RecordedSession.Read(run.JsonFile);

    /// <summary>All tests look at the same run.</summary>
    public sealed class OneRun : IAsyncLifetime
    {
        private readonly TemporaryFolder _results = new();

        internal TemporaryFolder Documents { get; } = TemporaryFolder.WithDocuments();

        internal SampleResult Result { get; private set; } = new(-1, "", "");

        internal string JsonFile => _results.Combine("session.jsonl");

        public async ValueTask InitializeAsync() =>
            Result = await SampleProcess.RunAsync(TemporaryFolder.Question, "--folder", Documents.Path, "--json", JsonFile);

        public ValueTask DisposeAsync()
        {
            Documents.Dispose();
            _results.Dispose();
            return ValueTask.CompletedTask;
        }
    }

    [Fact]
    public void It_succeeds_and_says_that_no_model_was_called()
    {
        Assert.Equal("", _result.Errors);
        Assert.Equal(0, _result.ExitCode);
        Assert.Contains("none is called: OPENAI_API_KEY is not set", _result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_answer_quotes_lines_that_stand_where_it_says()
    {
        DocumentLibrary library = _documents.OpenLibrary();
        string output = FailureText.OneLine(_result.Output);
        MatchCollection quotes = Quote().Matches(output);

        Assert.NotEmpty(quotes);
        Assert.All(quotes, quote =>
        {
            Citation place = Assert.Single(Citation.FindIn(quote.Groups["place"].Value, library));
            string said = quote.Groups["text"].Value;
            string line = library.Find(place.File)!.Lines[place.Line - 1];
            Assert.Contains(line.Split(' '), word => word.Length > 3 && said.Contains(word, StringComparison.Ordinal));
        });
        Assert.Contains("is fed by a battery", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Piped_output_is_plain_and_at_most_100_columns_wide()
    {
        Assert.DoesNotContain('\u001b', _result.Output);
        Assert.All(
            _result.Output.Split('\n').Where(line => !line.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal)),
            line => Assert.True(line.TrimEnd('\r').Length <= 100, line));
    }

    [Fact]
    public void The_record_begins_and_ends_with_the_session()
    {
        JsonElement start = Recorded.Events[0];
        JsonElement end = Recorded.Events[^1];

        Assert.Equal("session_start", RecordedSession.Text(start, "event_type"));
        Assert.Equal("Research: " + TemporaryFolder.Question, RecordedSession.Text(start, "name"));
        Assert.Equal("session_end", RecordedSession.Text(end, "event_type"));
        Assert.Equal("Success", RecordedSession.Text(end, "end_state"));
        Assert.Single(Recorded.Events.Select(e => RecordedSession.Text(e, "session_id")).Distinct());
        Assert.Equal(Recorded.Events.Count, Recorded.Events.Select(e => RecordedSession.Text(e, "id")).Distinct().Count());
    }

    [Fact]
    public void Model_calls_are_recorded_with_model_and_tokens_inside_the_step_that_made_them()
    {
        Assert.Equal(["plan", "plan", "plan", "plan", "answer"], Recorded.Llms.Select(Recorded.ParentName));
        Assert.All(Recorded.Llms, llm =>
        {
            Assert.Equal("openai", RecordedSession.Text(llm, "provider"));
            Assert.Equal("local-planner", RecordedSession.Text(llm, "model"));
            Assert.True(llm.GetProperty("prompt_tokens").GetInt64() > 0);
            Assert.True(llm.GetProperty("completion_tokens").GetInt64() > 0);
            Assert.Equal("ok", RecordedSession.Text(llm, "status"));
            Assert.True(llm.GetProperty("duration_ns").GetInt64() > 0);
        });
    }

    [Fact]
    public void What_a_stand_in_does_is_shown_and_exported_as_free_and_not_as_unknown()
    {
        Assert.Contains("Total $0.00 for 5 calls", _result.Output, StringComparison.Ordinal);
        Assert.All(Recorded.Llms, llm =>
        {
            Assert.Equal(0, llm.GetProperty("cost").GetDecimal());
            Assert.Equal("free", RecordedSession.Text(llm, "cost_reason"));
            Assert.False(llm.TryGetProperty("counted", out _));
        });
    }

    [Fact]
    public void The_recorded_prompts_hold_every_message() =>
        Assert.Equal([2, 5, 7, 10, 12], Recorded.Llms.Select(llm => llm.GetProperty("prompt").GetArrayLength()));

    [Fact]
    public void Tool_calls_are_recorded_with_arguments_and_results()
    {
        Assert.Equal(
            ["list_files", "read_file", "read_file", "read_file", "search_documents"],
            Recorded.Tools.Select(RecordedSession.Name).Order(StringComparer.Ordinal));
        Assert.All(Recorded.Tools, tool => Assert.Equal("gather", Recorded.ParentName(tool)));

        JsonElement search = Recorded.Tools.Single(tool => RecordedSession.Name(tool) == "search_documents");
        Assert.Equal("feeds lamp power fails storm", RecordedSession.Text(search.GetProperty("params"), "query"));
        Assert.Equal(12, search.GetProperty("params").GetProperty("limit").GetInt32());
        Assert.Equal(JsonValueKind.Array, search.GetProperty("returns").ValueKind);
        Assert.EndsWith("ToolBox.cs", RecordedSession.Text(search.GetProperty("site"), "file"), StringComparison.Ordinal);
    }

    [Fact]
    public void Actions_are_recorded_one_inside_the_other_for_the_agent()
    {
        JsonElement research = Assert.Single(Recorded.Actions, action => RecordedSession.Name(action) == "research");

        Assert.Null(Recorded.ParentName(research));
        Assert.All(
            Recorded.Actions.Where(action => RecordedSession.Name(action) != "research"),
            action => Assert.Equal("research", Recorded.ParentName(action)));
        JsonElement[] calls = [.. Recorded.Actions, .. Recorded.Llms, .. Recorded.Tools];
        Assert.All(calls, call => Assert.Equal("researcher", RecordedSession.Text(call, "agent_name")));
        Assert.Single(calls.Select(call => RecordedSession.Text(call, "agent_id")).Distinct());
    }

    [Fact]
    public void The_failed_tool_call_has_its_error_and_the_next_one_recovers()
    {
        JsonElement failed = Assert.Single(Recorded.Tools, tool => RecordedSession.Text(tool, "status") == "error");
        JsonElement error = Assert.Single(Recorded.Errors);

        Assert.Equal("read_file", RecordedSession.Name(failed));
        Assert.Equal(RecordedSession.Text(failed, "id"), RecordedSession.Text(error, "trigger_event_id"));
        Assert.Equal("System.IO.FileNotFoundException", RecordedSession.Text(error, "error_type"));
        Assert.StartsWith("There is no file 'docs/feeds.md'", RecordedSession.Text(error, "details"), StringComparison.Ordinal);
        Assert.Contains("DocumentTools.ReadFile", RecordedSession.Text(error, "logs"), StringComparison.Ordinal);
        Assert.Equal("ok", RecordedSession.Text(Recorded.Tools[^1], "status"));
    }

    [GeneratedRegex("""- "(?<text>[^"]+)" \((?<place>[^)\s]+)\)""")]
    private static partial Regex Quote();
}
