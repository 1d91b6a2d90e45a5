using System.Collections;
using System.Globalization;
using AgentOps.Recording;

namespace AgentOps.Extensions.Hosting.Logging;

/// <summary>Writes the values of log records and scopes as what they are, and what only their text tells of as text. What is named like a secret is left out.</summary>
internal static class LogValues
{
    private const string TemplateName = "{OriginalFormat}";
    private const string Redacted = "[redacted]";

    public static string? TemplateOf(IReadOnlyList<KeyValuePair<string, object?>> values)
    {
        // Where it stands by convention, which saves the look at all others.
        for (int i = values.Count - 1; i >= 0; i--)
        {
            if (values[i] is { Key: TemplateName, Value: string template })
                return template;
        }
        return null;
    }

    /// <summary>Whether the text of a record may hold what is to be left out: values named like secrets, and collections, whose items may be.</summary>
    public static bool NeedCare(IReadOnlyList<KeyValuePair<string, object?>> values)
    {
        for (int i = 0; i < values.Count; i++)
        {
            (string name, object? value) = values[i];
            if (value is IEnumerable and not string || IsSecret(name, value))
                return true;
        }
        return false;
    }

    /// <summary>Writes names and values into the object that is open.</summary>
    public static void WriteNamed(PayloadWriter payload, IReadOnlyList<KeyValuePair<string, object?>> values)
    {
        int most = Math.Min(values.Count, PayloadWriter.MaxItems);
        for (int i = 0; i < most && payload.HasRoom; i++)
        {
            (string name, object? value) = values[i];
            if (name != TemplateName && !payload.NameSecret(name, MayBeText(value)))
                WriteValue(payload, value);
        }
        payload.WriteRest(values.Count, isMap: true);
    }

    public static void WriteScope(PayloadWriter payload, object? scope)
    {
        int mark = payload.Mark();
        try
        {
            switch (scope)
            {
                case IReadOnlyList<KeyValuePair<string, object?>> { Count: 1 } text when text[0].Key == TemplateName:
                    payload.Write(TextOf(text[0].Value));
                    break;
                case IReadOnlyList<KeyValuePair<string, object?>> list:
                    payload.BeginObject();
                    WriteNamed(payload, list);
                    payload.Close();
                    break;
                case IEnumerable<KeyValuePair<string, object?>> pairs:
                    payload.BeginObject();
                    WriteNamed(payload, [.. pairs.Take(PayloadWriter.MaxItems)]);
                    payload.Close();
                    break;
                default:
                    WriteValue(payload, scope);
                    break;
            }
        }
        catch (Exception e)
        {
            payload.ReplaceByFailure(mark, e);
        }
    }

    /// <summary>What stands for a value in a message.</summary>
    public static string InMessage(string name, object? value, string suffix)
    {
        if (IsSecret(name, value))
            return Redacted;
        return value switch
        {
            null => "(null)",
            string text when suffix.Length == 0 => text,
            IEnumerable items and not string => string.Join(", ", items.Cast<object?>().Take(PayloadWriter.MaxItems).Select(ItemText)),
            _ => string.Format(CultureInfo.InvariantCulture, $"{{0{suffix}}}", value),
        };
    }

    private static bool IsSecret(string name, object? value) => PayloadWriter.KeepsOut(name, MayBeText(value));

    /// <summary>Numbers, flags and times are no secrets, whatever their name; anything else is written as text, or holds some.</summary>
    private static bool MayBeText(object? value) => value is not (bool or sbyte or byte or short or ushort or int or uint or long or ulong or nint or nuint
        or float or double or decimal or DateTime or DateTimeOffset or DateOnly or TimeOnly or TimeSpan or Enum);

    private static void WriteValue(PayloadWriter payload, object? value)
    {
        int mark = payload.Mark();
        try
        {
            switch (value)
            {
                case null: payload.WriteNull(); break;
                case string text: payload.Write(text); break;
                case bool truth: payload.Write(truth); break;
                case int number: payload.Write(number); break;
                case long number: payload.Write(number); break;
                case double number: payload.Write(number); break;
                case sbyte number: payload.Write(number); break;
                case byte number: payload.Write(number); break;
                case short number: payload.Write(number); break;
                case ushort number: payload.Write(number); break;
                case uint number: payload.Write(number); break;
                case ulong number: payload.Write(number); break;
                case float number: payload.Write(number); break;
                case decimal number: payload.Write(number); break;
                case char letter: payload.Write(letter); break;
                case Guid id: payload.Write(id); break;
                case DateTime time: payload.Write(time); break;
                case DateTimeOffset time: payload.Write(time); break;
                case DateOnly day: payload.Write(day); break;
                case TimeOnly time: payload.Write(time); break;
                case TimeSpan time: payload.Write(time); break;
                case byte[] bytes: payload.WriteBytes(bytes); break;
                case IDictionary map: WriteMap(payload, map); break;
                case IEnumerable items: WriteItems(payload, items); break;
                default: payload.Write(TextOf(value)); break;
            }
        }
        catch (Exception e)
        {
            payload.ReplaceByFailure(mark, e);
        }
    }

    private static void WriteMap(PayloadWriter payload, IDictionary map)
    {
        payload.BeginObject();
        int written = 0;
        foreach (DictionaryEntry entry in map)
        {
            if (written++ == PayloadWriter.MaxItems || !payload.HasRoom)
                break;
            if (!payload.NameSecret(TextOf(entry.Key), MayBeText(entry.Value)))
                payload.Write(TextOf(entry.Value));
        }
        payload.WriteRest(map.Count, isMap: true);
        payload.Close();
    }

    private static void WriteItems(PayloadWriter payload, IEnumerable items)
    {
        payload.BeginArray();
        int written = 0;
        foreach (object? item in items)
        {
            if (written++ == PayloadWriter.MaxItems || !payload.HasRoom)
                break;
            payload.Write(ItemText(item));
        }
        if (items is ICollection { Count: var count })
            payload.WriteRest(count, isMap: false);
        payload.Close();
    }

    /// <summary>An item as text. A pair of a map reads <c>[name, value]</c>, whatever its types are.</summary>
    private static string ItemText(object? item)
    {
        string text = TextOf(item) ?? "(null)";
        int comma = text.StartsWith('[') ? text.IndexOf(", ", StringComparison.Ordinal) : -1;
        return comma > 0 && PayloadWriter.KeepsOut(text[1..comma], isText: true) ? $"{text[..comma]}, {Redacted}]" : text;
    }

    private static string? TextOf(object? value) => value is IFormattable formattable ? formattable.ToString(null, CultureInfo.InvariantCulture) : value?.ToString();
}
