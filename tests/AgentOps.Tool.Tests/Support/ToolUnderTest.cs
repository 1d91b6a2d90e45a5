using System.Text;

namespace AgentOps.Tool.Tests.Support;

/// <summary>What a run of the tool gave.</summary>
public sealed record ToolResult(int ExitCode, string Output, string Errors);

/// <summary>Runs the tool as a terminal of fixed width would, on a fixed morning in a fixed zone.</summary>
internal static class ToolUnderTest
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    public static Task<ToolResult> RunAsync(string logs, params string[] arguments) => RunAsync(static environment => environment, logs, arguments, CancellationToken.None);

    /// <param name="change">Changes what the tool runs in.</param>
    /// <param name="logs">The folder of logs.</param>
    /// <param name="arguments">The command line.</param>
    /// <param name="cancellationToken">What Ctrl+C does.</param>
    public static async Task<ToolResult> RunAsync(Func<ToolEnvironment, ToolEnvironment> change, string logs, string[] arguments, CancellationToken cancellationToken)
    {
        var output = new StringWriter { NewLine = "\n" };
        var errors = new StringWriter { NewLine = "\n" };
        var bytes = new MemoryStream();
        var environment = new ToolEnvironment
        {
            Output = output,
            Error = errors,
            OpenOutput = () => bytes,
            IsOutputRedirected = true,
            IsErrorRedirected = true,
            Width = 120,
            IsUnicode = true,
            Time = new FixedTime(Now),
            Variable = name => name == "AGENTOPS_LOG_DIRECTORY" ? logs : null,
        };
        int exitCode = await ToolApplication.RunAsync(arguments, change(environment), cancellationToken);
        return new ToolResult(exitCode, output + Encoding.UTF8.GetString(bytes.ToArray()), errors.ToString());
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone { get; } = TimeZoneInfo.CreateCustomTimeZone("Test/Zone", TimeSpan.FromHours(1), "Test", "Test");

        public override DateTimeOffset GetUtcNow() => now;
    }
}
