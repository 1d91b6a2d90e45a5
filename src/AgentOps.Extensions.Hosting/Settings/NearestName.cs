namespace AgentOps.Extensions.Hosting.Settings;

/// <summary>Finds what somebody meant who misspelt a name.</summary>
internal static class NearestName
{
    /// <summary>The name with the fewest letters to change, if they are few of it; case does not matter.</summary>
    public static string? Of(string typed, IReadOnlyList<string> names)
    {
        (string name, int distance) = names.Select(name => (name, Distance(typed, name))).MinBy(static pair => pair.Item2);
        return distance <= Math.Max(2, name.Length / 4) ? name : null;
    }

    /// <summary>How many letters are to be put in, taken out, replaced, or exchanged with their neighbours.</summary>
    private static int Distance(string a, string b)
    {
        int[,] cost = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    cost[i, j] = i + j;
                    continue;
                }
                int change = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1;
                cost[i, j] = Math.Min(cost[i - 1, j - 1] + change, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
                bool isExchange = i > 1 && j > 1
                    && char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 2]) && char.ToUpperInvariant(a[i - 2]) == char.ToUpperInvariant(b[j - 1]);
                if (isExchange)
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        }
        return cost[a.Length, b.Length];
    }
}
