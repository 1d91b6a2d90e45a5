using AgentOps.Tool.Tests.Support;

namespace AgentOps.Tool.Tests;

public sealed class ColourTests(RecordedLogs logs)
{
    [Fact]
    public async Task Terminals_get_colours_and_the_same_text()
    {
        ToolResult plain = await ToolUnderTest.RunAsync(logs.Ended, "show", "last");
        ToolResult coloured = await ToolUnderTest.RunAsync(static environment => environment with { IsOutputRedirected = false }, logs.Ended, ["show", "last"], TestContext.Current.CancellationToken);

        Assert.Contains("\u001b[91m✗ fail", coloured.Output, StringComparison.Ordinal);
        string[] stripped = [.. System.Text.RegularExpressions.Regex.Replace(coloured.Output, "\u001b\\[[0-9;]*m", "").Split('\n').Select(static line => line.TrimEnd())];
        Assert.Equal(plain.Output.Split('\n'), stripped);
    }

    [Theory]
    [InlineData("NO_COLOR", "1", "")]
    [InlineData("TERM", "dumb", "")]
    [InlineData("NONE", "", "--no-color")]
    public async Task Whoever_wants_no_colours_gets_none(string variable, string value, string option)
    {
        ToolResult result = await ToolUnderTest.RunAsync(
            environment => environment with { IsOutputRedirected = false, Variable = name => name == variable ? value : environment.Variable(name) },
            logs.Ended, [.. "show last".Split(' '), .. option.Length > 0 ? (string[])[option] : []], TestContext.Current.CancellationToken);

        Assert.DoesNotContain('\u001b', result.Output);
        Assert.Equal(ExitCodes.Ok, result.ExitCode);
    }
}
