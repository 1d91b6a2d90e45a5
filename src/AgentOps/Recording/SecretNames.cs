namespace AgentOps.Recording;

/// <summary>What a name says of the value that bears it.</summary>
internal enum SecretName
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A secret if it is text: the word has other meanings for other types, as <c>token</c> has.</summary>
    IfText,

    /// <summary>A secret, whatever holds it.</summary>
    Always,
}

/// <summary>
/// Knows names of secrets by the words they are made of. The last word says what a thing is, so <c>accessToken</c> is one and
/// <c>tokenCount</c> is none; words that only say how it is held (<c>passwordText</c>) are looked through.
/// </summary>
/// <remarks>Compiled into the generator as well, which judges by the same list what the runtime judges when it meets a key.</remarks>
internal static class SecretNames
{
    /// <summary>No name is longer; a key that is, is text of its own.</summary>
    private const int LongestName = 128;

    private static readonly string[] s_always =
    [
        "password", "passwords", "passwd", "pwd", "passphrase", "passcode", "secret", "secrets", "credential", "credentials", "creds",
        "apikey", "apikeys", "privatekey", "secretkey", "accesskey", "accountkey", "sharedkey", "signingkey", "encryptionkey", "masterkey",
        "subscriptionkey", "authkey", "clientsecret", "appsecret", "userpassword", "dbpassword", "userpwd", "userpass",
    ];

    private static readonly string[] s_ifText =
    [
        "authorization", "auth", "bearer", "jwt", "connectionstring", "connectionstrings", "connstring", "connstr",
        "authtoken", "accesstoken", "refreshtoken", "idtoken", "bearertoken", "sessiontoken", "securitytoken", "apitoken",
    ];

    private static readonly string[] s_keys =
    [
        "api", "private", "secret", "access", "account", "shared", "signing", "encryption", "decryption", "encrypt", "decrypt", "master",
        "subscription", "symmetric", "auth", "client", "license", "ssh", "pgp", "gpg", "rsa", "hmac", "aes", "storage", "admin", "crypto", "cipher",
    ];

    /// <summary>Of several tokens only these are more than a count or the parts of a text.</summary>
    private static readonly string[] s_manyTokens = ["access", "refresh", "auth", "bearer", "api", "security", "session", "id", "identity", "oauth"];

    private static readonly string[] s_otherTokens =
    [
        "cancellation", "cancel", "abort", "stop", "stopping", "stopped", "continuation", "next", "previous", "prev", "current", "last", "first",
        "page", "paging", "pagination", "skip", "sync", "cursor", "resume", "start", "begin", "end", "open", "close", "eos", "bos", "pad", "padding",
        "unk", "unknown", "mask", "sep", "cls", "special", "max", "min", "total", "prompt", "completion", "input", "output", "cached", "reasoning",
        "change", "reload", "metadata", "syntax", "keyword", "identifier", "operator", "literal", "comment", "trivia", "separator", "delimiter",
        "json", "xml", "key", "word", "type", "method", "member", "field", "property", "event", "module", "assembly", "class", "string", "number",
        "signature", "concurrency", "placeholder", "replacement", "format", "expected", "unexpected", "actual",
    ];

    /// <summary>Words that say how a thing is held, not what it is.</summary>
    private static readonly string[] s_carriers =
    [
        "value", "text", "string", "str", "header", "raw", "plain", "plaintext", "encrypted", "base", "bytes", "data", "hash", "hashed", "field", "param",
        "parameter", "arg", "argument", "json", "env", "confirmation", "confirm", "override",
    ];

    public static SecretName Of(ReadOnlySpan<char> name)
    {
        if (name.Length > LongestName)
            return SecretName.None;
        while (true)
        {
            ReadOnlySpan<char> word = TakeLastWord(ref name);
            if (word.IsEmpty)
                return SecretName.None;
            SecretName found = Of(word, name);
            if (found != SecretName.None || !Among(word, s_carriers))
                return found;
        }
    }

    private static SecretName Of(ReadOnlySpan<char> word, ReadOnlySpan<char> before)
    {
        ReadOnlySpan<char> qualifier = TakeLastWord(ref before);
        if (Is(word, "token"))
            return Among(qualifier, s_otherTokens) ? SecretName.None : SecretName.IfText;
        if (Is(word, "tokens"))
            return Among(qualifier, s_manyTokens) ? SecretName.IfText : SecretName.None;
        if (Is(word, "key") || Is(word, "keys"))
            return Among(qualifier, s_keys) ? SecretName.Always : SecretName.None;
        if (Is(word, "string") || Is(word, "strings") || Is(word, "str"))
            return Is(qualifier, "connection") || Is(qualifier, "conn") ? SecretName.IfText : SecretName.None;
        if (Is(word, "code"))
            return Is(qualifier, "authorization") || Is(qualifier, "auth") ? SecretName.IfText : SecretName.None;
        if (Is(word, "pass"))
            return Is(qualifier, "user") || Is(qualifier, "db") ? SecretName.IfText : SecretName.None;
        return Among(word, s_always) ? SecretName.Always : Among(word, s_ifText) ? SecretName.IfText : SecretName.None;
    }

    /// <summary>Takes the last word off a name: <c>Key</c>, then <c>API</c>, off <c>APIKey</c>, <c>api-key2</c> likewise.</summary>
    private static ReadOnlySpan<char> TakeLastWord(ref ReadOnlySpan<char> name)
    {
        int end = name.Length;
        while (end > 0 && !char.IsLetter(name[end - 1]))
            end--;
        int start = end;
        if (end > 0 && char.IsUpper(name[end - 1]))
        {
            while (start > 0 && char.IsUpper(name[start - 1]))
                start--;
        }
        else
        {
            while (start > 0 && char.IsLetter(name[start - 1]) && !char.IsUpper(name[start - 1]))
                start--;
            if (start > 0 && char.IsUpper(name[start - 1]))
                start--;
        }
        ReadOnlySpan<char> word = name.Slice(start, end - start);
        name = name.Slice(0, start);
        return word;
    }

    private static bool Among(ReadOnlySpan<char> word, string[] words)
    {
        foreach (string candidate in words)
        {
            if (Is(word, candidate))
                return true;
        }
        return false;
    }

    private static bool Is(ReadOnlySpan<char> word, string other) =>
        word.Length == other.Length && word.Equals(other.AsSpan(), StringComparison.OrdinalIgnoreCase);
}
