using Microsoft.Extensions.Options;

namespace AgentOps.Extensions.Hosting.Settings;

/// <summary>Says what is wrong with the options, all of it at once, before anything of the host starts.</summary>
internal sealed class OptionsCheck : IValidateOptions<AgentOpsOptions>
{
    public ValidateOptionsResult Validate(string? name, AgentOpsOptions options)
    {
        List<string> problems = [.. options.Problems];
        if (options.Recorder.Directory is { } directory && directory.Contains('\0', StringComparison.Ordinal))
            problems.Add("Recorder.Directory has a NUL character in it. Give a folder.");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
