using ResearchAgent.Documents;
using ResearchAgent.Tests.Support;

namespace ResearchAgent.Tests.Documents;

public sealed class DocumentToolsTests
{
    [Fact]
    public async Task The_line_with_most_of_the_words_comes_first()
    {
        IReadOnlyList<SearchHit> hits = await SearchAsync("power fails lamp", limit: 10);

        Assert.Equal(("docs/lamp.md", 3), (hits[0].File, hits[0].Line));
        Assert.Equal("The lamp turns once in ten seconds. When the power fails, the lamp", hits[0].Text);
        Assert.Equal(hits.OrderByDescending(hit => hit.Score), hits);
    }

    [Fact]
    public async Task No_more_lines_come_than_are_wanted() => Assert.Equal(2, (await SearchAsync("lamp", limit: 2)).Count);

    [Fact]
    public async Task Words_that_stand_nowhere_find_nothing() => Assert.Empty(await SearchAsync("submarine", limit: 10));

    [Fact]
    public async Task One_file_does_not_take_all_places()
    {
        using TemporaryFolder folder = TemporaryFolder.WithDocuments();
        folder.Write("lamps.txt", string.Concat(Enumerable.Repeat("the lamp of a lighthouse is a lamp\n", 20)));

        IReadOnlyList<SearchHit> hits = await Tools(folder).SearchAsync("lamp lighthouse", 10, TestContext.Current.CancellationToken);

        Assert.Equal(3, hits.Count(hit => hit.File == "lamps.txt"));
        Assert.Contains(hits, hit => hit.File == "README.md");
    }

    [Fact]
    public void A_page_ends_with_the_file()
    {
        using TemporaryFolder folder = TemporaryFolder.WithDocuments();

        FilePage page = Tools(folder).ReadFile("docs/keeper.md", startLine: 3, lineCount: 50);

        Assert.Equal(3, page.StartLine);
        Assert.Equal(4, page.TotalLines);
        Assert.Equal(["The keeper sleeps by day.", "In a storm the keeper checks the battery of the lamp every hour."], page.Lines);
    }

    [Theory]
    [InlineData("docs/none.md", 1, typeof(FileNotFoundException))]
    [InlineData("docs/keeper.md", 0, typeof(ArgumentException))]
    [InlineData("docs/keeper.md", 5, typeof(ArgumentException))]
    public void What_cannot_be_read_throws(string path, int startLine, Type exception)
    {
        using TemporaryFolder folder = TemporaryFolder.WithDocuments();

        Assert.Throws(exception, () => Tools(folder).ReadFile(path, startLine, lineCount: 1));
    }

    [Theory]
    [InlineData(null, 4)]
    [InlineData("*.md", 3)]
    [InlineData("docs/*", 2)]
    [InlineData("lamp.*", 2)]
    [InlineData("*.py", 0)]
    public void Files_are_listed_by_pattern(string? pattern, int count)
    {
        using TemporaryFolder folder = TemporaryFolder.WithDocuments();

        FileListing listing = Tools(folder).ListFiles(pattern);

        Assert.Equal(count, listing.Total);
        Assert.Equal(count, listing.Files.Count);
    }

    private static async Task<IReadOnlyList<SearchHit>> SearchAsync(string query, int limit)
    {
        using TemporaryFolder folder = TemporaryFolder.WithDocuments();
        return await Tools(folder).SearchAsync(query, limit, TestContext.Current.CancellationToken);
    }

    private static DocumentTools Tools(TemporaryFolder folder) => new(folder.OpenLibrary());
}
