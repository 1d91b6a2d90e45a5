using System.Text.Json;
using ResearchAgent.Agent;
using ResearchAgent.Documents;
using ResearchAgent.Offline;
using ResearchAgent.Tests.Support;

namespace ResearchAgent.Tests.Offline;

public sealed class OfflinePlannerTests
{
    [Fact]
    public void It_begins_with_a_search_for_the_words_of_the_question()
    {
        PlannerMove move = new ChatRequests(TemporaryFolder.Question).NextMove();

        Assert.Equal(["search_documents", "list_files"], move.Calls.Select(call => call.Name));
        Assert.Equal("feeds lamp power fails storm", Argument(move.Calls[0], "query"));
    }

    [Fact]
    public async Task It_guesses_a_file_that_is_not_there()
    {
        using TemporaryFolder folder = TemporaryFolder.WithDocuments();
        var requests = new ChatRequests("How does the lamp work in a storm?");
        await requests.RunAsync(requests.NextMove(), Tools(folder));

        FunctionCall guess = Assert.Single(requests.NextMove().Calls);

        Assert.Equal("read_file", guess.Name);
        Assert.Equal("docs/work.md", Argument(guess, "path"));
    }

    [Fact]
    public async Task It_recovers_by_reading_the_best_lines_that_were_found()
    {
        using TemporaryFolder folder = TemporaryFolder.WithDocuments();
        var requests = new ChatRequests(TemporaryFolder.Question);
        await requests.RunAsync(requests.NextMove(), Tools(folder));
        await requests.RunAsync(requests.NextMove(), Tools(folder));

        PlannerMove recovery = requests.NextMove();

        Assert.Equal(["docs/lamp.md", "docs/keeper.md"], recovery.Calls.Select(call => Argument(call, "path")).OrderDescending());
    }

    [Fact]
    public async Task It_is_ready_when_it_has_read_them()
    {
        using TemporaryFolder folder = TemporaryFolder.WithDocuments();
        ChatRequests requests = await ResearchAsync(folder, TemporaryFolder.Question);

        PlannerMove last = requests.NextMove();

        Assert.Equal("READY", last.Text);
        Assert.Empty(last.Calls);
    }

    [Fact]
    public async Task The_answer_quotes_sentences_where_they_stand()
    {
        using TemporaryFolder folder = TemporaryFolder.WithDocuments();
        ChatRequests requests = await ResearchAsync(folder, TemporaryFolder.Question);

        string answer = requests.Answer().Text;

        Assert.Contains(
            "\"When the power fails, the lamp is fed by a battery, so that ships still see it through the storm.\" (docs/lamp.md:3)",
            answer, StringComparison.Ordinal);
        Assert.Contains("No model wrote this", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_repeats_the_question_is_no_answer()
    {
        using TemporaryFolder folder = TemporaryFolder.WithDocuments();
        folder.Write("faq.md", TemporaryFolder.Question);

        ChatRequests requests = await ResearchAsync(folder, TemporaryFolder.Question);

        Assert.DoesNotContain("faq.md", requests.Answer().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_is_found_it_says_so()
    {
        using TemporaryFolder folder = TemporaryFolder.WithDocuments();
        ChatRequests requests = await ResearchAsync(folder, "Where are submarines?");

        Assert.Equal("The documents have no line on submarines.", requests.Answer().Text);
    }

    [Fact]
    public async Task A_question_of_common_words_only_still_ends()
    {
        using TemporaryFolder folder = TemporaryFolder.WithDocuments();
        ChatRequests requests = await ResearchAsync(folder, "Who is it?");

        Assert.Equal("READY", requests.NextMove().Text);
    }

    [Fact]
    public async Task Equal_conversations_get_equal_answers()
    {
        using TemporaryFolder folder = TemporaryFolder.WithDocuments();

        string first = (await ResearchAsync(folder, TemporaryFolder.Question)).Answer().Text;
        string second = (await ResearchAsync(folder, TemporaryFolder.Question)).Answer().Text;

        Assert.Equal(first, second);
    }

    private static async Task<ChatRequests> ResearchAsync(TemporaryFolder folder, string question)
    {
        var requests = new ChatRequests(question);
        for (int step = 0; step < Researcher.MaxSteps; step++)
        {
            PlannerMove move = requests.NextMove();
            if (move.Calls.Count == 0)
                break;
            await requests.RunAsync(move, Tools(folder));
        }
        return requests;
    }

    private static ToolBox Tools(TemporaryFolder folder) => new(new DocumentTools(folder.OpenLibrary()));

    private static string? Argument(FunctionCall call, string name) => JsonElement.Parse(call.Arguments).GetProperty(name).GetString();
}
