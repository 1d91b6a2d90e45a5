using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentOps.Generators.Fuzz.Tests.BrokenCode;

/// <summary>What typing does to code: tokens that are missing, doubled, swapped, or in the wrong place.</summary>
internal static class TokenDamage
{
    private static readonly string[] s_strays =
        ["[RecordTool]", "(", ")", "{", "}", "<", ">", ".", ",", ";", "=>", "?.", "class", "static", "async", "await", "ref", "out", "in", "params", "this", "base", "new", "partial", "T", "dynamic", "\"", "$\"{", "#if X\n", "//", "[", "]", "=", "0", "M1", "void", "where T : T", ": C1", "extension(int i)"];

    /// <summary>Damages a text in one to three places.</summary>
    public static string Apply(string text, Random random)
    {
        for (int times = random.Next(1, 4); times > 0; times--)
            text = Once(text, random);
        return text;
    }

    private static string Once(string text, Random random)
    {
        SyntaxToken[] tokens = [.. CSharpSyntaxTree.ParseText(text).GetRoot().DescendantTokens().Where(static t => t.Span.Length > 0)];
        if (tokens.Length < 2)
            return text + s_strays[random.Next(s_strays.Length)];
        SyntaxToken token = tokens[random.Next(tokens.Length)];
        SyntaxToken other = tokens[random.Next(tokens.Length)];
        var damaged = new StringBuilder(text);
        switch (random.Next(6))
        {
            case 0:
                return damaged.Remove(token.SpanStart, token.Span.Length).ToString();
            case 1:
                return damaged.Insert(token.SpanStart, token.Text + " ").ToString();
            case 2:
                return damaged.Insert(token.SpanStart, other.Text + " ").ToString();
            case 3:
                return damaged.Insert(token.SpanStart, s_strays[random.Next(s_strays.Length)] + " ").ToString();
            case 4:
                (SyntaxToken first, SyntaxToken second) = token.SpanStart <= other.SpanStart ? (token, other) : (other, token);
                if (first == second)
                    return text;
                return damaged.Remove(second.SpanStart, second.Span.Length).Insert(second.SpanStart, first.Text)
                    .Remove(first.SpanStart, first.Span.Length).Insert(first.SpanStart, second.Text).ToString();
            default:
                // All that follows is not typed yet.
                return random.Next(3) == 0 ? text[..token.SpanStart] : damaged.Remove(token.SpanStart, Math.Min(random.Next(1, 30), text.Length - token.SpanStart)).ToString();
        }
    }
}
