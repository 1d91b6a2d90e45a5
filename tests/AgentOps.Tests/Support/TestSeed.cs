using System.Globalization;

namespace AgentOps.Tests.Support;

/// <summary>
/// The one seed of all random tests. Fixed, so that a run repeats; <c>AGENTOPS_TEST_SEED</c> sets another. Failure messages name it.
/// </summary>
internal static class TestSeed
{
    public static int Value { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("AGENTOPS_TEST_SEED"), NumberStyles.Integer, CultureInfo.InvariantCulture, out int given)
            ? given
            : 20251124;

    /// <summary>Runs <paramref name="round"/> for each number with randomness of its own; a failure names seed and round.</summary>
    public static void Rounds(int count, Action<Random> round)
    {
        for (int i = 0; i < count; i++)
        {
            try
            {
                round(new Random(unchecked((Value * 397) ^ i)));
            }
            catch (Exception e)
            {
                Assert.Fail($"Seed {Value}, round {i}: {e}");
            }
        }
    }
}
