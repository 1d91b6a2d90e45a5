using System.Diagnostics;

namespace ResearchAgent.Tests.Support;

/// <summary>What a run of the built sample printed, and its exit code.</summary>
internal sealed record SampleResult(int ExitCode, string Output, string Errors)
{
    public IReadOnlyList<string> ErrorLines => Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>The built sample as a process of its own. What it leaves behind goes into a folder that is gone after the test.</summary>
internal sealed class SampleProcess : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _traces = new();
    private readonly Process _process;

    private SampleProcess(string workingDirectory, IReadOnlyDictionary<string, string> environment, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "ResearchAgent.dll"));
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (string name in (string[])["OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_MODEL"])
            start.Environment.Remove(name);
        start.Environment["AGENTOPS_LOG_DIRECTORY"] = _traces.Path;
        start.Environment["TMPDIR"] = _traces.Path;
        start.Environment["TEMP"] = _traces.Path;
        start.Environment["TMP"] = _traces.Path;
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _process.StandardInput.Close();
    }

    public int Id => _process.Id;

    public static SampleProcess Start(IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments) =>
        new(AppContext.BaseDirectory, environment, arguments);

    public static Task<SampleResult> RunAsync(params IEnumerable<string> arguments) => RunInAsync(AppContext.BaseDirectory, arguments);

    public static async Task<SampleResult> RunInAsync(string workingDirectory, params IEnumerable<string> arguments)
    {
        using var sample = new SampleProcess(workingDirectory, new Dictionary<string, string>(), arguments);
        return await sample.WaitAsync();
    }

    public async Task<SampleResult> WaitAsync()
    {
        using var patience = new CancellationTokenSource(s_patience);
        Task<string> output = _process.StandardOutput.ReadToEndAsync(patience.Token);
        Task<string> errors = _process.StandardError.ReadToEndAsync(patience.Token);
        await _process.WaitForExitAsync(patience.Token);
        return new SampleResult(_process.ExitCode, await output, await errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
        _traces.Dispose();
    }
}
