using System.Globalization;
using AgentOps;

namespace AotAgent;

/// <summary>Answers a question about the weather: asks a stand-in for a model what to do, and uses the tool that it names.</summary>
[TrackAgent("weather")]
internal sealed class WeatherAgent
{
    /// <summary>How many questions this agent was asked.</summary>
    public int Answered { get; private set; }

    [RecordAction("answer")]
    public async Task<string> AnswerAsync(string question)
    {
        Answered++;
        Plan plan = await StandInModel.ChooseAsync(question);
        foreach (string city in plan.Cities)
        {
            try
            {
                Forecast forecast = await WeatherTools.ForecastAsync(city);
                return string.Create(CultureInfo.InvariantCulture, $"{forecast.City}: {forecast.Sky}, {forecast.Degrees:0.#} degrees");
            }
            catch (KeyNotFoundException)
            {
                // The next city may be known.
            }
        }
        return "Nobody knows.";
    }
}

/// <summary>Stands in for a model: finds the names in a question.</summary>
internal static class StandInModel
{
    [RecordLlm(Model = "stand-in", Provider = "local")]
    public static async Task<Plan> ChooseAsync(string question)
    {
        await Task.Yield();
        return new Plan([.. question.Split(' ', '?').Where(static word => word.Length > 0 && char.IsUpper(word[0]))]);
    }
}

/// <summary>What to ask the weather of.</summary>
internal sealed record Plan(IReadOnlyList<string> Cities);

/// <summary>The weather somewhere.</summary>
internal sealed record Forecast(string City, string Sky, double Degrees);

internal static class WeatherTools
{
    private static readonly Dictionary<string, Forecast> s_forecasts = new() { ["Lisbon"] = new("Lisbon", "sunny", 22.5) };

    [RecordTool("forecast")]
    public static ValueTask<Forecast> ForecastAsync(string city) =>
        s_forecasts.TryGetValue(city, out Forecast? forecast)
            ? ValueTask.FromResult(forecast)
            : throw new KeyNotFoundException($"No forecast for {city}.");
}
