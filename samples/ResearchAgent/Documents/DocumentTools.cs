using System.IO.Enumeration;
using AgentOps;

namespace ResearchAgent.Documents;

/// <summary>What the model may do with the documents. A call that cannot be done throws, and says why in words for the model.</summary>
internal sealed class DocumentTools(DocumentLibrary library)
{
    public const int MaxHits = 50;
    public const int MaxLines = 200;
    public const int MaxListed = 500;

    private readonly DocumentSearch _search = new(library);

    /// <summary>The lines that match the words of a query best, best first.</summary>
    [RecordTool("search_documents")]
    public Task<IReadOnlyList<SearchHit>> SearchAsync(string query, int limit, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(query))
            throw new ArgumentException("The query is empty; give the words to look for.");
        return Task.Run(() => _search.Find(query, Math.Clamp(limit, 1, MaxHits), cancellationToken), cancellationToken);
    }

    /// <summary>A part of one file.</summary>
    /// <exception cref="FileNotFoundException">The folder has no such file.</exception>
    /// <exception cref="ArgumentException">The start is not a line of the file.</exception>
    [RecordTool("read_file")]
    public FilePage ReadFile(string path, int startLine, int lineCount)
    {
        // Only documents of the library can be read: no path leads out of the folder.
        Document document = library.Find(path)
            ?? throw new FileNotFoundException($"There is no file '{path}' in this folder; list_files names the files there are.");
        int total = document.Lines.Count;
        if (startLine < 1 || startLine > total)
            throw new ArgumentException($"'{document.Path}' has the lines 1 to {total}; line {startLine} is not one of them.");
        int count = Math.Min(Math.Clamp(lineCount, 1, MaxLines), total - startLine + 1);
        return new FilePage(document.Path, startLine, total, [.. document.Lines.Skip(startLine - 1).Take(count)]);
    }

    /// <summary>The files whose path or name matches a pattern with <c>*</c> and <c>?</c>; all files without one.</summary>
    [RecordTool("list_files")]
    public FileListing ListFiles(string? pattern)
    {
        string[] files = [.. library.Documents.Select(document => document.Path).Where(path => Matches(pattern, path))];
        return new FileListing(files.Length, files.Length > MaxListed ? files[..MaxListed] : files);
    }

    private static bool Matches(string? pattern, string path) =>
        string.IsNullOrWhiteSpace(pattern)
        || FileSystemName.MatchesSimpleExpression(pattern, path)
        || FileSystemName.MatchesSimpleExpression(pattern, Path.GetFileName(path));
}
