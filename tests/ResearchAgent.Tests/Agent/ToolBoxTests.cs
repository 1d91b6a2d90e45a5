using System.Text.Json;
using OpenAI.Chat;
using ResearchAgent.Agent;
using ResearchAgent.Documents;
using ResearchAgent.Tests.Support;

namespace ResearchAgent.Tests.Agent;

public sealed class ToolBoxTests
{
    [Fact]
    public async Task A_search_returns_places_as_json()
    {
        ToolOutcome outcome = await RunAsync("search_documents", """{"query":"battery storm","limit":1}""");

        Assert.False(outcome.Failed);
        JsonElement hit = Assert.Single(JsonElement.Parse(outcome.Text).EnumerateArray());
        Assert.Equal("docs/keeper.md", hit.GetProperty("file").GetString());
        Assert.Equal(4, hit.GetProperty("line").GetInt32());
    }

    [Fact]
    public async Task Left_out_arguments_have_defaults()
    {
        ToolOutcome outcome = await RunAsync("read_file", """{"path":"docs/lamp.md"}""");

        Assert.Equal("lines 1 to 6 of 6", outcome.Summary);
    }

    [Theory]
    [InlineData("read_file", """{"path":"docs/none.md"}""", "There is no file 'docs/none.md' in this folder; list_files names the files there are.")]
    [InlineData("read_file", """{"path":"docs/lamp.md","startLine":7}""", "'docs/lamp.md' has the lines 1 to 6; line 7 is not one of them.")]
    [InlineData("read_file", """{"startLine":7}""", "The argument 'path' is missing; it is a string.")]
    [InlineData("search_documents", """{"query":""}""", "The query is empty; give the words to look for.")]
    [InlineData("search_documents", "[1]", "The arguments are not a JSON object.")]
    [InlineData("search_documents", """{"query":""", "The arguments are not a JSON object.")]
    [InlineData("make_coffee", "{}", "There is no tool 'make_coffee'.")]
    public async Task A_failed_call_tells_the_model_why(string tool, string arguments, string message)
    {
        ToolOutcome outcome = await RunAsync(tool, arguments);

        Assert.True(outcome.Failed);
        Assert.Equal(message, JsonElement.Parse(outcome.Text).GetProperty("error").GetString());
        Assert.Equal(message, outcome.Summary);
    }

    private static async Task<ToolOutcome> RunAsync(string tool, string arguments)
    {
        using TemporaryFolder folder = TemporaryFolder.WithDocuments();
        var toolBox = new ToolBox(new DocumentTools(folder.OpenLibrary()));
        ChatToolCall call = ChatToolCall.CreateFunctionToolCall("call_1", tool, BinaryData.FromString(arguments));
        return await toolBox.RunAsync(call, TestContext.Current.CancellationToken);
    }
}
