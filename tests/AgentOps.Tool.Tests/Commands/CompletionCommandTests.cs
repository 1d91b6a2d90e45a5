using AgentOps.Tool.Tests.Support;

namespace AgentOps.Tool.Tests.Commands;

public sealed class CompletionCommandTests(RecordedLogs logs)
{
    [Theory]
    [InlineData("bash", "complete -F _agentops agentops")]
    [InlineData("zsh", "compdef _agentops agentops")]
    [InlineData("fish", "complete -c agentops")]
    [InlineData("pwsh", "Register-ArgumentCompleter")]
    public async Task Script_asks_the_tool_for_suggestions(string shell, string registration)
    {
        ToolResult result = await ToolUnderTest.RunAsync("unused", "completion", shell);

        Assert.Contains("[suggest:", result.Output, StringComparison.Ordinal);
        Assert.Contains(registration, result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("agentops se", "sessions")]
    [InlineData("agentops sessions --st", "--state")]
    [InlineData("agentops sessions --state ", "crashed")]
    [InlineData("agentops show ", "01950000-9")]
    [InlineData("agentops prices ", "resolve")]
    public async Task Commands_options_values_and_sessions_are_suggested(string commandLine, string suggested)
    {
        ToolResult result = await ToolUnderTest.RunAsync(logs.Ended, $"[suggest:{commandLine.Length}]", commandLine);

        Assert.Contains(suggested, result.Output.ReplaceLineEndings("\n").Split('\n'));
    }
}
