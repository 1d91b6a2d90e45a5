namespace AgentOps.Recording;

/// <content>Values that are kept out of the record, in whole or in part. Nothing of the user's runs here, and nothing throws.</content>
public readonly ref partial struct PayloadWriter
{
    /// <summary>Writes that a value was there and is kept out of the record.</summary>
    public void WriteRedacted() => Builder.WriteRedacted();

    /// <summary>Writes a keyed digest of text instead of the text.</summary>
    public void WriteHashed(ReadOnlySpan<char> text)
    {
        try
        {
            Redactor.Hash(Builder, text);
        }
        catch (Exception e)
        {
            Fail(e);
        }
    }

    /// <summary>Writes a keyed digest of bytes instead of the bytes.</summary>
    public void WriteHashed(ReadOnlySpan<byte> bytes)
    {
        try
        {
            Redactor.Hash(Builder, bytes);
        }
        catch (Exception e)
        {
            Fail(e);
        }
    }

    /// <summary>Writes a keyed digest of a value's text instead of the value; of a value that has no text, only that it was there.</summary>
    public void WriteHashed<T>(T value) => WriteRedacted(value, Redaction.Hash);

    /// <summary>Writes the last characters of text, if they are few of it.</summary>
    public void WriteMasked(ReadOnlySpan<char> text)
    {
        try
        {
            Redactor.Mask(Builder, text);
        }
        catch (Exception e)
        {
            Fail(e);
        }
    }

    /// <summary>Writes the last characters of a value's text, if they are few of it; of a value that has no text, only that it was there.</summary>
    public void WriteMasked<T>(T value) => WriteRedacted(value, Redaction.Mask);

    /// <summary>
    /// Writes the name of the value that follows, and that the value is kept out of the record if its name is that of a secret.
    /// </summary>
    /// <param name="name">The key of a map.</param>
    /// <param name="isText">Whether the value may be text.</param>
    /// <returns>Whether the value was kept out; otherwise it is to be written now.</returns>
    public bool NameSecret(string? name, bool isText)
    {
        Name(name);
        if (!KeepsOut(name, isText))
            return false;
        WriteRedacted();
        return true;
    }

    /// <summary>Writes the arguments of a tool's call: of JSON text, all but the values that are named like secrets.</summary>
    public void WriteArguments(string? text)
    {
        try
        {
            Builder.Write(text is null ? null : ToolArguments.WithoutSecrets(text));
        }
        catch (Exception e)
        {
            Fail(e);
        }
    }

    /// <summary>Whether values under a name are kept out of the record because it is that of a secret.</summary>
    /// <param name="name">The key of a map.</param>
    /// <param name="isText">Whether the value may be text.</param>
    public static bool KeepsOut(string? name, bool isText) => Recorder.ErasesSecretNames && IsSecret(name, isText);

    internal static bool IsSecret(ReadOnlySpan<char> name, bool isText) => SecretNames.Of(name) switch
    {
        SecretName.Always => true,
        SecretName.IfText => isText,
        _ => false,
    };

    private void WriteRedacted<T>(T value, Redaction redaction)
    {
        try
        {
            Redactor.Write(Builder, value, redaction);
        }
        catch (Exception e)
        {
            Fail(e);
        }
    }

    /// <summary>What could not be worked on is kept out altogether.</summary>
    private void Fail(Exception failure)
    {
        WriteRedacted();
        Recorder.ReportInternalError(failure);
    }
}
