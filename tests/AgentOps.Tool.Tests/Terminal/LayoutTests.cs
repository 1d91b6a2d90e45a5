using AgentOps.Tool.Terminal;

namespace AgentOps.Tool.Tests.Terminal;

public sealed class LayoutTests
{
    [Theory]
    [InlineData("abcdef", 6, "abcdef")]
    [InlineData("abcdef", 5, "abcd…")]
    [InlineData("日本語です", 6, "日本…")]
    [InlineData("e\u0301e\u0301e\u0301", 2, "e\u0301…")]
    [InlineData("abc", 1, "…")]
    [InlineData("abc", 0, "")]
    public void Text_is_cut_by_columns_and_never_within_a_letter(string text, int width, string cut)
    {
        Assert.Equal(cut, CellWidth.Fit(text, width, "…"));
    }

    [Fact]
    public void Wide_letters_keep_columns_aligned()
    {
        var output = new StringWriter { NewLine = "\n" };
        var table = new Columns(new Column("Name", Least: 4), new Column("N", IsRight: true));
        table.Add("日本", "1");
        table.Add("abc", "22");

        table.WriteTo(new Screen(output, isColoured: false, isUnicode: true, 40));

        Assert.Equal("Name   N\n日本   1\nabc   22\n", output.ToString());
    }

    [Theory]
    [InlineData("the quick brown fox", 10, new[] { "the quick", "brown fox" })]
    [InlineData("0123456789abcdef", 10, new[] { "0123456789", "abcdef" })]
    [InlineData("a\n\nb", 10, new[] { "a", "", "b" })]
    public void Text_is_wrapped_between_words(string text, int width, string[] lines)
    {
        Assert.Equal(lines, WordWrap.Lines(text, width));
    }

    [Theory]
    [InlineData(0L, "0 us")]
    [InlineData(5L, "0.50 us")]
    [InlineData(9_994L, "999 us")]
    [InlineData(123_456L, "12.3 ms")]
    [InlineData(52_500_000L, "5.25 s")]
    [InlineData(3_400_000_000L, "5m 40s")]
    [InlineData(72_000_000_000L, "2h 00m")]
    [InlineData(1_000_000_000_000L, "1d 03h")]
    public void Durations_have_three_digits_or_two_units(long ticks, string text)
    {
        Assert.Equal(text, DurationText.Of(TimeSpan.FromTicks(ticks)));
    }

    [Theory]
    [InlineData("0", "$0.00")]
    [InlineData("0.0000001", "<$0.000001")]
    [InlineData("0.0192", "$0.0192")]
    [InlineData("1234.5", "$1,234.50")]
    public void Cheap_calls_do_not_read_as_free(string usd, string text)
    {
        Assert.Equal(text, MoneyText.Of(decimal.Parse(usd, System.Globalization.CultureInfo.InvariantCulture)));
    }
}
