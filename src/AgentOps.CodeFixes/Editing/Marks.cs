using AgentOps.Generators.Calls;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentOps.CodeFixes.Editing;

/// <summary>Puts attributes on declarations, and takes them off.</summary>
internal static class Marks
{
    /// <summary>Puts an attribute on a declaration: on a line of its own where the declaration begins one.</summary>
    /// <param name="edits">Gets the change.</param>
    /// <param name="source">The file of the declaration.</param>
    /// <param name="declaration">The declaration.</param>
    /// <param name="attribute">The text between the brackets.</param>
    public static void Add(EditSet edits, SourceDocument source, SyntaxNode declaration, string attribute)
    {
        int position = declaration.SpanStart;
        bool hasOwnLine = declaration is not ParameterSyntax && source.BeginsLine(position);
        edits.Insert(source, position, $"[{attribute}]{(hasOwnLine ? source.NewLine + source.IndentationAt(position) : " ")}");
    }

    /// <summary>Takes an attribute off, and its list with it if it is the only one there. Comments stay.</summary>
    public static void Remove(EditSet edits, SourceDocument source, AttributeSyntax attribute)
    {
        var list = (AttributeListSyntax)attribute.Parent!;
        int index = list.Attributes.IndexOf(attribute);
        if (list.Attributes.Count > 1)
        {
            edits.Delete(source, index + 1 < list.Attributes.Count
                ? TextSpan.FromBounds(attribute.SpanStart, list.Attributes[index + 1].SpanStart)
                : TextSpan.FromBounds(list.Attributes[index - 1].Span.End, attribute.Span.End));
        }
        else if (source.BeginsLine(list.SpanStart) && source.EndsLine(list.Span.End))
        {
            edits.Delete(source, TextSpan.FromBounds(
                source.Text.Lines.GetLineFromPosition(list.SpanStart).Start, source.Text.Lines.GetLineFromPosition(list.Span.End).EndIncludingLineBreak));
        }
        else
        {
            int end = list.Span.End;
            while (end < source.Text.Length && source.Text[end] is ' ' or '\t')
                end++;
            edits.Delete(source, TextSpan.FromBounds(list.SpanStart, end));
        }
    }

    /// <summary>Takes one argument off an attribute, and the parentheses with the last.</summary>
    public static void RemoveArgument(EditSet edits, SourceDocument source, AttributeArgumentSyntax argument)
    {
        var list = (AttributeArgumentListSyntax)argument.Parent!;
        int index = list.Arguments.IndexOf(argument);
        edits.Delete(source, list.Arguments.Count == 1 ? list.Span
            : index + 1 < list.Arguments.Count ? TextSpan.FromBounds(argument.SpanStart, list.Arguments[index + 1].SpanStart)
            : TextSpan.FromBounds(list.Arguments[index - 1].Span.End, argument.Span.End));
    }

    /// <summary>The recording attributes of a declaration that stand in a file.</summary>
    public static IEnumerable<AttributeSyntax> Of(SourceDocument source, IMethodSymbol method) => method.GetAttributes()
        .Where(RecordedMethod.IsMark)
        .Where(mark => mark.ApplicationSyntaxReference?.SyntaxTree == source.Root.SyntaxTree)
        .Select(mark => source.Root.FindNode(mark.ApplicationSyntaxReference!.Span))
        .OfType<AttributeSyntax>();
}
