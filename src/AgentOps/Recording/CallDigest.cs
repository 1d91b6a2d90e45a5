using System.Runtime.InteropServices;

namespace AgentOps.Recording;

/// <summary>64 bits that stand for a call's arguments as they are recorded. Not for adversaries: a good mix, not a secret one.</summary>
internal static class CallDigest
{
    // The odd number nearest 2^64 over the golden ratio, as in Fibonacci hashing (Knuth, TAOCP vol. 3, 6.4).
    private const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;

    public static ulong Of(int words, ulong word0, ulong word1, ulong word2, ulong word3)
    {
        ulong digest = 0;
        if (words > 0)
            digest = Mix(digest, word0);
        if (words > 1)
            digest = Mix(digest, word1);
        if (words > 2)
            digest = Mix(digest, word2);
        if (words > 3)
            digest = Mix(digest, word3);
        return digest;
    }

    /// <summary>The same as of the words themselves.</summary>
    public static ulong Of(ReadOnlySpan<byte> payload)
    {
        ulong digest = 0;
        foreach (ulong word in MemoryMarshal.Cast<byte, ulong>(payload))
            digest = Mix(digest, word);
        return digest;
    }

    public static ulong Mix(ulong digest, ulong word)
    {
        digest = (digest ^ word) * Multiplier;
        return digest ^ (digest >> 32);
    }
}
