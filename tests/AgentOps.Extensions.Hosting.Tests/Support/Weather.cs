using Microsoft.Extensions.Logging;

namespace AgentOps.Extensions.Hosting.Tests.Support;

/// <summary>An agent whose calls the generator records, and which logs while it works.</summary>
[TrackAgent("forecaster")]
internal sealed class Weather(ILogger logger)
{
    [RecordAction("answer")]
    public string Answer(string city) => $"{city}: {Look(city)}";

    [RecordTool("look")]
    public string Look(string city)
    {
        Reports.Looked(logger, city);
        return "sunny";
    }

    [RecordTool("fail")]
    public static string Fail(string city) => throw new InvalidOperationException($"No sky over {city}.");
}

internal static partial class Reports
{
    [LoggerMessage(7, LogLevel.Warning, "Looked at the sky of {City}", EventName = "Looked")]
    public static partial void Looked(ILogger logger, string city);
}
