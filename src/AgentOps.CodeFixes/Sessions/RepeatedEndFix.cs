using System.Collections.Immutable;
using System.Composition;
using AgentOps.CodeFixes.Editing;
using AgentOps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentOps.CodeFixes.Sessions;

/// <summary>Removes an end of a session that has ended: it does nothing. Not where its arguments do something, nor where another statement must stand in its place.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RepeatedEndFix)), Shared]
public sealed class RepeatedEndFix : MendProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.SessionEndedTwice];

    private protected override Task<IReadOnlyList<Mend>> FindAsync(MendPlace place) => Task.FromResult<IReadOnlyList<Mend>>(Removed(place) is { } mend ? [mend] : []);

    private static Mend? Removed(MendPlace place)
    {
        if (place.Node.FirstAncestorOrSelf<ExpressionStatementSyntax>() is not { Parent: BlockSyntax, Expression: InvocationExpressionSyntax call } statement
            || !call.Expression.Span.Contains(place.Span)
            || !call.ArgumentList.Arguments.All(static a => a.Expression is LiteralExpressionSyntax or MemberAccessExpressionSyntax or IdentifierNameSyntax))
        {
            return null;
        }
        SourceDocument source = place.Source;
        bool isAlone = source.BeginsLine(statement.SpanStart) && source.EndsLine(statement.Span.End);
        int end = statement.Span.End;
        while (!isAlone && end < source.Text.Length && source.Text[end] == ' ')
            end++;
        var edits = new EditSet();
        edits.Delete(source, isAlone
            ? TextSpan.FromBounds(source.Text.Lines.GetLineFromPosition(statement.SpanStart).Start, source.Text.Lines.GetLineFromPosition(statement.Span.End).EndIncludingLineBreak)
            : TextSpan.FromBounds(statement.SpanStart, end));
        return new Mend("Remove this end, which does nothing", place.RuleId, edits);
    }
}
