using AgentOps;

namespace WebAgent;

/// <summary>Plans a day out. Its tools are recorded, and what it logs joins them.</summary>
[TrackAgent("travel agent")]
internal sealed class TravelAgent(ILogger<TravelAgent> logger)
{
    [RecordAction("plan")]
    public async Task<string> PlanAsync(string city)
    {
        string weather = await WeatherAsync(city);
        string place;
        try
        {
            place = await BookAsync(city, weather);
        }
        catch (TimeoutException e)
        {
            logger.LogWarning(e, "No table in {City}, {Choice} instead", city, "a picnic");
            place = "a picnic in the park";
        }
        return $"{city}: {weather}, {place}.";
    }

    [RecordTool("weather")]
    public async Task<string> WeatherAsync(string city)
    {
        await Task.Delay(5);
        logger.LogInformation("Asked for the weather of {City} with {ApiKey}", city, "key-of-the-sample");
        return city.Length % 2 == 0 ? "sunny" : "rainy";
    }

    [RecordTool("book")]
    public static async Task<string> BookAsync(string city, string weather)
    {
        await Task.Delay(5);
        return weather == "rainy" ? $"a table in the best café of {city}" : throw new TimeoutException("The restaurant did not answer.");
    }
}
