using ResearchAgent.Documents;
using ResearchAgent.Tests.Support;

namespace ResearchAgent.Tests.Documents;

public sealed class DocumentLibraryTests
{
    [Fact]
    public void Files_are_known_by_relative_paths_in_a_fixed_order()
    {
        using TemporaryFolder folder = TemporaryFolder.WithDocuments();

        DocumentLibrary library = folder.OpenLibrary();

        Assert.Equal(["README.md", "docs/keeper.md", "docs/lamp.md", "src/Lamp.cs"], library.Documents.Select(document => document.Path));
        Assert.False(library.IsPartial);
    }

    [Theory]
    [InlineData(".git/config")]
    [InlineData(".editorconfig")]
    [InlineData("bin/Debug/notes.txt")]
    [InlineData("src/obj/project.assets.json")]
    [InlineData("web/node_modules/left/index.js")]
    public void Hidden_and_built_files_are_left_out(string path)
    {
        using var folder = new TemporaryFolder();
        folder.Write(path, "text");

        Assert.Empty(folder.OpenLibrary().Documents);
    }

    [Fact]
    public void Binary_and_very_large_files_are_left_out()
    {
        using var folder = new TemporaryFolder();
        folder.Write("picture.png", "PNG\0\0");
        folder.Write("large.txt", new string('x', DocumentLibrary.MaxFileBytes + 1));

        Assert.Empty(folder.OpenLibrary().Documents);
    }

    [Theory]
    [InlineData("one\ntwo\n", 2)]
    [InlineData("one\r\ntwo", 2)]
    [InlineData("\n", 1)]
    [InlineData("", 0)]
    public void Lines_are_counted_as_editors_do(string text, int lines)
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.txt", text);

        Assert.Equal(lines, Assert.Single(folder.OpenLibrary().Documents).Lines.Count);
    }

    [Theory]
    [InlineData("docs/lamp.md", true)]
    [InlineData("./docs/lamp.md", true)]
    [InlineData(@"docs\lamp.md", true)]
    [InlineData("docs", false)]
    [InlineData("../outside.txt", false)]
    [InlineData("docs/../../outside.txt", false)]
    public void Only_documents_of_the_folder_are_found(string path, bool found)
    {
        using TemporaryFolder folder = TemporaryFolder.WithDocuments();

        Assert.Equal(found, folder.OpenLibrary().Find(path) is not null);
    }
}
