namespace AgentOps.Server.Store;

/// <summary>Money as the store keeps it: whole billionths of a dollar, so that sums do not depend on their order.</summary>
public static class NanoUsd
{
    private const decimal PerUsd = 1_000_000_000m;

    public static long Of(decimal usd)
    {
        decimal nano = decimal.Round(usd * PerUsd);
        return nano >= long.MaxValue ? long.MaxValue : nano <= 0 ? 0 : (long)nano;
    }

    public static decimal ToUsd(long nano) => nano / PerUsd;

    /// <summary>A sum that stops at the largest number instead of wrapping.</summary>
    public static long Add(long a, long b) => a > long.MaxValue - b ? long.MaxValue : a + b;
}
