#if !NET9_0_OR_GREATER
using System.Security.Cryptography;

namespace AgentOps;

/// <summary>UUIDs of version 7 (RFC 9562, section 5.7) for runtimes that cannot make them: milliseconds, then random bits.</summary>
internal static class Version7Uuid
{
    public static Guid Create(DateTimeOffset time)
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        long milliseconds = time.ToUnixTimeMilliseconds();
        for (int i = 5; i >= 0; i--)
        {
            bytes[i] = (byte)milliseconds;
            milliseconds >>= 8;
        }
        bytes[6] = (byte)(0x70 | (bytes[6] & 0x0F));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new Guid(bytes, bigEndian: true);
    }
}
#endif
