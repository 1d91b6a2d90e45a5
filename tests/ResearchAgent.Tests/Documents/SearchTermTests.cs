using ResearchAgent.Documents;

namespace ResearchAgent.Tests.Documents;

public sealed class SearchTermTests
{
    [Fact]
    public void Words_that_say_nothing_are_left_out()
    {
        Assert.Equal(
            ["recorded", "events", "survive", "process", "killed"],
            SearchTerm.In("How do recorded events survive when the process is killed?").Select(term => term.Word));
    }

    [Fact]
    public void Forms_of_a_word_are_one_term() =>
        Assert.Equal(["record", "lamp"], SearchTerm.In("record records recorder the recording lamp").Select(term => term.Word));

    [Theory]
    [InlineData("survive", "what survives is there", true)]
    [InlineData("killed", "after a kill -9", true)]
    [InlineData("process", "a `ProcessId` of", true)]
    [InlineData("lamp", "the lamplighter", false)]
    [InlineData("lamp", "the oilLamp burns", true)]
    [InlineData("lamp", "clamp it", false)]
    [InlineData("lamp", "", false)]
    public void A_term_is_found_in_its_forms_and_in_parts_of_names(string word, string text, bool found) =>
        Assert.Equal(found, Assert.Single(SearchTerm.In(word)).IsIn(text));
}
