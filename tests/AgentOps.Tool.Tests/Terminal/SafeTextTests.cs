using System.Globalization;
using AgentOps.Tool.Terminal;

namespace AgentOps.Tool.Tests.Terminal;

public sealed class SafeTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("\u001b[2J", "\\x1b[2J")]
    [InlineData("a\u0007b\u009bc\u007f", "a\\x07b\\x9bc\\x7f")]
    [InlineData("\u202eexe.txt\u2066", "\\u202eexe.txt\\u2066")]
    [InlineData("in\u200bvisible\ufeff", "in\\u200bvisible\\ufeff")]
    [InlineData("a\r\nb\nc\rd\u2028e\tf", "a b c d e f")]
    [InlineData("\ud83d\ude00 日本 ü", "\ud83d\ude00 日本 ü")]
    [InlineData("[red]x[/]", "[red]x[/]")]
    [InlineData(null, "")]
    public void What_a_terminal_would_obey_becomes_visible(string? text, string safe)
    {
        Assert.Equal(safe, SafeText.Line(text));
    }

    [Fact]
    public void Halves_of_letters_are_replaced()
    {
        Assert.Equal("\uFFFD lone \uFFFD", SafeText.Line("\ud83d lone \udc00"));
    }

    [Fact]
    public void Breaks_stay_in_blocks()
    {
        Assert.Equal("a\nb\nc    d", SafeText.Block("a\r\nb\rc\td"));
    }

    [Fact]
    public void No_character_of_unicode_controls_a_terminal()
    {
        for (int value = 0; value <= 0x10FFFF; value++)
        {
            if (value is >= 0xD800 and <= 0xDFFF)
                continue;
            string safe = SafeText.Line(char.ConvertFromUtf32(value));
            Assert.False(CharUnicodeInfo.GetUnicodeCategory(safe, 0) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator, $"U+{value:x4}");
        }
    }

    [Fact]
    public void Colours_come_from_the_tool_alone()
    {
        var output = new StringWriter();
        var screen = new Screen(output, isColoured: true, isUnicode: true, 80);

        screen.Line("\u001b[31m[red]danger[/]", Tone.Good);

        Assert.Equal("\u001b[32m\\x1b[31m[red]danger[/]\u001b[0m", output.ToString().TrimEnd());
    }
}
