using ResearchAgent.Agent;
using ResearchAgent.Documents;
using ResearchAgent.Tests.Support;

namespace ResearchAgent.Tests.Agent;

public sealed class CitationTests
{
    [Fact]
    public void Places_are_found_in_whatever_marks_stand_around_them()
    {
        using TemporaryFolder folder = TemporaryFolder.WithDocuments();
        DocumentLibrary library = folder.OpenLibrary();

        IReadOnlyList<Citation> places = Citation.FindIn("See `docs/lamp.md:3`, (README.md:1) and **src/Lamp.cs:3**; again docs/lamp.md:3.", library);

        Assert.Equal(["docs/lamp.md:3", "README.md:1", "src/Lamp.cs:3"], places.Select(place => place.ToString()));
    }

    [Theory]
    [InlineData("docs/invented.md:1")]
    [InlineData("docs/lamp.md:0")]
    [InlineData("docs/lamp.md:7")]
    [InlineData("docs/lamp.md:99999999999999999999")]
    [InlineData("docs/lamp.md")]
    public void Places_that_do_not_exist_do_not_count(string answer)
    {
        using TemporaryFolder folder = TemporaryFolder.WithDocuments();

        Assert.Empty(Citation.FindIn(answer, folder.OpenLibrary()));
    }
}
