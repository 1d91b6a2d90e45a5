using AgentOps.Tests.Support;

namespace AgentOps.Tests.Recording;

/// <summary>Options on what is captured, which a process sets once, before its first session.</summary>
public sealed class CaptureOptionTests
{
    private const string Key = "000102030405060708090a0b0c0d0e0f";
    private const string OtherKey = "f00102030405060708090a0b0c0d0e0f";

    [Fact]
    public async Task All_of_it_is_captured_when_nothing_is_taken_away()
    {
        string[] lines = await Capture("All", Key);

        Assert.Equal(
            [
                "Word: n=1 => 2",
                "Text: text=\"t\" => \"t!\"",
                "Later: text=\"t\" => \"t!\"",
                "Object: value={\"Text\":\"n\",\"Inner\":{\"Other\":\"inner\"},\"Password\":\"[redacted]\"} => {\"Text\":\"n\",\"Inner\":{\"Other\":\"inner\"},\"Password\":\"[redacted]\"}",
                "Try: text=\"5\" => {\"return\":true,\"number\":5}",
            ],
            lines.Where(static l => !l.StartsWith("Hash", StringComparison.Ordinal)).Take(5));
        Assert.Contains("\"items\":[1]", lines[6], StringComparison.Ordinal);
        Assert.Equal("a=1 => 2, prompt \"p\", completion \"c\", tokens 3", After(lines[7]));
    }

    [Fact]
    public async Task Nothing_but_names_and_numbers_is_left_when_all_is_taken_away()
    {
        string[] lines = await Capture("None", Key);

        Assert.Equal(["Word:  => ", "Text:  => ", "Later:  => ", "Object:  => ", "Hash:  => ", "Try:  => "], lines.Take(6));
        Assert.Contains("\"item_count\":1", lines[6], StringComparison.Ordinal);
        Assert.DoesNotContain("\"items\"", lines[6], StringComparison.Ordinal);
        Assert.EndsWith(", tokens 3", lines[7], StringComparison.Ordinal);
        Assert.DoesNotContain("\"p\"", lines[7], StringComparison.Ordinal);
        Assert.DoesNotContain("\"c\"", lines[7], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Arguments", "n=1 => ", "text=\"t\" => ")]
    [InlineData("Result", " => 2", " => \"t!\"")]
    public async Task Either_half_can_be_taken_away(string levels, string word, string text)
    {
        string[] lines = await Capture(levels, Key);

        Assert.Equal([word, text, text], lines.Take(3).Select(After));
    }

    [Fact]
    public async Task Same_key_gives_the_same_digest_in_every_process_and_another_key_another()
    {
        string[] digests = [.. (await Task.WhenAll(Capture("All", Key), Capture("All", Key), Capture("All", OtherKey))).Select(static lines => lines[4])];

        Assert.Matches("^Hash: value=\"\\[redacted [0-9a-f]{14}\\]\" => $", digests[0]);
        Assert.Equal(digests[0], digests[1]);
        Assert.NotEqual(digests[0], digests[2]);
    }

    [Fact]
    public async Task Names_of_json_properties_are_not_looked_at_when_that_is_switched_off()
    {
        string[] lines = await Capture("All", Key, "keep");

        Assert.Contains("\"Password\":\"p\"", lines[3], StringComparison.Ordinal);
        Assert.DoesNotContain("own", lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public void A_short_key_is_refused()
    {
        var options = new RecorderOptions();

        var refusal = Assert.Throws<ArgumentException>(() => options.RedactionKey = new byte[15]);

        Assert.Contains("at least 16 bytes; this one has 15", refusal.Message, StringComparison.Ordinal);
        options.RedactionKey = default;
    }

    private static string After(string line) => line[(line.IndexOf(':', StringComparison.Ordinal) + 2)..];

    private static async Task<string[]> Capture(params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        return await AgentProcess.RunAsync(folder.Path, "capture", arguments);
    }
}
