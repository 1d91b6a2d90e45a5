using ResearchAgent.Tests.Support;

namespace ResearchAgent.Tests;

public sealed class CommandLineTests
{
    [Fact]
    public void Words_make_one_question()
    {
        using var folder = new TemporaryFolder();

        ResearchOptions options = CommandLine.Parse(["Why", "is", "it", "dark?", "--folder", folder.Path]);

        Assert.Equal("Why is it dark?", options.Question);
        Assert.Equal(folder.Path, options.Folder);
        Assert.Null(options.JsonFile);
    }

    [Fact]
    public void Values_may_follow_an_equals_sign()
    {
        using var folder = new TemporaryFolder();

        ResearchOptions options = CommandLine.Parse(["--question=a = b?", $"--folder={folder.Path}", "--json=out.jsonl"]);

        Assert.Equal("a = b?", options.Question);
        Assert.Equal(Path.GetFullPath("out.jsonl"), options.JsonFile);
    }

    [Fact]
    public void After_two_dashes_everything_is_the_question()
    {
        using var folder = new TemporaryFolder();

        Assert.Equal("--json what?", CommandLine.Parse(["--folder", folder.Path, "--", "--json", "what?"]).Question);
    }

    [Fact]
    public void Without_a_question_the_default_one_is_asked()
    {
        using var folder = new TemporaryFolder();

        Assert.Equal(ResearchOptions.DefaultQuestion, CommandLine.Parse(["--folder", folder.Path]).Question);
    }

    [Fact]
    public void The_repository_is_found_from_any_folder_inside()
    {
        using var folder = new TemporaryFolder();
        folder.Write(RepositoryFolder.Marker, "");
        folder.Write("a/b/c.txt", "");

        Assert.Equal(folder.Path, RepositoryFolder.FindAbove(folder.Combine("a/b")));
    }

    [Theory]
    [InlineData("The question is empty.", "")]
    [InlineData("The question is empty.", "--question", "  ")]
    [InlineData("The question is given twice: as --question and as words.", "--question", "one", "two")]
    [InlineData("--question is given twice.", "--question", "one", "--question", "two")]
    [InlineData("--question needs a value.", "--question")]
    [InlineData("--folder needs a value.", "why?", "--folder")]
    [InlineData("The folder '/no/such/folder' does not exist.", "why?", "--folder", "/no/such/folder")]
    [InlineData("The folder '' does not exist.", "why?", "--folder", "")]
    [InlineData("Unknown option '--colour'; --help lists the options.", "--colour", "red")]
    [InlineData("Unknown option '--colour'; --help lists the options.", "--colour=red")]
    [InlineData("Unknown option '-x'; --help lists the options.", "-x")]
    [InlineData("--json needs the name of a file; '' is not one.", "why?", "--folder", ".", "--json", "")]
    [InlineData("--json needs the name of a file; '.' is not one.", "why?", "--folder", ".", "--json", ".")]
    public void What_is_wrong_is_said(string message, params string[] arguments)
    {
        var wrong = Assert.Throws<UsageException>(() => CommandLine.Parse(arguments));

        Assert.Equal(message, wrong.Message);
    }

    [Theory]
    [InlineData(true, "--help")]
    [InlineData(true, "why?", "-h")]
    [InlineData(false, "why?")]
    [InlineData(false, "--", "--help")]
    public void Help_is_asked_for_by_an_option(bool asked, params string[] arguments) =>
        Assert.Equal(asked, CommandLine.AsksForHelp(arguments));
}
