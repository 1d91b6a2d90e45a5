namespace AgentOps.TestAgent;

/// <summary>
/// Texts that tell by themselves whether they are whole: each follows from who recorded it and its number, so whoever reads one
/// can make it again. Their lengths are spread evenly over the powers of two.
/// </summary>
public static class NumberedText
{
    /// <summary>Numbers that one thread may use.</summary>
    public const int PerThread = 1 << 20;

    private const int Shortest = 64;
    private const int Longest = 64 * 1024;

    /// <summary>The text of a thread's number.</summary>
    public static string Of(int thread, int number)
    {
        var random = new Random(HashCode(thread, number));
        int length = (int)(Shortest * Math.Pow((double)Longest / Shortest, random.NextDouble()));
        return string.Create(length, random, static (text, random) =>
        {
            // A word repeated costs little to make; its place in the text changes what is expected at each offset.
            ulong word = (ulong)random.NextInt64();
            for (int i = 0; i < text.Length; i++)
                text[i] = (char)('!' + (int)(((word >> (i & 63)) + (ulong)i) % 90));
        });
    }

    private static int HashCode(int thread, int number) => unchecked((thread * 7919) ^ (number * 104_729));
}
