using System.Text;
using ResearchAgent.Documents;

namespace ResearchAgent.Offline;

/// <summary>Answers with what stands in the documents: quotes the lines that hold most of the question's words, and says where they stand.</summary>
internal static class AnswerWriter
{
    private const int MaxQuotes = 4;

    public static string Write(Conversation conversation)
    {
        IReadOnlyList<SearchTerm> terms = SearchTerm.In(conversation.Question);
        List<Passage> quotes = Choose(conversation, terms);
        string words = string.Join(", ", terms.Select(term => term.Word));
        if (quotes.Count == 0)
            return $"The documents have no line on {words}.";

        var answer = new StringBuilder("In the words of the documents:\n\n");
        foreach (Passage quote in quotes)
            answer.Append($"- \"{quote.Text}\" ({quote.File}:{quote.Line})\n");
        answer.Append($"\nNo model wrote this: a local planner chose the lines that hold most of {words}.");
        return answer.ToString();
    }

    /// <summary>
    /// The found lines that may answer, best first: those that were written for readers, code only where there are none. A line
    /// that only repeats the question does not answer it.
    /// </summary>
    public static IReadOnlyList<SearchHit> Candidates(Conversation conversation)
    {
        string question = conversation.Question.Trim();
        SearchHit[] hits = [.. conversation.Hits().Where(hit => !hit.Text.Contains(question, StringComparison.OrdinalIgnoreCase))];
        SearchHit[] forReaders = [.. hits.Where(hit => TextLine.IsForReaders(hit.File, hit.Text))];
        return forReaders.Length > 0 ? forReaders : hits;
    }

    /// <summary>Takes the best passages, each only if it says something that those before it do not.</summary>
    private static List<Passage> Choose(Conversation conversation, IReadOnlyList<SearchTerm> terms)
    {
        IReadOnlyList<FilePage> pages = conversation.Pages();
        var chosen = new List<Passage>();
        double best = 0;
        foreach (SearchHit hit in Candidates(conversation))
        {
            best = Math.Max(best, hit.Score);
            if (chosen.Count == MaxQuotes || hit.Score < best / 2)
                break;
            Passage passage = Passage.Around(hit, pages, terms);
            int held = terms.Count(term => term.IsIn(passage.Text));
            bool saysEnough = held >= Math.Min(2, terms.Count);
            if (saysEnough && !chosen.Exists(passage.Repeats))
                chosen.Add(passage);
        }
        return chosen;
    }
}
