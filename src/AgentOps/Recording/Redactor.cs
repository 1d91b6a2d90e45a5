using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AgentOps.Log;

namespace AgentOps.Recording;

/// <summary>Writes what is left of a value that is kept secret: a keyed digest, or its last characters.</summary>
/// <remarks>
/// The digest is HMAC-SHA256 of the value's text in UTF-8, of which 56 bits are kept: they fit the word that says that a value is
/// redacted. The key is the process's own unless one is configured, so digests of one log can be compared with each other only.
/// </remarks>
internal static class Redactor
{
    /// <summary>The shortest key that is taken.</summary>
    public const int LeastKeyBytes = 16;

    /// <summary>How many characters a mask leaves.</summary>
    private const int KeptCharacters = 4;

    /// <summary>Texts that are shorter would lose more than a third of what they hide.</summary>
    private const int ShortestMasked = 12;

    /// <summary>Bytes and characters that are handled without renting memory.</summary>
    private const int SmallText = 256;

    private static byte[] s_key = RandomNumberGenerator.GetBytes(32);

    public static void UseKey(ReadOnlySpan<byte> key)
    {
        if (!key.IsEmpty)
            s_key = key.ToArray();
    }

    public static void Hash(PayloadBuilder payload, ReadOnlySpan<char> text)
    {
        int most = Encoding.UTF8.GetMaxByteCount(Math.Min(text.Length, int.MaxValue / 4));
        byte[]? rented = most <= SmallText * 3 ? null : ArrayPool<byte>.Shared.Rent(most);
        Span<byte> utf8 = rented ?? stackalloc byte[SmallText * 3];
        int length = Encoding.UTF8.GetBytes(text, utf8);
        Hash(payload, utf8[..length]);
        CryptographicOperations.ZeroMemory(utf8[..length]);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
    }

    public static void Hash(PayloadBuilder payload, ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(s_key, bytes, digest);
        long kept = 0;
        foreach (byte b in digest[..7])
            kept = (kept << 8) | b;
        // Zero is the word of a value that is erased.
        payload.WriteRedacted(Math.Max(kept, 1));
    }

    public static void Mask(PayloadBuilder payload, ReadOnlySpan<char> text)
    {
        if (text.Length < ShortestMasked)
        {
            payload.WriteRedacted();
            return;
        }
        ReadOnlySpan<char> kept = text[^KeptCharacters..];
        // Half of a surrogate pair is no character.
        if (char.IsLowSurrogate(kept[0]))
            kept = kept[1..];
        Span<char> masked = stackalloc char[3 + KeptCharacters];
        "***".CopyTo(masked);
        kept.CopyTo(masked[3..]);
        payload.Write((ReadOnlySpan<char>)masked[..(3 + kept.Length)]);
    }

    /// <summary>Does to a value's text what <paramref name="redaction"/> says; a value that is not known to have one is erased.</summary>
    public static void Write<T>(PayloadBuilder payload, T value, Redaction redaction)
    {
        switch (value)
        {
            case null: payload.Tag(PayloadTag.Null); break;
            case string text: Write(payload, text.AsSpan(), redaction); break;
            case Uri uri: Write(payload, uri.OriginalString.AsSpan(), redaction); break;
            case byte[] bytes when redaction == Redaction.Hash: Hash(payload, (ReadOnlySpan<byte>)bytes); break;
            case bool truth: Write(payload, truth ? "true" : "false", redaction); break;
            case Enum constant: Write(payload, constant.ToString().AsSpan(), redaction); break;
            case System.Text.Json.JsonElement { ValueKind: System.Text.Json.JsonValueKind.String } json: Write(payload, json.GetString().AsSpan(), redaction); break;
            case DateTime or DateTimeOffset or DateOnly or TimeOnly: Format(payload, (ISpanFormattable)value, "O", redaction); break;
            case char or sbyte or byte or short or ushort or int or uint or long or ulong or nint or nuint or Int128 or UInt128
                or Half or float or double or decimal or TimeSpan or Guid or Rune or System.Numerics.BigInteger or Version:
                Format(payload, (ISpanFormattable)value, null, redaction);
                break;
            default: payload.WriteRedacted(); break;
        }
    }

    private static void Write(PayloadBuilder payload, ReadOnlySpan<char> text, Redaction redaction)
    {
        if (redaction == Redaction.Hash)
            Hash(payload, text);
        else
            Mask(payload, text);
    }

    private static void Format(PayloadBuilder payload, ISpanFormattable value, string? format, Redaction redaction)
    {
        Span<char> text = stackalloc char[SmallText];
        if (value.TryFormat(text, out int length, format, CultureInfo.InvariantCulture))
            Write(payload, text[..length], redaction);
        else
            payload.WriteRedacted();
    }
}
