namespace ResearchAgent.Terminal;

/// <summary>The signs that tables and trees are drawn with.</summary>
internal sealed record Glyphs(
    string Branch, string LastBranch, string Rail, string Gap, char Bar, char Tick, char Rest, string Done, string Failed, string Ellipsis)
{
    public static Glyphs Unicode { get; } = new("├─ ", "└─ ", "│  ", "   ", '━', '╸', '·', "✓", "✗", "…");

    /// <summary>For pipes, files and terminals that know nothing else.</summary>
    public static Glyphs Ascii { get; } = new("|- ", "`- ", "|  ", "   ", '=', '=', '.', "ok", "FAILED", "...");
}
