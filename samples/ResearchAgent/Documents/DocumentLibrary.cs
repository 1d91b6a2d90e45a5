using System.Text;

namespace ResearchAgent.Documents;

/// <summary>The text files of a folder, read once. What is hidden, built, binary or very large is left out.</summary>
internal sealed class DocumentLibrary
{
    public const int MaxFileBytes = 512 * 1024;
    public const long MaxTotalBytes = 64 * 1024 * 1024;

    private const int BinaryProbeBytes = 8 * 1024;

    private static readonly HashSet<string> s_builtFolders =
        new(["bin", "obj", "artifacts", "node_modules", "TestResults", "BenchmarkDotNet.Artifacts"], StringComparer.OrdinalIgnoreCase);

    private static readonly EnumerationOptions s_visible = new()
    {
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
    };

    private readonly Dictionary<string, Document> _byPath;

    private DocumentLibrary(string root, List<Document> documents, bool isPartial)
    {
        Root = root;
        Documents = documents;
        IsPartial = isPartial;
        _byPath = documents.ToDictionary(document => document.Path, StringComparer.Ordinal);
    }

    /// <summary>The folder.</summary>
    public string Root { get; }

    /// <summary>Every document, by path.</summary>
    public IReadOnlyList<Document> Documents { get; }

    /// <summary>Whether the folder holds more text than is taken.</summary>
    public bool IsPartial { get; }

    public static DocumentLibrary Open(string folder, CancellationToken cancellationToken = default)
    {
        var documents = new List<Document>();
        long bytes = 0;
        foreach (FileInfo file in Walk(new DirectoryInfo(folder)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (bytes + file.Length > MaxTotalBytes)
                return new DocumentLibrary(folder, documents, isPartial: true);
            if (Read(file) is not { } lines)
                continue;
            bytes += file.Length;
            documents.Add(new Document(Path.GetRelativePath(folder, file.FullName).Replace('\\', '/'), lines));
        }
        return new DocumentLibrary(folder, documents, isPartial: false);
    }

    /// <summary>The document of a relative path; <see langword="null"/> if the library has none.</summary>
    public Document? Find(string path)
    {
        string plain = path.Replace('\\', '/');
        return _byPath.GetValueOrDefault(plain.StartsWith("./", StringComparison.Ordinal) ? plain[2..] : plain);
    }

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder)
    {
        foreach (FileInfo file in folder.EnumerateFiles("*", s_visible).OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            if (!file.Name.StartsWith('.') && file.Length <= MaxFileBytes)
                yield return file;
        }
        foreach (DirectoryInfo inner in folder.EnumerateDirectories("*", s_visible).OrderBy(inner => inner.Name, StringComparer.Ordinal))
        {
            if (inner.Name.StartsWith('.') || s_builtFolders.Contains(inner.Name))
                continue;
            foreach (FileInfo file in Walk(inner))
                yield return file;
        }
    }

    private static string[]? Read(FileInfo file)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(file.FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A file that vanished or may not be read is not part of the library; the others are.
            return null;
        }
        if (bytes.AsSpan(0, Math.Min(bytes.Length, BinaryProbeBytes)).Contains((byte)0))
            return null;
        using var reader = new StreamReader(new MemoryStream(bytes), Encoding.UTF8);
        string text = reader.ReadToEnd();
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        return lines[^1].Length == 0 ? lines[..^1] : lines;
    }
}
