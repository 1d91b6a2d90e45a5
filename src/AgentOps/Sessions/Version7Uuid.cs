#if !NET9_0_OR_GREATER
namespace AgentOps;

/// <summary>UUIDs of version 7 (RFC 9562, section 5.7) for runtimes that cannot make them: milliseconds, then random bits.</summary>
internal static class Version7Uuid
{
    public static Guid Create(DateTimeOffset time)
    {
        Span<byte> bytes = stackalloc byte[16];
        // The random bits of a random UUID stay where they are. A generator of random numbers would bring OpenSSL into the process.
        Guid.NewGuid().TryWriteBytes(bytes, bigEndian: true, out _);
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
