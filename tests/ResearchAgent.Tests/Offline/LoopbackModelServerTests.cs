using System.Net;
using System.Text;
using OpenAI.Chat;
using ResearchAgent.Agent;
using ResearchAgent.Offline;

namespace ResearchAgent.Tests.Offline;

/// <summary>The server as the real client sees it.</summary>
public sealed class LoopbackModelServerTests
{
    private static readonly ChatMessage[] s_question = [new SystemChatMessage("Research."), new UserChatMessage("What turns the lamp?")];

    [Fact]
    public async Task Offered_tools_are_called_and_usage_comes_with_the_reply()
    {
        await using ModelConnection connection = await OpenAsync();
        var options = new ChatCompletionOptions();
        foreach (ChatTool tool in ToolDefinitions.All)
            options.Tools.Add(tool);

        ChatCompletion reply = await connection.Client.CompleteChatAsync(s_question, options, TestContext.Current.CancellationToken);

        Assert.Equal(ChatFinishReason.ToolCalls, reply.FinishReason);
        Assert.Equal(["search_documents", "list_files"], reply.ToolCalls.Select(call => call.FunctionName));
        Assert.Equal(2, reply.ToolCalls.Select(call => call.Id).Distinct().Count());
        Assert.Equal(LoopbackModelServer.ModelName, reply.Model);
        Assert.True(reply.Usage.InputTokenCount > 100, "The tools and their descriptions are input as well.");
        Assert.InRange(reply.Usage.OutputTokenCount, 10, 200);
        Assert.Equal(reply.Usage.InputTokenCount + reply.Usage.OutputTokenCount, reply.Usage.TotalTokenCount);
    }

    [Fact]
    public async Task Without_tools_the_answer_is_streamed_with_usage_in_the_last_update()
    {
        await using ModelConnection connection = await OpenAsync();
        var text = new StringBuilder();
        var updates = new List<StreamingChatCompletionUpdate>();

        await foreach (StreamingChatCompletionUpdate update in connection.Client.CompleteChatStreamingAsync(
            s_question, options: null, TestContext.Current.CancellationToken))
        {
            updates.Add(update);
            foreach (ChatMessageContentPart part in update.ContentUpdate)
                text.Append(part.Text);
        }

        Assert.Equal("The documents have no line on turns, lamp.", text.ToString());
        Assert.True(updates.Count > 5, "The answer comes word by word.");
        Assert.Contains(updates, update => update.FinishReason == ChatFinishReason.Stop);
        Assert.All(updates.SkipLast(1), update => Assert.Null(update.Usage));
        Assert.True(updates[^1].Usage.InputTokenCount > 0);
        Assert.True(updates[^1].Usage.OutputTokenCount > 0);
    }

    [Fact]
    public async Task The_same_answer_comes_without_a_stream()
    {
        await using ModelConnection connection = await OpenAsync();

        ChatCompletion reply = await connection.Client.CompleteChatAsync(s_question, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("The documents have no line on turns, lamp.", Assert.Single(reply.Content).Text);
        Assert.Equal(ChatFinishReason.Stop, reply.FinishReason);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"messages":[]}""")]
    public async Task A_body_that_is_no_request_is_refused_as_the_API_does(string body)
    {
        await using ModelConnection connection = await OpenAsync();
        using var http = new HttpClient();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        using HttpResponseMessage response = await http.PostAsync(
            new Uri(connection.Address + "/chat/completions"), content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("invalid_request_error", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_paths_are_not_found()
    {
        await using ModelConnection connection = await OpenAsync();
        using var http = new HttpClient();

        using HttpResponseMessage response = await http.GetAsync(new Uri(connection.Address + "/models"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Only_this_machine_can_reach_it()
    {
        await using ModelConnection connection = await OpenAsync();

        Assert.Equal("127.0.0.1", connection.Address.Host);
        Assert.NotEqual(0, connection.Address.Port);
    }

    [Fact]
    public async Task After_its_end_nothing_answers()
    {
        ModelConnection connection = await OpenAsync();
        await connection.DisposeAsync();

        Exception failure = await Assert.ThrowsAnyAsync<Exception>(
            () => connection.Client.CompleteChatAsync(s_question, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains($"127.0.0.1:{connection.Address.Port}", FailureText.Of(failure), StringComparison.Ordinal);
    }

    private static Task<ModelConnection> OpenAsync() => ModelConnection.OpenAsync(settings: null, TestContext.Current.CancellationToken);
}
