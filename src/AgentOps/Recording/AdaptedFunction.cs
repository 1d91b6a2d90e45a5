using System.ComponentModel;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AgentOps.Recording;

/// <summary>A function that was made for a framework, and what of its calls is recorded. For generated wrappers.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class AdaptedFunction
{
    private static readonly ResultCapture<object?> s_anything = new(EncodeAnything);

    private static readonly ConditionalWeakTable<object, object> s_recorded = [];

    private readonly uint _site;
    private readonly Dictionary<string, Redaction> _redactions = new(StringComparer.Ordinal);
    private readonly Redaction _resultRedaction = Redaction.None;

    /// <param name="site">Where it was made.</param>
    /// <param name="name">Its name, as the model knows it.</param>
    /// <param name="method">What it calls, if that is known.</param>
    public AdaptedFunction(AdaptedSite site, string name, MethodInfo? method)
    {
        ArgumentNullException.ThrowIfNull(site);
        _site = site.For(name ?? "");
        if (method is null)
            return;
        foreach (ParameterInfo parameter in method.GetParameters())
        {
            if (parameter.Name is { } argument && parameter.GetCustomAttribute<RedactAttribute>(inherit: false) is { } mark)
                _redactions[argument] = mark.Redaction;
        }
        _resultRedaction = method.ReturnParameter.GetCustomAttribute<RedactAttribute>(inherit: false)?.Redaction ?? Redaction.None;
        Result = Capture<object?>(EncodeAnything);
    }

    /// <summary>Captures a result of any type.</summary>
    public ResultCapture<object?> Result { get; } = s_anything;

    /// <summary>Whether calls of a function are recorded without a wrapper, or shall not be.</summary>
    /// <param name="function">The function.</param>
    /// <param name="target">What stands behind it, if that is known.</param>
    /// <param name="method">What it calls, if that is known.</param>
    public static bool IsRecordedBy(object function, object? target, MethodInfo? method) =>
        function is IRecordsCalls || s_recorded.TryGetValue(function, out _) || (IsRecordedBehind(target, method) && Remember(function));

    private static bool IsRecordedBehind(object? target, MethodInfo? method) =>
        target is IRecordsCalls || (method is not null && (method.IsDefined(typeof(RecordedBodyAttribute), inherit: false) || method.IsDefined(typeof(DoNotRecordAttribute), inherit: false)));

    /// <summary>Whoever wraps the function next, as a list of tools, knows less of it.</summary>
    private static bool Remember(object function)
    {
        s_recorded.AddOrUpdate(function, function);
        return true;
    }

    /// <summary>The method among what a tool says of itself.</summary>
    public static MethodInfo? MethodIn(IReadOnlyList<object>? metadata)
    {
        for (int i = 0; i < metadata?.Count; i++)
        {
            if (metadata[i] is MethodInfo method)
                return method;
        }
        return null;
    }

    /// <summary>Decides whether a call is recorded and, if so, gives a writer for its arguments.</summary>
    public PayloadWriter Enter()
    {
        if (RecordingGate.Live != 0)
            return CallScope.Enter(_site, null);
        RecordingGate.CallsWithoutSession++;
        return default;
    }

    /// <summary>Writes the arguments as they were given: by name, and none that was left out.</summary>
    public void WriteArguments(PayloadWriter writer, IEnumerable<KeyValuePair<string, object?>>? arguments) => Write(writer, arguments);

    /// <inheritdoc cref="WriteArguments(PayloadWriter, IEnumerable{KeyValuePair{string, object}})"/>
    public void WriteArguments(PayloadWriter writer, IEnumerable<KeyValuePair<string, JsonElement>>? arguments) => Write(writer, arguments);

    /// <summary>Captures a result, unless it is to be kept out of the record.</summary>
    public ResultCapture<T> Capture<T>(PayloadEncoder<T> encode)
    {
        Redaction redaction = _resultRedaction;
        return new ResultCapture<T>(redaction == Redaction.None ? encode : (writer, value) => WriteRedacted(writer, value, redaction));
    }

    private void Write<T>(PayloadWriter writer, IEnumerable<KeyValuePair<string, T>>? arguments)
    {
        if (RecordingGate.WithholdsArguments)
            return;
        int mark = writer.Mark();
        try
        {
            writer.BeginObject();
            foreach (KeyValuePair<string, T> argument in arguments ?? [])
            {
                if (!writer.HasRoom)
                    break;
                if (_redactions.TryGetValue(argument.Key, out Redaction redaction))
                {
                    writer.Name(argument.Key);
                    if (redaction == Redaction.None)
                        writer.WriteUnknown(argument.Value);
                    else
                        WriteRedacted(writer, argument.Value, redaction);
                }
                else if (!writer.NameSecret(argument.Key, TextOf(argument.Value) is not null || argument.Value is JsonArray or JsonElement { ValueKind: JsonValueKind.Array }))
                {
                    writer.WriteUnknown(argument.Value);
                }
            }
            writer.Close();
        }
        catch (Exception e)
        {
            // The arguments may be a dictionary of the user's own.
            writer.ReplaceByFailure(mark, e);
        }
    }

    private static void EncodeAnything(PayloadWriter writer, object? value) => writer.WriteUnknown(value);

    private static void WriteRedacted<T>(PayloadWriter writer, T value, Redaction redaction)
    {
        string? text = TextOf(value);
        if (text is null || redaction == Redaction.Erase)
            writer.WriteRedacted();
        else if (redaction == Redaction.Hash)
            writer.WriteHashed(text.AsSpan());
        else
            writer.WriteMasked(text.AsSpan());
    }

    /// <summary>The value if it is text, as such or as JSON.</summary>
    private static string? TextOf<T>(T value) => value switch
    {
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } json => json.GetString(),
        JsonValue node when node.TryGetValue(out string? text) => text,
        _ => null,
    };
}
