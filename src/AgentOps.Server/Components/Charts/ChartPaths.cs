using System.Globalization;
using System.Text;

namespace AgentOps.Server.Components.Charts;

/// <summary>Lines through the middles of buckets, on a drawing 1000 wide. A gap ends a line; a lone point is a line of no length.</summary>
public static class ChartPaths
{
    public static IReadOnlyList<string> Of(IReadOnlyList<double?> values, int buckets, Func<double, double> y)
    {
        var paths = new List<string>();
        var path = new StringBuilder();
        int points = 0;
        for (int i = 0; i <= values.Count; i++)
        {
            if (i < values.Count && values[i] is { } value)
            {
                path.Append(CultureInfo.InvariantCulture, $"{(points++ == 0 ? 'M' : 'L')}{X(i, buckets)} {y(value):0.##}");
            }
            else if (points > 0)
            {
                paths.Add(points == 1 ? path + "h.01" : path.ToString());
                path.Clear();
                points = 0;
            }
        }
        return paths;
    }

    /// <summary>Buckets without a value between some that have one: before anything was there, and where nothing is yet, is no gap to explain.</summary>
    public static IEnumerable<(int From, int Length)> Gaps(IReadOnlyList<double?> values)
    {
        for (int i = 0; i < values.Count; i++)
        {
            int from = i;
            while (i < values.Count && values[i] is null)
                i++;
            if (i > from && from > 0 && i < values.Count)
                yield return (from, i - from);
        }
    }

    public static string X(int bucket, int buckets) => ((bucket + 0.5) * 1000 / buckets).ToString("0.##", CultureInfo.InvariantCulture);
}
