namespace AgentOps.Server.Components.Charts;

/// <summary>The values of one name over the buckets of a chart.</summary>
/// <param name="Name">What they are of.</param>
/// <param name="Class">The class that gives them their colour.</param>
/// <param name="Values">One a bucket; <see langword="null"/> is a gap, which is not zero.</param>
public sealed record ChartSeries(string Name, string Class, IReadOnlyList<double?> Values);

/// <summary>A scale that ends at a round number, with a few round numbers on it.</summary>
/// <param name="Top">Its end.</param>
/// <param name="Step">From one line to the next.</param>
public readonly record struct ChartScale(double Top, double Step)
{
    public IEnumerable<double> Lines
    {
        get
        {
            for (int i = 0; i * Step <= Top * 1.0001; i++)
                yield return i * Step;
        }
    }

    public static ChartScale Of(double highest, bool isWhole = false)
    {
        if (!(highest > 0) || !double.IsFinite(highest))
            return new ChartScale(isWhole ? 4 : 1, isWhole ? 2 : 0.5);
        double rough = highest / 4;
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = power * ((rough / power) switch { <= 1 => 1, <= 2 => 2, <= 2.5 => 2.5, <= 5 => 5, _ => 10 });
        if (isWhole)
            step = Math.Max(1, Math.Ceiling(step));
        return new ChartScale(Math.Ceiling(highest / step - 1e-9) * step, step);
    }
}

/// <summary>Which class a name has in charts: the same on every page.</summary>
public static class SeriesColours
{
    public const int Colours = 6;

    public static string ClassOf(IReadOnlyDictionary<string, int> series, string name) =>
        series.TryGetValue(name, out int number) && number is >= 1 and <= Colours ? $"f-{number}" : "f-other";
}
