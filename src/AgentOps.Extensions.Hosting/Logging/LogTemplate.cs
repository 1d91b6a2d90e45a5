using System.Text;

namespace AgentOps.Extensions.Hosting.Logging;

/// <summary>Puts the message of a log record together from its template, as <c>Microsoft.Extensions.Logging</c> does, with secrets left out.</summary>
internal static class LogTemplate
{
    /// <summary>The message. A name takes the value at its own place if that bears it, else the first that does; one without a value stays as it stands.</summary>
    public static string Render(string template, IReadOnlyList<KeyValuePair<string, object?>> values)
    {
        var message = new StringBuilder(template.Length + 64);
        int holes = 0;
        for (int at = 0; at < template.Length;)
        {
            char letter = template[at];
            bool isDoubled = at + 1 < template.Length && template[at + 1] == letter;
            if (letter is '{' or '}' && isDoubled)
            {
                message.Append(letter);
                at += 2;
                continue;
            }
            int end = letter == '{' ? template.IndexOf('}', at) : -1;
            if (end < 0)
            {
                message.Append(letter);
                at++;
                continue;
            }
            AppendHole(message, template[(at + 1)..end], holes++, values);
            at = end + 1;
        }
        return message.ToString();
    }

    private static void AppendHole(StringBuilder message, string hole, int place, IReadOnlyList<KeyValuePair<string, object?>> values)
    {
        int suffix = hole.AsSpan().IndexOfAny(',', ':');
        string name = suffix < 0 ? hole : hole[..suffix];
        if (Find(name, place, values) is not { } index)
        {
            message.Append('{').Append(hole).Append('}');
            return;
        }
        message.Append(LogValues.InMessage(name, values[index].Value, suffix < 0 ? "" : hole[suffix..]));
    }

    private static int? Find(string name, int place, IReadOnlyList<KeyValuePair<string, object?>> values)
    {
        if (place < values.Count && values[place].Key == name)
            return place;
        for (int i = 0; i < values.Count; i++)
        {
            if (string.Equals(values[i].Key, name, StringComparison.OrdinalIgnoreCase))
                return i;
        }
        return null;
    }
}
