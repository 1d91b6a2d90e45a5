using System.Collections.Immutable;
using System.Composition;
using AgentOps.CodeFixes.Editing;
using AgentOps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentOps.CodeFixes.Sessions;

/// <summary>Has a session end with the block it is started in: one that nobody keeps is kept, and one that is not ended on every path, or in each round of a loop, is.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(KeptSessionFix)), Shared]
public sealed class KeptSessionFix : MendProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.IgnoredSession, RuleIds.SessionNotEnded, RuleIds.SessionsPileUp];

    private protected override Task<IReadOnlyList<Mend>> FindAsync(MendPlace place) => Task.FromResult<IReadOnlyList<Mend>>(
        (place.RuleId == RuleIds.IgnoredSession ? Kept(place) : Ended(place)) is { } mend ? [mend] : []);

    private static Mend? Kept(MendPlace place)
    {
        if (place.Node.FirstAncestorOrSelf<ExpressionStatementSyntax>() is not { } statement)
            return null;
        ExpressionSyntax value = statement.Expression is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" } } discarded ? discarded.Right : statement.Expression;
        if (!value.Span.Contains(place.Span))
            return null;
        bool mayAwait = MayAwait(statement);
        var edits = new EditSet();
        edits.Replace(
            place.Source, Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(statement.SpanStart, value.SpanStart),
            $"{SessionStarts.Using(mayAwait)}var {Functions.FreshName(statement, "session")} = ");
        return new Mend("Keep the session until the end of the block", place.RuleId, edits);
    }

    private static Mend? Ended(MendPlace place)
    {
        if (place.Node.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>() is not { Declaration.Variables.Count: 1 } statement || !statement.UsingKeyword.IsKind(SyntaxKind.None))
            return null;
        var edits = new EditSet();
        edits.Insert(place.Source, statement.SpanStart, SessionStarts.Using(MayAwait(statement)));
        return new Mend("End the session with the block", place.RuleId, edits);
    }

    /// <summary>A program without any <c>await</c> at its top level stays one.</summary>
    private static bool MayAwait(StatementSyntax statement) => Functions.Around(statement) is CompilationUnitSyntax unit
        ? unit.DescendantNodes().OfType<AwaitExpressionSyntax>().Any(a => Functions.Around(a) == unit)
        : Functions.MayAwait(Functions.Around(statement));
}
