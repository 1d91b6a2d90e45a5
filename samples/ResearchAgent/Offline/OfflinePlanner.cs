using System.Text.Json;
using System.Text.Json.Nodes;
using ResearchAgent.Agent;
using ResearchAgent.Documents;

namespace ResearchAgent.Offline;

/// <summary>
/// Plans research by rules, for any question and any documents: search for the words of the question, try the file that the
/// subject would be named after, read around the best lines found, answer with them. Equal conversations get equal moves.
/// </summary>
/// <remarks>
/// The file it tries is a guess that the folder is known not to hold. Models make such guesses; the record of a run shall show
/// how a failed tool call and the recovery from it look.
/// </remarks>
internal static class OfflinePlanner
{
    private const int HitLimit = 12;
    private const int PlacesToRead = 2;
    private const int LinesBefore = 8;
    private const int LinesToRead = 24;

    public static PlannerMove NextMove(Conversation conversation)
    {
        if (!conversation.OffersTools)
            return PlannerMove.Say(AnswerWriter.Write(conversation));
        if (!conversation.HasTried(ToolNames.SearchDocuments))
            return Search(conversation.Question);
        if (!conversation.HasTried(ToolNames.ReadFile))
            return ReadGuessedFile(conversation);
        IReadOnlyList<SearchHit> places = PlacesNotRead(conversation);
        return places.Count > 0 ? Read(places) : PlannerMove.Say("READY");
    }

    private static PlannerMove Search(string question)
    {
        string[] words = [.. SearchTerm.In(question).Select(term => term.Word)];
        string query = words.Length > 0 ? string.Join(' ', words) : question;
        return new PlannerMove(
            $"Search for the words \"{query}\", and see which documents there are.",
            [
                Call(ToolNames.SearchDocuments, new JsonObject { ["query"] = query, ["limit"] = HitLimit }),
                Call(ToolNames.ListFiles, new JsonObject { ["pattern"] = "*.md" }),
            ]);
    }

    private static PlannerMove ReadGuessedFile(Conversation conversation)
    {
        IReadOnlySet<string> known = conversation.KnownFiles();
        string[] words = [.. SearchTerm.In(conversation.Question).Select(term => term.Word)];
        string guess = words.Append(string.Join('-', words.DefaultIfEmpty("answer")))
            .Select(name => $"docs/{name}.md")
            .FirstOrDefault(path => !known.Contains(path), "docs/answer.md");
        return new PlannerMove(
            $"The subject may have a document of its own: try {guess}.",
            [Call(ToolNames.ReadFile, new JsonObject { ["path"] = guess })]);
    }

    private static PlannerMove Read(IReadOnlyList<SearchHit> places) => new(
        "There is no such document; read around the best lines that the search found.",
        [
            .. places.Select(place => Call(ToolNames.ReadFile, new JsonObject
            {
                ["path"] = place.File,
                ["startLine"] = Math.Max(1, place.Line - LinesBefore),
                ["lineCount"] = LinesToRead,
            })),
        ]);

    /// <summary>The best lines of the best files; none once they have been read.</summary>
    private static IReadOnlyList<SearchHit> PlacesNotRead(Conversation conversation)
    {
        HashSet<string> read = [.. conversation.Pages().Select(page => page.File)];
        return
        [
            .. AnswerWriter.Candidates(conversation)
                .DistinctBy(hit => hit.File)
                .Take(PlacesToRead)
                .Where(hit => !read.Contains(hit.File)),
        ];
    }

    private static FunctionCall Call(string tool, JsonObject arguments) =>
        new(tool, arguments.ToJsonString(JsonSerializerOptions.Web));
}
