namespace AgentOps.Tests.Support;

/// <summary>CRC-32C bit by bit, from its polynomial: shares nothing with what it checks.</summary>
internal static class BitwiseCrc
{
    private const uint ReversedPolynomial = 0x82F63B78;

    public static uint Of(ReadOnlySpan<byte> bytes) => ~Step(~0u, bytes);

    public static uint Step(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) * ReversedPolynomial);
        }
        return crc;
    }
}
