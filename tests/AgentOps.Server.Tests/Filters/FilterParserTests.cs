using AgentOps.Server.Filters;

namespace AgentOps.Server.Tests.Filters;

public sealed class FilterParserTests
{
    [Theory]
    [InlineData("lateny:>2s", "There is no field 'lateny'. Did you mean 'latency'?")]
    [InlineData("state:broken", "'state' is none of 'broken'. Give one of live, success, fail, indeterminate, interrupted.")]
    [InlineData("cost:much", "'much' is no value for 'cost'. Give USD, such as cost:>0.10.")]
    [InlineData("latency:>2 s", "'2' is no value for 'latency'.")]
    [InlineData("tag:", "'tag:' has no value.")]
    [InlineData("tag:>5", "'tag' is text and has no larger or smaller.")]
    [InlineData("(tag:a", "The '(' here has no ')'.")]
    [InlineData("tag:a)", "There is a ')' without a '('.")]
    [InlineData("name:\"a", "The '\"' here is not closed.")]
    [InlineData("tag:a OR", "A condition is missing here")]
    [InlineData("metric.rows:>many", "'many' is no number to compare 'metric.rows' with.")]
    public void What_cannot_be_understood_is_named_with_what_is_allowed(string filter, string message) =>
        Assert.StartsWith(message, Assert.Throws<FilterException>(() => FilterParser.Parse(filter)).Message, StringComparison.Ordinal);

    [Fact]
    public void Depth_and_length_are_bounded()
    {
        Assert.Throws<FilterException>(static () => FilterParser.Parse(new string('(', 1500)));
        Assert.Throws<FilterException>(static () => FilterParser.Parse(new string('-', 1500) + "a"));
        Assert.Throws<FilterException>(static () => FilterParser.Parse(new string('a', FilterParser.MaxLength + 1)));
    }

    [Fact]
    public void Any_text_is_a_filter_or_refused_as_one()
    {
        int seed = TestSeed.Value;
        var random = new Random(seed);
        string[] pieces = ["tag", ":", ">", "-", "(", ")", "\"", "OR", " ", "*", "latency:>2s", "\\", "𝄞", "'", "metric.", "2"];
        for (int i = 0; i < 20_000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)]));
            try
            {
                FilterParser.Parse(text);
            }
            catch (FilterException)
            {
                // Refused, with a reason.
            }
            catch (Exception e)
            {
                Assert.Fail($"'{text}' (seed {seed}): {e}");
            }
        }
    }
}
