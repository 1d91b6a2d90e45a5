using System.Globalization;
using ResearchAgent.Terminal;

namespace ResearchAgent.Tests.Terminal;

public sealed class TextTests
{
    [Theory]
    [InlineData("", 10, new[] { "" })]
    [InlineData("one two", 10, new[] { "one two" })]
    [InlineData("one two three", 7, new[] { "one two", "three" })]
    [InlineData("one two three", 6, new[] { "one", "two", "three" })]
    [InlineData("unbreakable word", 5, new[] { "unbreakable", "word" })]
    [InlineData("exact fit here", 9, new[] { "exact fit", "here" })]
    public void Lines_break_between_words(string text, int width, string[] lines) => Assert.Equal(lines, WordWrap.Lines(text, width));

    [Theory]
    [InlineData(0.0004, "0.00 ms")]
    [InlineData(9.99, "9.99 ms")]
    [InlineData(9.996, "10.0 ms")]
    [InlineData(12.34, "12.3 ms")]
    [InlineData(999.4, "999 ms")]
    [InlineData(999.6, "1.00  s")]
    [InlineData(61_000, "61.0  s")]
    public void Durations_have_three_digits(double milliseconds, string text) =>
        Assert.Equal(text, DurationText.Of(TimeSpan.FromMilliseconds(milliseconds)));

    [Theory]
    [InlineData(null, "unknown")]
    [InlineData("0", "$0.00")]
    [InlineData("0.0000004", "< $0.000001")]
    [InlineData("0.00375", "$0.00375")]
    [InlineData("0.5", "$0.50")]
    [InlineData("1234.567", "$1,234.57")]
    public void Amounts_never_read_as_free_unless_they_are(string? usd, string text) =>
        Assert.Equal(text, MoneyText.Of(usd is null ? null : decimal.Parse(usd, CultureInfo.InvariantCulture)));

    [Fact]
    public void A_message_of_several_lines_becomes_one() => Assert.Equal("a b c", FailureText.OneLine(" a\r\n\r\n b\tc\n"));
}
