using System.Collections.Immutable;
using System.Composition;
using AgentOps.CodeFixes.Editing;
using AgentOps.Generators.Calls;
using AgentOps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentOps.CodeFixes.Calls;

/// <summary>Waits for the task of a recorded call where that can be waited for.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AwaitFix)), Shared]
public sealed class AwaitFix : MendProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.TaskNotAwaited];

    private protected override Task<IReadOnlyList<Mend>> FindAsync(MendPlace place)
    {
        // The rule's other half speaks of a variable that is awaited twice, which this cannot mend.
        if (place.Node is not SimpleNameSyntax name
            || name.FirstAncestorOrSelf<InvocationExpressionSyntax>(c => CallSyntax.NameOf(c) == name) is not { } call
            || !Functions.MayAwait(Functions.Around(call)))
        {
            return Task.FromResult<IReadOnlyList<Mend>>([]);
        }
        ExpressionSyntax whole = call;
        while (whole.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Parent: InvocationExpressionSyntax configured })
            whole = configured;
        if (whole.Parent is not (ExpressionStatementSyntax or EqualsValueClauseSyntax or ArrowExpressionClauseSyntax or AnonymousFunctionExpressionSyntax))
            return Task.FromResult<IReadOnlyList<Mend>>([]);
        var edits = new EditSet();
        edits.Insert(place.Source, whole.SpanStart, "await ");
        return Task.FromResult<IReadOnlyList<Mend>>([new Mend($"Await '{name.Identifier.ValueText}'", place.RuleId, edits)]);
    }
}
