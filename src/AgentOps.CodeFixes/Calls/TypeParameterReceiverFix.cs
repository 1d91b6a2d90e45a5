using System.Collections.Immutable;
using System.Composition;
using AgentOps.CodeFixes.Editing;
using AgentOps.Generators.Calls;
using AgentOps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentOps.CodeFixes.Calls;

/// <summary>Constrains the type parameter that a call is made on to classes, as long as nothing uses it with another type.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TypeParameterReceiverFix)), Shared]
public sealed class TypeParameterReceiverFix : MendProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.TypeParameterReceiver];

    private protected override async Task<IReadOnlyList<Mend>> FindAsync(MendPlace place)
    {
        if (CallAt(place) is not { } call || ReceiverOf(call) is not { } receiver
            || place.Model.GetTypeInfo(receiver, place.Cancellation).Type is not ITypeParameterSymbol { HasValueTypeConstraint: false, HasUnmanagedTypeConstraint: false, HasNotNullConstraint: false } parameter
            || (ISymbol?)parameter.DeclaringMethod is null && parameter.DeclaringType is null)
        {
            return [];
        }
        ISymbol declaring = (ISymbol?)parameter.DeclaringMethod ?? parameter.DeclaringType!;
        var edits = new EditSet { ChangesDeclarations = true };
        foreach (SyntaxReference part in declaring.DeclaringSyntaxReferences)
        {
            if (await SourceDocument.OfAsync(place.Solution, part.SyntaxTree, place.Cancellation).ConfigureAwait(false) is not { } source)
                return [];
            foreach (TypeParameterConstraintClauseSyntax clause in source.Root.FindNode(part.Span).ChildNodes().OfType<TypeParameterConstraintClauseSyntax>())
            {
                if (clause.Name.Identifier.ValueText == parameter.Name)
                    edits.Insert(source, clause.Constraints[0].SpanStart, "class, ");
            }
        }
        // Whoever uses the type or method may do so with a struct.
        foreach (Document document in place.Solution.Projects.Where(p => p.Id == place.Source.Document.Project.Id || p.AllProjectReferences.Any(r => r.ProjectId == place.Source.Document.Project.Id)).SelectMany(static p => p.Documents))
        {
            if (await document.GetTextAsync(place.Cancellation).ConfigureAwait(false) is { } text && text.ToString().Contains(declaring.Name))
                edits.Affect(document.Id);
        }
        return
        [
            new Mend(PublicApi.Title($"Constrain '{parameter.Name}' to classes", declaring), place.RuleId, edits)
            {
                IsRight = async (solution, cancellation) => await place.AfterAsync(edits, solution, cancellation).ConfigureAwait(false) is { Method: { } method } after
                    && CallAt(after) is { } now
                    && CallClassifier.Classify(after.Model, now, method, cancellation) == RefusalReason.None,
            },
        ];
    }

    private static InvocationExpressionSyntax? CallAt(MendPlace place) =>
        place.Node is SimpleNameSyntax name ? name.FirstAncestorOrSelf<InvocationExpressionSyntax>(c => CallSyntax.NameOf(c) == name) : null;

    private static ExpressionSyntax? ReceiverOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Expression,
        MemberBindingExpressionSyntax => call.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>(a => a.WhenNotNull.Span.Contains(call.Span))?.Expression,
        _ => null,
    };
}
