namespace AgentOps.Tool;

/// <summary>All that the tool takes from the process it runs in.</summary>
internal sealed record ToolEnvironment
{
    /// <summary>How wide lines are where nothing says so.</summary>
    private const int PipedWidth = 120;

    public required TextWriter Output { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Standard output for bytes.</summary>
    public required Func<Stream> OpenOutput { get; init; }

    public required bool IsOutputRedirected { get; init; }

    public required bool IsErrorRedirected { get; init; }

    public required int Width { get; init; }

    public required bool IsUnicode { get; init; }

    /// <summary>The clock and the time zone that times are shown in.</summary>
    public required TimeProvider Time { get; init; }

    public required Func<string, string?> Variable { get; init; }

    public static ToolEnvironment OfProcess() => new()
    {
        Output = Console.Out,
        Error = Console.Error,
        OpenOutput = Console.OpenStandardOutput,
        IsOutputRedirected = Console.IsOutputRedirected,
        IsErrorRedirected = Console.IsErrorRedirected,
        Width = WidthOfProcess(),
        IsUnicode = Console.OutputEncoding.WebName.StartsWith("utf", StringComparison.OrdinalIgnoreCase),
        Time = TimeProvider.System,
        Variable = Environment.GetEnvironmentVariable,
    };

    private static int WidthOfProcess()
    {
        if (int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), System.Globalization.CultureInfo.InvariantCulture, out int columns) && columns > 0)
            return columns;
        try
        {
            return Console.IsOutputRedirected || Console.WindowWidth <= 0 ? PipedWidth : Console.WindowWidth;
        }
        catch (IOException)
        {
            return PipedWidth;
        }
    }
}
