using System.Buffers.Text;
using System.Security.Cryptography;

namespace AgentOps.Server.Security;

/// <summary>
/// Lets one browser in by the address that was printed: the token in it works once, and is exchanged for a cookie that works until the server
/// stops. Only hashes are kept.
/// </summary>
public sealed class BrowserTokens
{
    private const int TokenBytes = 32;
    private const int MaxBrowsers = 64;

    private readonly Lock _gate = new();
    private readonly List<byte[]> _unused = [];
    private readonly List<byte[]> _browsers = [];

    /// <summary>A new token, for one browser.</summary>
    public string Issue()
    {
        string token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        lock (_gate)
            _unused.Add(HashOf(token));
        return token;
    }

    /// <summary>Exchanges a token for what the browser keeps.</summary>
    /// <returns><see langword="null"/> if the token is none, or was used before.</returns>
    public string? TryExchange(string? token)
    {
        if (string.IsNullOrEmpty(token))
            return null;
        lock (_gate)
        {
            if (!TryFind(_unused, token, out int index))
                return null;
            _unused.RemoveAt(index);
            string browser = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
            if (_browsers.Count >= MaxBrowsers)
                _browsers.RemoveAt(0);
            _browsers.Add(HashOf(browser));
            return browser;
        }
    }

    public bool IsKnown(string? browser)
    {
        if (string.IsNullOrEmpty(browser))
            return false;
        lock (_gate)
            return TryFind(_browsers, browser, out _);
    }

    /// <summary>Compares with all, in a time that says nothing of which was near.</summary>
    private static bool TryFind(List<byte[]> hashes, string secret, out int index)
    {
        byte[] hash = HashOf(secret);
        index = -1;
        for (int i = 0; i < hashes.Count; i++)
        {
            if (CryptographicOperations.FixedTimeEquals(hashes[i], hash))
                index = i;
        }
        return index >= 0;
    }

    private static byte[] HashOf(string secret) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(secret));
}
