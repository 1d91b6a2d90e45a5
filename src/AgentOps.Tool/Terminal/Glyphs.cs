namespace AgentOps.Tool.Terminal;

/// <summary>The signs that trees and bars are drawn with.</summary>
internal sealed record Glyphs(
    string Branch, string LastBranch, string Rail, string Gap, char Bar, char Tick, char Rest, char Axis,
    string Ok, string Failed, string Warning, string Open, string Crashed, string Ellipsis, string Dot, string Arrow, string Rule)
{
    public static Glyphs Unicode { get; } =
        new("├─ ", "└─ ", "│  ", "   ", '━', '╸', '·', '─', "✓", "✗", "!", "▸", "☠", "…", " · ", "→", "─");

    /// <summary>For terminals that know nothing else.</summary>
    public static Glyphs Ascii { get; } =
        new("|- ", "`- ", "|  ", "   ", '=', '=', '.', '-', "+", "x", "!", ">", "#", "...", " - ", "->", "-");
}
