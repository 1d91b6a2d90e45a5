using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AgentOps.TestSupport;

/// <summary>
/// The test agent in a process of its own: runs a command by name, prints answers, and may be killed at any moment. The test
/// project references AgentOps.TestAgent, so that it lies beside the tests.
/// </summary>
public sealed class AgentProcess : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task<string> _errors;

    private AgentProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Starts the agent with its logs below a folder.</summary>
    public static AgentProcess Start(string logDirectory, string command, params IEnumerable<string> arguments) =>
        Start(static _ => { }, logDirectory, command, arguments);

    /// <summary>Starts the agent with its logs below a folder, in surroundings that are unlike the test's.</summary>
    /// <param name="change">Changes environment, program or arguments.</param>
    /// <param name="logDirectory">Where its logs go.</param>
    /// <param name="command">What it does.</param>
    /// <param name="arguments">With what.</param>
    public static AgentProcess Start(Action<ProcessStartInfo> change, string logDirectory, string command, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "AgentOps.TestAgent.dll"));
        start.ArgumentList.Add(command);
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["AGENTOPS_LOG_DIRECTORY"] = logDirectory;
        // A process that is made to crash leaves no dump behind.
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        change(start);
        return new AgentProcess(Process.Start(start)!);
    }

    /// <summary>Runs a command to its end and gives the lines it printed.</summary>
    /// <exception cref="InvalidOperationException">The command failed; the message has what it wrote to standard error.</exception>
    public static Task<string[]> RunAsync(string logDirectory, string command, params IEnumerable<string> arguments) =>
        RunAsync(static _ => { }, logDirectory, command, arguments);

    /// <inheritdoc cref="RunAsync(string, string, IEnumerable{string})"/>
    /// <inheritdoc cref="Start(Action{ProcessStartInfo}, string, string, IEnumerable{string})" path="/param"/>
    public static async Task<string[]> RunAsync(
        Action<ProcessStartInfo> change, string logDirectory, string command, params IEnumerable<string> arguments)
    {
        using AgentProcess agent = Start(change, logDirectory, command, arguments);
        var lines = new List<string>();
        while (await agent.ReadLineAsync().ConfigureAwait(false) is { } line)
            lines.Add(line);
        int exitCode = await agent.WaitForExitAsync().ConfigureAwait(false);
        if (exitCode != 0)
            throw new InvalidOperationException($"The agent's command '{command}' ended with {exitCode}: {await agent._errors.ConfigureAwait(false)}");
        return [.. lines];
    }

    /// <summary>The next line that the agent prints; <see langword="null"/> once it prints no more.</summary>
    public Task<string?> ReadLineAsync() => _process.StandardOutput.ReadLineAsync().WaitAsync(s_patience);

    /// <summary>Ends the process at once, as <c>kill -9</c> does, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await WaitForExitAsync().ConfigureAwait(false);
    }

    /// <summary>Asks the process to end, as <c>kill</c> without a number does, and waits until it is gone.</summary>
    public async Task<int> TerminateAsync()
    {
        const int Terminate = 15;
        if (SendSignal(_process.Id, Terminate) != 0)
            throw new InvalidOperationException($"The agent could not be signalled (error {Marshal.GetLastPInvokeError()}).");
        return await WaitForExitAsync().ConfigureAwait(false);
    }

    /// <summary>Waits for the process to end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(s_patience).ConfigureAwait(false);
        return _process.ExitCode;
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int process, int signal);

    /// <summary>Kills the process if it still runs.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
