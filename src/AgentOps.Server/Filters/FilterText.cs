namespace AgentOps.Server.Filters;

/// <summary>Edits the text of a filter as a click on a facet does. What it does not understand it leaves alone.</summary>
public static class FilterText
{
    /// <summary>The condition as text, with quotation marks where they are needed.</summary>
    public static string Condition(string field, string value)
    {
        bool isPlain = value.Length > 0 && !value.Any(static c => char.IsWhiteSpace(c) || c is '(' or ')' or '"' or '\\') && value[0] is not ('<' or '>');
        return isPlain ? $"{field}:{value}" : $"{field}:\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>Whether the text has the condition, as it is or turned round.</summary>
    public static (bool Has, bool IsNegated) Find(string text, string condition)
    {
        foreach (string part in Split(text))
        {
            if (string.Equals(part, condition, StringComparison.OrdinalIgnoreCase))
                return (true, false);
            if (string.Equals(part, "-" + condition, StringComparison.OrdinalIgnoreCase))
                return (true, true);
        }
        return (false, false);
    }

    /// <summary>Takes the condition out if it is there, else puts it at the end.</summary>
    public static string Toggle(string text, string condition)
    {
        List<string> parts = Split(text);
        int removed = parts.RemoveAll(part => string.Equals(part.TrimStart('-'), condition, StringComparison.OrdinalIgnoreCase));
        if (removed == 0)
            parts.Add(condition);
        return string.Join(' ', parts);
    }

    /// <summary>The pieces between blanks; a piece in quotation marks or parentheses is one.</summary>
    public static List<string> Split(string text)
    {
        var parts = new List<string>();
        int from = 0;
        int depth = 0;
        bool isQuoted = false;
        for (int i = 0; i <= text.Length; i++)
        {
            char c = i < text.Length ? text[i] : ' ';
            if (c == '\\' && isQuoted)
            {
                i++;
                continue;
            }
            isQuoted ^= c == '"';
            if (!isQuoted)
                depth += c == '(' ? 1 : c == ')' && depth > 0 ? -1 : 0;
            if (i < text.Length && (isQuoted || depth > 0 || !char.IsWhiteSpace(c)))
                continue;
            if (i > from)
                parts.Add(text[from..Math.Min(i, text.Length)]);
            from = i + 1;
        }
        return parts;
    }
}
