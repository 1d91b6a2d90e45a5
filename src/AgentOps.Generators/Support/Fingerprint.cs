namespace AgentOps.Generators.Support;

/// <summary>128 bits that stand for a sequence of numbers and texts. Deterministic; not for use against an adversary.</summary>
internal readonly record struct Fingerprint(ulong High, ulong Low);

/// <summary>Builds a <see cref="Fingerprint"/>. Order counts.</summary>
internal sealed class FingerprintBuilder
{
    private ulong _a = 0x9E37_79B9_7F4A_7C15;
    private ulong _b = 0xC2B2_AE3D_27D4_EB4F;

    public void Add(ulong value)
    {
        _a = (_a ^ value) * 0xFF51_AFD7_ED55_8CCD;
        _a ^= _a >> 32;
        _b = (_b + value) * 0xC4CE_B9FE_1A85_EC53;
        _b ^= _b >> 29;
    }

    public void Add(string text)
    {
        Add((ulong)text.Length);
        ulong word = 0;
        int filled = 0;
        foreach (char c in text)
        {
            word = (word << 16) | c;
            if (++filled == 4)
            {
                Add(word);
                word = 0;
                filled = 0;
            }
        }
        if (filled > 0)
            Add(word);
    }

    public Fingerprint Build() => new(_a, _b);
}
