using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AgentOps.CodeFixes.Editing;

/// <summary>A file with all that is known of it.</summary>
internal sealed record SourceDocument(Document Document, SemanticModel Model, SyntaxNode Root, SourceText Text)
{
    public DocumentId Id => Document.Id;

    /// <summary>How the file ends its lines.</summary>
    public string NewLine => Text.Lines[0] is var first && first.EndIncludingLineBreak - first.End == 2 ? "\r\n" : "\n";

    public static async Task<SourceDocument?> OfAsync(Document document, CancellationToken cancellation)
    {
        SemanticModel? model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        return model is null || root is null ? null : new SourceDocument(document, model, root, await document.GetTextAsync(cancellation).ConfigureAwait(false));
    }

    /// <summary>The file that a part of a declaration stands in; <see langword="null"/> if nobody wrote it.</summary>
    public static async Task<SourceDocument?> OfAsync(Solution solution, SyntaxTree tree, CancellationToken cancellation) =>
        solution.GetDocument(tree) is { } document and not SourceGeneratedDocument ? await OfAsync(document, cancellation).ConfigureAwait(false) : null;

    /// <summary>The white space that the line around a position begins with.</summary>
    public string IndentationAt(int position)
    {
        TextLine line = Text.Lines.GetLineFromPosition(position);
        int end = line.Start;
        while (end < line.End && char.IsWhiteSpace(Text[end]))
            end++;
        return Text.ToString(TextSpan.FromBounds(line.Start, end));
    }

    /// <summary>Whether nothing but white space stands before a position on its line.</summary>
    public bool BeginsLine(int position)
    {
        int start = Text.Lines.GetLineFromPosition(position).Start;
        return IsBlank(TextSpan.FromBounds(start, position));
    }

    /// <summary>Whether nothing but white space stands behind a position on its line.</summary>
    public bool EndsLine(int position) => IsBlank(TextSpan.FromBounds(position, Text.Lines.GetLineFromPosition(position).End));

    private bool IsBlank(TextSpan span)
    {
        for (int i = span.Start; i < span.End; i++)
        {
            if (!char.IsWhiteSpace(Text[i]))
                return false;
        }
        return true;
    }
}
