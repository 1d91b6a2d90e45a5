using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ResearchAgent.Offline;
using ResearchAgent.Tests.Support;

namespace ResearchAgent.Tests;

/// <summary>The built program when something is wrong: one line, the right exit code, and a session that tells what happened.</summary>
public sealed class ProgramFailureTests : IDisposable
{
    private readonly TemporaryFolder _documents = TemporaryFolder.WithDocuments();
    private readonly TemporaryFolder _results = new();

    private string JsonFile => _results.Combine("session.jsonl");

    public void Dispose()
    {
        _documents.Dispose();
        _results.Dispose();
    }

    [Fact]
    public async Task Wrong_folder_is_one_line_and_exit_code_2()
    {
        SampleResult result = await SampleProcess.RunAsync("why?", "--folder", "/no/such/folder");

        Assert.Equal(["The folder '/no/such/folder' does not exist."], result.ErrorLines);
        Assert.Equal("", result.Output);
        Assert.Equal(2, result.ExitCode);
    }

    [Fact]
    public async Task Empty_question_is_one_line_and_exit_code_2()
    {
        SampleResult result = await SampleProcess.RunAsync("", "--folder", _documents.Path);

        Assert.Equal(["The question is empty."], result.ErrorLines);
        Assert.Equal(2, result.ExitCode);
    }

    [Fact]
    public async Task Unknown_option_is_one_line_and_exit_code_2()
    {
        SampleResult result = await SampleProcess.RunAsync("--colour");

        Assert.Equal(["Unknown option '--colour'; --help lists the options."], result.ErrorLines);
        Assert.Equal(2, result.ExitCode);
    }

    [Fact]
    public async Task Folder_without_text_is_one_line_and_exit_code_2()
    {
        SampleResult result = await SampleProcess.RunAsync("why?", "--folder", _results.Path);

        Assert.Equal([$"The folder '{_results.Path}' holds no text files."], result.ErrorLines);
        Assert.Equal(2, result.ExitCode);
    }

    [Fact]
    public async Task Help_is_no_failure()
    {
        SampleResult result = await SampleProcess.RunAsync("--help");

        Assert.Contains("--folder DIR", result.Output, StringComparison.Ordinal);
        Assert.Equal("", result.Errors);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task Without_arguments_the_repository_around_it_is_searched()
    {
        _documents.Write(RepositoryFolder.Marker, "");
        _documents.Write("docs/log.md", "What was recorded survives when the process is killed.");

        SampleResult result = await SampleProcess.RunInAsync(_documents.Combine("src"));

        Assert.Equal("", result.Errors);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("(docs/log.md:1)", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_key_the_given_endpoint_and_model_are_asked()
    {
        await using LoopbackModelServer endpoint = await LoopbackModelServer.StartAsync(TestContext.Current.CancellationToken);
        var environment = new Dictionary<string, string>(FakeEndpoint.To(endpoint.Address.ToString())) { ["OPENAI_MODEL"] = "model-of-a-test" };
        using SampleProcess sample = SampleProcess.Start(
            environment, TemporaryFolder.Question, "--folder", _documents.Path, "--json", JsonFile);

        SampleResult result = await sample.WaitAsync();

        Assert.Equal("", result.Errors);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains($"model-of-a-test at {endpoint.Address}", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("none is called", result.Output, StringComparison.Ordinal);
        Assert.All(RecordedSession.Read(JsonFile).Llms, llm => Assert.Equal("model-of-a-test", RecordedSession.Text(llm, "model")));
    }

    [Fact]
    public async Task Question_that_nothing_answers_fails_the_session()
    {
        SampleResult result = await SampleProcess.RunAsync("Where are submarines?", "--folder", _documents.Path, "--json", JsonFile);

        Assert.Equal(["The answer names no line of the documents."], result.ErrorLines);
        Assert.Equal(1, result.ExitCode);
        AssertFailed("The answer names no line of the documents.");
    }

    [Fact]
    public async Task Refused_key_is_one_line_and_exit_code_1_and_fails_the_session()
    {
        await using FakeEndpoint endpoint = await FakeEndpoint.StartAsync(context =>
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(
                """{"error":{"message":"Incorrect API key provided.","type":"invalid_request_error","code":"invalid_api_key"}}""");
        });

        SampleResult result = await RunAsync(endpoint.Environment);

        string line = Assert.Single(result.ErrorLines);
        Assert.StartsWith("The research failed: HTTP 401", line, StringComparison.Ordinal);
        Assert.Contains("Incorrect API key provided.", line, StringComparison.Ordinal);
        Assert.DoesNotContain("key-of-a-test", result.Output + result.Errors, StringComparison.Ordinal);
        Assert.Equal(1, result.ExitCode);
        AssertFailed("HTTP 401");
        Assert.DoesNotContain("key-of-a-test", await File.ReadAllTextAsync(JsonFile, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unreachable_endpoint_is_one_line_and_exit_code_1()
    {
        SampleResult result = await RunAsync(FakeEndpoint.To("http://127.0.0.1:1/v1"));

        string line = Assert.Single(result.ErrorLines);
        Assert.StartsWith("The research failed: ", line, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1:1", line, StringComparison.Ordinal);
        Assert.Equal(1, result.ExitCode);
        AssertFailed("127.0.0.1:1");
    }

    [Fact]
    public async Task Interrupt_ends_the_session_and_the_program_with_exit_code_130()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no kill command.");
        await using FakeEndpoint endpoint = await FakeEndpoint.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        using SampleProcess sample = SampleProcess.Start(endpoint.Environment, "why?", "--folder", _documents.Path, "--json", JsonFile);
        await endpoint.Asked.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        using Process kill = Process.Start("kill", ["-INT", sample.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        SampleResult result = await sample.WaitAsync();

        Assert.Equal(["Cancelled."], result.ErrorLines);
        Assert.Equal(130, result.ExitCode);
        RecordedSession recorded = RecordedSession.Read(JsonFile);
        Assert.Equal("session_end", RecordedSession.Text(recorded.Events[^1], "event_type"));
        Assert.Equal("cancelled", RecordedSession.Text(Assert.Single(recorded.Llms), "status"));
    }

    private async Task<SampleResult> RunAsync(IReadOnlyDictionary<string, string> environment)
    {
        using SampleProcess sample = SampleProcess.Start(environment, "why?", "--folder", _documents.Path, "--json", JsonFile);
        return await sample.WaitAsync();
    }

    private void AssertFailed(string reason)
    {
        JsonElement end = RecordedSession.Read(JsonFile).Events[^1];
        Assert.Equal("Fail", RecordedSession.Text(end, "end_state"));
        Assert.Contains(reason, RecordedSession.Text(end, "end_state_reason"), StringComparison.Ordinal);
    }
}
