using AgentOps.Extensions.AI.Tests.Support;
using AgentOps.Recording;
using Microsoft.Extensions.AI;

namespace AgentOps.Extensions.AI.Tests.Chat;

/// <summary>A recorded client behaves as the one it stands for.</summary>
public sealed class TransparencyTests
{
    private static readonly ChatMessage[] s_question = [new(ChatRole.User, "How are you?")];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Response_is_the_same_object()
    {
        var response = new ChatResponse(new ChatMessage(ChatRole.Assistant, "Fine."));
        IChatClient client = new ScriptedClient { OnResponse = async (_, _, _) => { await Task.Yield(); return response; } }.Recorded();

        await Sessions.Record(async () => Assert.Same(response, await client.GetResponseAsync(s_question, cancellationToken: Token)));
    }

    [Fact]
    public async Task Updates_are_the_same_objects()
    {
        ChatResponseUpdate[] updates = [new(ChatRole.Assistant, "Fi"), new(ChatRole.Assistant, "ne.")];
        IChatClient client = ScriptedClient.Streaming(updates).Recorded();
        List<ChatResponseUpdate> read = [];

        await Sessions.Record(async () =>
        {
            await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync(s_question, cancellationToken: Token))
                read.Add(update);
        });

        Assert.Equal(updates, read);
    }

    [Fact]
    public async Task Exception_is_the_same_object()
    {
        var failure = new InvalidOperationException();
        IChatClient client = new ScriptedClient { OnResponse = async (_, _, _) => { await Task.Yield(); throw failure; } }.Recorded();

        await Sessions.Record(async () =>
            Assert.Same(failure, await Assert.ThrowsAsync<InvalidOperationException>(() => client.GetResponseAsync(s_question, cancellationToken: Token))));
    }

    [Fact]
    public async Task Exception_before_the_task_is_thrown_before_the_task()
    {
        var failure = new InvalidOperationException();
        IChatClient client = new ScriptedClient { OnResponse = (_, _, _) => throw failure, OnStream = (_, _, _) => throw failure }.Recorded();

        await Sessions.Record(() =>
        {
            Assert.Same(failure, Assert.Throws<InvalidOperationException>(() => { _ = client.GetResponseAsync(s_question, cancellationToken: Token); }));
            Assert.Same(failure, Assert.Throws<InvalidOperationException>(() => client.GetStreamingResponseAsync(s_question, cancellationToken: Token)));
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task Messages_options_and_token_reach_the_client_as_they_were_given()
    {
        using var cancellation = new CancellationTokenSource();
        var options = new ChatOptions();
        (object, object?, CancellationToken) given = default;
        IChatClient client = new ScriptedClient { OnResponse = (m, o, t) => { given = (m, o, t); return Task.FromResult(new ChatResponse()); } }.Recorded();

        await Sessions.Record(() => client.GetResponseAsync(s_question, options, cancellation.Token));

        Assert.Equal((s_question, options, cancellation.Token), given);
    }

    [Fact]
    public async Task Token_reaches_the_stream()
    {
        using var cancellation = new CancellationTokenSource();
        CancellationToken given = default;
        IChatClient client = new ScriptedClient { OnStream = (_, _, t) => { given = t; return new ChatResponse().ToChatResponseUpdates().ToAsyncEnumerable(); } }.Recorded();

        await Sessions.Record(async () =>
        {
            await foreach (ChatResponseUpdate _ in client.GetStreamingResponseAsync(s_question, cancellationToken: cancellation.Token))
                Assert.Fail("There is no update.");
        });

        Assert.Equal(cancellation.Token, given);
    }

    [Fact]
    public async Task Messages_of_a_query_are_made_once()
    {
        int made = 0;
        IEnumerable<ChatMessage> query = Enumerable.Range(0, 3).Select(i => { made++; return new ChatMessage(ChatRole.User, $"{i}"); });
        List<string> given = [];
        IChatClient client = new ScriptedClient { OnResponse = (m, _, _) => { given.AddRange(m.Select(static x => x.Text)); return Task.FromResult(new ChatResponse()); } }.Recorded();

        await Sessions.Record(() => client.GetResponseAsync(query, cancellationToken: Token));

        Assert.Equal((3, "0 1 2"), (made, string.Join(' ', given)));
    }

    [Fact]
    public async Task Failure_of_a_query_comes_where_the_client_reads_it()
    {
        var failure = new InvalidOperationException();
        List<string> given = [];
        IChatClient client = new ScriptedClient
        {
            OnResponse = async (messages, _, _) =>
            {
                await Task.Yield();
                foreach (ChatMessage message in messages)
                    given.Add(message.Text);
                return new ChatResponse();
            },
        }.Recorded();

        await Sessions.Record(async () =>
        {
            Task<ChatResponse> response = client.GetResponseAsync(Failing(), cancellationToken: Token);
            Assert.Same(failure, await Assert.ThrowsAsync<InvalidOperationException>(() => response));
        });

        Assert.Equal(["first"], given);

        IEnumerable<ChatMessage> Failing()
        {
            yield return new ChatMessage(ChatRole.User, "first");
            throw failure;
        }
    }

    [Fact]
    public async Task Client_that_cannot_be_asked_about_itself_still_answers()
    {
        IChatClient client = new Unaskable().Recorded();

        await Sessions.Record(async () => Assert.Equal("fine", (await client.GetResponseAsync(s_question, cancellationToken: Token)).Text));
    }

    [Fact]
    public async Task Without_a_session_nothing_is_recorded_and_the_task_is_the_client_s_own()
    {
        Task<ChatResponse> task = Task.FromResult(new ChatResponse());
        IAsyncEnumerable<ChatResponseUpdate> stream = AsyncEnumerable.Empty<ChatResponseUpdate>();
        IChatClient client = new ScriptedClient { OnResponse = (_, _, _) => task, OnStream = (_, _, _) => stream }.Recorded();

        Assert.Same(task, client.GetResponseAsync(s_question, cancellationToken: Token));
        Assert.Same(stream, client.GetStreamingResponseAsync(s_question, cancellationToken: Token));
        Assert.Empty(await Sessions.Record(() => Task.CompletedTask));
    }

    [Fact]
    public void Without_a_session_nothing_is_allocated()
    {
        Task<ChatResponse> task = Task.FromResult(new ChatResponse());
        IAsyncEnumerable<ChatResponseUpdate> stream = AsyncEnumerable.Empty<ChatResponseUpdate>();
        IChatClient client = new ScriptedClient { OnResponse = (_, _, _) => task, OnStream = (_, _, _) => stream }.Recorded();
        Ask(client);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            Ask(client);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        static void Ask(IChatClient client)
        {
            _ = client.GetResponseAsync(s_question, options: null, CancellationToken.None);
            _ = client.GetStreamingResponseAsync(s_question, options: null, CancellationToken.None);
        }
    }

    [Fact]
    public void Services_are_those_of_the_client_and_the_recorder_is_found()
    {
        var inner = new ScriptedClient { Metadata = new("openai") };
        IChatClient client = inner.Recorded();

        Assert.Same(inner, client.GetService<ScriptedClient>());
        Assert.Same(inner.Metadata, client.GetService<ChatClientMetadata>());
        Assert.Same(client, client.GetService<IRecordsCalls>());
        Assert.Null(client.GetService(typeof(ScriptedClient), "key"));
    }

    [Fact]
    public void Disposing_disposes_the_client()
    {
        var inner = new ScriptedClient();

        inner.Recorded().Dispose();

        Assert.True(inner.IsDisposed);
    }

    [Fact]
    public void Client_that_is_recorded_already_is_returned_as_it_is()
    {
        IChatClient client = new ScriptedClient().Recorded();

        Assert.Same(client, client.Recorded(new ModelRecordingOptions { Name = "other" }));
    }

    [Fact]
    public void Nothing_cannot_be_recorded()
    {
        Assert.Throws<ArgumentNullException>("client", () => ((IChatClient)null!).Recorded());
    }

    private sealed class Unaskable : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken) =>
            Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "fine")));

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
