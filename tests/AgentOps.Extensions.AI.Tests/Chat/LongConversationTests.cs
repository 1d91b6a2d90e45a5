using AgentOps.Events;
using AgentOps.Extensions.AI.Tests.Support;
using Microsoft.Extensions.AI;

namespace AgentOps.Extensions.AI.Tests.Chat;

/// <summary>Conversations that are longer than an event may be.</summary>
public sealed class LongConversationTests
{
    [Fact]
    public async Task Beginning_by_the_system_and_the_last_messages_are_kept()
    {
        ChatMessage[] messages =
        [
            new(ChatRole.System, "Be brief."),
            .. Enumerable.Range(0, 400).Select(static i => new ChatMessage(ChatRole.User, $"{i}:" + new string('é', 1000))),
            new(ChatRole.User, "And now?"),
        ];

        LlmEvent call = await RecordAsync(messages);

        string prompt = call.Prompt!.ToString();
        Assert.StartsWith("""[{"role":"system","content":"Be brief."},""", prompt, StringComparison.Ordinal);
        Assert.EndsWith("""{"role":"user","content":"And now?"}]""", prompt, StringComparison.Ordinal);
        Assert.Contains("\"399:", prompt, StringComparison.Ordinal);
        Assert.DoesNotContain("\"0:", prompt, StringComparison.Ordinal);
        // Most of the room is used, and what was left out is counted.
        int kept = prompt.Split("\"role\"").Length - 1;
        Assert.InRange(kept, 40, 70);
        Assert.Contains($"{402 - kept}", prompt[..200], StringComparison.Ordinal);
        Assert.False(call.IsTruncated);
    }

    [Fact]
    public async Task Last_message_is_cut_where_it_alone_is_too_long()
    {
        LlmEvent call = await RecordAsync([new(ChatRole.User, "first"), new(ChatRole.User, "last" + new string('x', 1_000_000))]);

        Assert.True(call.IsTruncated);
        Assert.Contains("lastxxx", call.Prompt!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Result_that_is_kept_out_stays_out_where_its_call_was_left_out()
    {
        LlmEvent call = await RecordAsync(
            [
                new(ChatRole.Assistant, [new FunctionCallContent("1", "open")]),
                new(ChatRole.User, new string('x', 1_000_000)),
                new(ChatRole.Tool, [new FunctionResultContent("1", "door-7")]),
            ],
            new ChatOptions { Tools = [AIFunctionFactory.Create(Open, "open")] });

        Assert.EndsWith("""{"role":"tool","parts":[{"type":"tool_call_response","id":"1","response":"[redacted]"}]}]""", call.Prompt!.ToString(), StringComparison.Ordinal);
    }

    [return: Redact]
    private static string Open() => "door-7";

    private static async Task<LlmEvent> RecordAsync(ChatMessage[] messages, ChatOptions? options = null)
    {
        IChatClient client = new ScriptedClient().Recorded();
        return await Sessions.RecordOne<LlmEvent>(() => client.GetResponseAsync(messages, options, TestContext.Current.CancellationToken));
    }
}
