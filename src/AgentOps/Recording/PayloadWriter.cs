using System.ComponentModel;
using AgentOps.Log;

namespace AgentOps.Recording;

/// <summary>
/// Takes the values of one event from generated code: straight into the recorder's buffer, without boxing. Values that do not
/// fit the payload limit are cut and marked.
/// </summary>
/// <remarks>Used on the thread that got it, once, and only if <see cref="IsRecording"/>.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref partial struct PayloadWriter
{
    /// <summary>How deep objects are followed; what lies deeper is named by its type.</summary>
    public const int MaxDepth = 6;

    /// <summary>How many items of a collection are taken; the rest is counted.</summary>
    public const int MaxItems = 128;

    /// <summary>How many of the bytes of a binary value are taken; the rest is counted.</summary>
    public const int MaxBytes = 4096;

    internal PayloadWriter(PayloadBuilder builder) => Builder = builder;

    internal PayloadBuilder Builder { get; }

    /// <summary>The word of a value that is one word long, whatever the value.</summary>
    public static ulong Word(bool value) => PayloadWord.Of(value ? PayloadTag.True : PayloadTag.False);

    /// <inheritdoc cref="Word(bool)"/>
    public static ulong Word(int value) => PayloadWord.Of(PayloadTag.Int56, value);

    /// <inheritdoc cref="Word(bool)"/>
    public static ulong Word(uint value) => PayloadWord.Of(PayloadTag.Int56, value);

    /// <inheritdoc cref="Word(bool)"/>
    public static ulong Word(char value) => PayloadWord.Of(PayloadTag.Char, value);

    /// <inheritdoc cref="Word(bool)"/>
    public static ulong Word(float value) => PayloadWord.Of(PayloadTag.Single, BitConverter.SingleToUInt32Bits(value));

    /// <inheritdoc cref="Word(bool)"/>
    public static ulong Word(DateOnly value) => PayloadWord.Of(PayloadTag.DateOnly, value.DayNumber);

    /// <summary>The word of a value that is kept out of the record.</summary>
    public static ulong RedactedWord => PayloadWord.Of(PayloadTag.Redacted);

    /// <summary>Whether this call is recorded at all.</summary>
    public bool IsRecording => Builder is not null;

    /// <summary>Whether more values would still be taken; lets loops over large collections stop early.</summary>
    public bool HasRoom => !Builder.IsTruncated;

    /// <summary>How many more bytes would be taken; lets those who write a long list choose what of it.</summary>
    public int Room => Builder.Room;

    /// <summary>Writes <c>null</c>.</summary>
    public void WriteNull() => Builder.Tag(PayloadTag.Null);

    /// <summary>Writes a value.</summary>
    public void Write(bool value) => Builder.Write(value);

    /// <inheritdoc cref="Write(bool)"/>
    public void Write(sbyte value) => Builder.Write((long)value);

    /// <inheritdoc cref="Write(bool)"/>
    public void Write(byte value) => Builder.Write((long)value);

    /// <inheritdoc cref="Write(bool)"/>
    public void Write(short value) => Builder.Write((long)value);

    /// <inheritdoc cref="Write(bool)"/>
    public void Write(ushort value) => Builder.Write((long)value);

    /// <inheritdoc cref="Write(bool)"/>
    public void Write(int value) => Builder.Write((long)value);

    /// <inheritdoc cref="Write(bool)"/>
    public void Write(uint value) => Builder.Write((long)value);

    /// <inheritdoc cref="Write(bool)"/>
    public void Write(long value) => Builder.Write(value);

    /// <inheritdoc cref="Write(bool)"/>
    public void Write(ulong value) => Builder.Write(value);

    /// <inheritdoc cref="Write(bool)"/>
    public void Write(nint value) => Builder.Write((long)value);

    /// <inheritdoc cref="Write(bool)"/>
    public void Write(nuint value) => Builder.Write((ulong)value);

    /// <inheritdoc cref="Write(bool)"/>
    public void Write(float value) => Builder.Write(value);

    /// <inheritdoc cref="Write(bool)"/>
    public void Write(double value) => Builder.Write(value);

    /// <inheritdoc cref="Write(bool)"/>
    public void Write(decimal value) => Builder.Write(value);

    /// <inheritdoc cref="Write(bool)"/>
    public void Write(char value) => Builder.Write(value);

    /// <inheritdoc cref="Write(bool)"/>
    public void Write(string? value) => Builder.Write(value);

    /// <inheritdoc cref="Write(bool)"/>
    public void Write(ReadOnlySpan<char> value) => Builder.Write(value);

    /// <inheritdoc cref="Write(bool)"/>
    public void Write(DateTime value) => Builder.Write(value);

    /// <inheritdoc cref="Write(bool)"/>
    public void Write(DateTimeOffset value) => Builder.Write(value);

    /// <inheritdoc cref="Write(bool)"/>
    public void Write(DateOnly value) => Builder.Write(value);

    /// <inheritdoc cref="Write(bool)"/>
    public void Write(TimeOnly value) => Builder.Write(value);

    /// <inheritdoc cref="Write(bool)"/>
    public void Write(TimeSpan value) => Builder.Write(value);

    /// <inheritdoc cref="Write(bool)"/>
    public void Write(Guid value) => Builder.Write(value);

    /// <summary>Writes the text of a URI.</summary>
    public void Write(Uri? value) => Builder.Write(value?.OriginalString);

    /// <summary>Writes bytes, of long ones the first <see cref="MaxBytes"/> and how many there are; they read as base64.</summary>
    public void Write(ReadOnlySpan<byte> value) => Builder.WriteBytes(value, MaxBytes);

    /// <inheritdoc cref="Write(ReadOnlySpan{byte})"/>
    public void WriteBytes(byte[]? value)
    {
        if (value is null)
            WriteNull();
        else
            Write((ReadOnlySpan<byte>)value);
    }

    /// <summary>Writes UTF-8 as text, and bytes that are not UTF-8 as bytes.</summary>
    public void WriteUtf8(ReadOnlySpan<byte> value)
    {
        if (System.Text.Unicode.Utf8.IsValid(value))
            Builder.WriteUtf8(value);
        else
            Write(value);
    }

    /// <summary>Writes the name of a type whose values cannot be recorded.</summary>
    public void WriteOpaque(string typeName) => Builder.WriteOpaque(typeName);

    /// <summary>Writes how many items of a collection were left out behind the first <see cref="MaxItems"/>, if any were.</summary>
    /// <param name="items">The collection.</param>
    /// <param name="isMap">Whether names and values take turns, so that the count needs a name too.</param>
    public void WriteRest<T>(IEnumerable<T> items, bool isMap)
    {
        int count = items switch
        {
            ICollection<T> collection => collection.Count,
            IReadOnlyCollection<T> collection => collection.Count,
            _ => MaxItems,
        };
        WriteRest(count, isMap);
    }

    /// <inheritdoc cref="WriteRest{T}(IEnumerable{T}, bool)"/>
    /// <param name="count">How many items there are.</param>
    /// <param name="isMap">Whether names and values take turns, so that the count needs a name too.</param>
    public void WriteRest(int count, bool isMap)
    {
        if (count <= MaxItems)
            return;
        if (isMap)
            Name("…");
        Builder.WriteOmitted(count - MaxItems);
    }

    /// <summary>Writes how many items of a collection were left out in this place.</summary>
    public void WriteOmitted(int count) => Builder.WriteOmitted(count);

    /// <summary>Opens a sequence of values.</summary>
    public void BeginArray() => Builder.Tag(PayloadTag.Array);

    /// <summary>Opens a sequence of names and values.</summary>
    public void BeginObject() => Builder.Tag(PayloadTag.Object);

    /// <summary>Writes the name of the value that follows, by its number, see <see cref="CallSites.Text"/>.</summary>
    public void Name(uint text) => Builder.WriteName(text);

    /// <summary>Writes the name of the value that follows.</summary>
    public void Name(string? name) => Builder.WriteName(name ?? "");

    /// <summary>Closes what was opened last.</summary>
    public void Close() => Builder.Tag(PayloadTag.Close);

    /// <summary>Writes which agent's method is called. Before all other values.</summary>
    public void WriteAgent(object? instance, string name)
    {
        if (instance is not null)
            Builder.WriteAgent(AgentInstances.OfInstance(instance, name));
    }

    /// <summary>
    /// Writes which agent's method is called, of a class that none derives from. Before all other values. Nothing is asked of the class at
    /// run time, so that a program compiled ahead of time needs no attributes.
    /// </summary>
    public void WriteSealedAgent(object? instance, string name)
    {
        if (instance is not null)
            Builder.WriteAgent(AgentInstances.OfNamed(instance, name));
    }

    /// <summary>Writes which agent's method is called, if the receiver is one. Before all other values.</summary>
    public void WriteAgent(object? instance, ReceiverAgent agent)
    {
        uint number = agent.NumberOf(instance);
        if (number != 0)
            Builder.WriteAgent(number);
    }

    /// <summary>Writes which model is asked, where an argument says it. Before all other values but the agent.</summary>
    public void WriteModel(string? model)
    {
        if (!string.IsNullOrWhiteSpace(model))
            Builder.WriteModel(model);
    }

    /// <summary>Writes which model is asked, where an argument holds it. What reading it throws leaves it unknown.</summary>
    /// <param name="argument">The argument.</param>
    /// <param name="read">Reads the model from it.</param>
    public void WriteModel<T>(T argument, Func<T, string?> read)
    {
        string? model = null;
        try
        {
            model = read(argument);
        }
        catch (Exception e)
        {
            Recorder.ReportInternalError(e);
        }
        WriteModel(model);
    }

    /// <summary>Where a value begins, so that a failure while reading it can replace it.</summary>
    public int Mark() => Builder.Length;

    /// <summary>Replaces what was written since <paramref name="mark"/> by the failure that reading it ended in.</summary>
    public void ReplaceByFailure(int mark, Exception failure) => Builder.ReplaceByFailure(mark, failure.GetType().ToString());
}
