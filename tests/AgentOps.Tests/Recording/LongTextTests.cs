using AgentOps.Events;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Recording;

/// <summary>Long texts through the whole recorder, in processes of their own.</summary>
public sealed class LongTextTests
{
    [Theory]
    [InlineData(64 * 1024)]
    [InlineData((64 * 1024) - 1)]
    [InlineData((64 * 1024) + 1)]
    public async Task Texts_of_64_KiB_that_calls_take_and_give_are_whole(int length)
    {
        const int Calls = 30;
        using var folder = new TemporaryFolder();
        string[] lines = await AgentProcess.RunAsync(folder.Path, "long-text", $"{length}", $"{Calls}");

        ToolEvent[] calls = [.. EventLogReader.Open(folder.Path).ReadEvents(Guid.Parse(Assert.Single(lines))).OfType<ToolEvent>()];

        Assert.Equal(Calls, calls.Length);
        string text = new('x', length);
        Assert.All(calls, call =>
        {
            Assert.False(call.IsTruncated);
            Assert.Equal(text, call.Params[0].Value.AsText());
            Assert.Equal(text, call.Returns!.AsText());
        });
    }

    [Fact]
    public async Task A_text_of_16_MiB_that_a_call_takes_and_gives_is_cut_and_counted()
    {
        using var folder = new TemporaryFolder();
        string[] lines = await AgentProcess.RunAsync(folder.Path, "long-text", $"{16 << 20}", "2");
        var reader = EventLogReader.Open(folder.Path);

        ToolEvent[] calls = [.. reader.ReadEvents(Guid.Parse(Assert.Single(lines))).OfType<ToolEvent>()];

        Assert.Equal(2, calls.Length);
        Assert.All(calls, static call =>
        {
            Assert.True(call.IsTruncated);
            Assert.EndsWith("x…", call.Params[0].Value.AsText(), StringComparison.Ordinal);
            Assert.EndsWith("x…", call.Returns!.AsText(), StringComparison.Ordinal);
        });
        Assert.Equal(4, reader.Losses["PayloadTruncated"]);
    }
}
