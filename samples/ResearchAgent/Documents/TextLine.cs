using System.Text.RegularExpressions;

namespace ResearchAgent.Documents;

/// <summary>Reads single lines of prose and of comments in code.</summary>
internal static partial class TextLine
{
    private static readonly string[] s_commentMarks = ["///", "//", "--", ";;", "#"];

    private static readonly string[] s_proseEndings = [".md", ".txt", ".rst", ".adoc"];

    private static readonly string[] s_blockMarks = ["* ", "- ", "+ ", "# ", "##", "|", "<", "```"];

    /// <summary>The line without its indentation, the mark of a comment, list item or heading, and the tags around it.</summary>
    public static string Plain(string line)
    {
        string text = line.Trim();
        if (CommentMark(text) is { } mark)
            text = text[mark.Length..].TrimStart('#', ' ');
        else if (text.StartsWith("* ", StringComparison.Ordinal) || text.StartsWith("- ", StringComparison.Ordinal))
            text = text[2..];
        return OuterTags().Replace(text, "").Trim();
    }

    /// <summary>Whether the line is written for readers: it stands in prose, or is a comment.</summary>
    public static bool IsForReaders(string file, string line) => IsProse(file) || CommentMark(line) is not null;

    /// <summary>Whether the whole file is written for readers rather than for a compiler.</summary>
    public static bool IsProse(string file) =>
        Array.Exists(s_proseEndings, ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a paragraph goes on from one line to the next.</summary>
    public static bool Continues(string line, string next) =>
        Plain(line) is { Length: > 0 } text
        && Plain(next).Length > 0
        && text[^1] is not (':' or '{' or '}' or '|' or '>')
        && CommentMark(line) == CommentMark(next)
        && !BeginsBlock(next);

    /// <summary>Whether a list item, heading, table row, element or code block begins with the line.</summary>
    private static bool BeginsBlock(string line)
    {
        string text = line.TrimStart();
        bool isComment = CommentMark(text) is { } mark && mark != "#";
        string inside = isComment ? Plain(text) : text;
        return Array.Exists(s_blockMarks, block => inside.StartsWith(block, StringComparison.Ordinal))
            || (inside.Length > 1 && char.IsDigit(inside[0]) && inside[1] == '.');
    }

    private static string? CommentMark(string line)
    {
        string text = line.TrimStart();
        return Array.Find(s_commentMarks, mark => text.StartsWith(mark, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^<\w+(\s[^<>]*)?>|</\w+>$")]
    private static partial Regex OuterTags();
}
