using System.CommandLine;

namespace AgentOps.Tool.Commands;

/// <summary><c>completion</c>: prints what makes a shell complete the tool's commands, options and sessions.</summary>
internal sealed class CompletionCommand : ToolCommand
{
    private static readonly Dictionary<string, (string Script, string Use)> s_shells = new(StringComparer.Ordinal)
    {
        ["bash"] = ("""
            _agentops() {
              local IFS=$'\n'
              COMPREPLY=($(compgen -W "$(agentops "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -F _agentops agentops
            """, "agentops completion bash >> ~/.bashrc"),
        ["zsh"] = ("""
            _agentops() {
              local -a found
              found=("${(@f)$(agentops "[suggest:${#BUFFER}]" "${BUFFER}" 2>/dev/null)}")
              compadd -- $found
            }
            compdef _agentops agentops
            """, "agentops completion zsh >> ~/.zshrc"),
        ["fish"] = ("""
            complete -c agentops -f -a '(agentops "[suggest:"(string length -- (commandline -cp))"]" (commandline -cp) 2>/dev/null)'
            """, "agentops completion fish > ~/.config/fish/completions/agentops.fish"),
        ["pwsh"] = ("""
            Register-ArgumentCompleter -Native -CommandName agentops -ScriptBlock {
              param($wordToComplete, $commandAst, $cursorPosition)
              agentops "[suggest:$cursorPosition]" "$commandAst" 2>$null | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
              }
            }
            """, "agentops completion pwsh >> $PROFILE"),
    };

    protected override Command Create()
    {
        var command = new Command("completion", "Print the script that completes commands, options and sessions in a shell.");
        foreach ((string shell, (string script, string use)) in s_shells)
        {
            var printed = new Command(shell, $"For {shell}: {use}");
            command.Add(Does(printed, run =>
            {
                if (run.IsJson)
                    throw ToolException.BadUsage("A completion script is no JSON; leave out --json.");
                run.Environment.Output.Write(script + "\n");
                return ExitCodes.Ok;
            }));
        }
        return command;
    }
}
