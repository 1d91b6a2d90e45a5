using System.Globalization;

namespace AgentOps.TestSupport;

/// <summary>
/// The one seed of all random tests. Fixed, so that a run repeats; <c>AGENTOPS_TEST_SEED</c> sets another. Failure messages name it.
/// </summary>
public static class TestSeed
{
    /// <summary>The seed of this process.</summary>
    public static int Value { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("AGENTOPS_TEST_SEED"), NumberStyles.Integer, CultureInfo.InvariantCulture, out int given)
            ? given
            : 20251124;

    /// <summary>Randomness of one round of many, which does not depend on how the others went.</summary>
    public static Random ForRound(int round) => new(unchecked((Value * 397) ^ round));

    /// <summary>Runs <paramref name="round"/> for each number with randomness of its own; a failure names seed and round.</summary>
    /// <exception cref="InvalidOperationException">A round failed.</exception>
    public static void Rounds(int count, Action<Random> round)
    {
        for (int i = 0; i < count; i++)
        {
            try
            {
                round(ForRound(i));
            }
            catch (Exception e)
            {
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Seed {Value}, round {i}: {e}"), e);
            }
        }
    }
}
