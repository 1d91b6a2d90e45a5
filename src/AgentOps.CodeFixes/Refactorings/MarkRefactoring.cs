using AgentOps.CodeFixes.Editing;
using AgentOps.Generators.Calls;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentOps.CodeFixes.Refactorings;

/// <summary>Offers to mark a method that nothing is reported of.</summary>
public abstract class MarkRefactoring : CodeRefactoringProvider
{
    private protected abstract string Attribute { get; }

    private protected abstract string Title { get; }

    /// <inheritdoc/>
    public sealed override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        CancellationToken cancellation = context.CancellationToken;
        if (await MendPlace.AtAsync(context.Document, context.Span, Attribute, cancellation).ConfigureAwait(false) is not { } place
            || !OwnTypes.AreThere(place.Model.Compilation, Attribute)
            || await FindAsync(place).ConfigureAwait(false) is not { } method
            || RecordedMethod.OfDeclaration(method) is not null)
        {
            return;
        }
        // Of a method in two parts either may bear the mark.
        if (method.DeclaringSyntaxReferences.Length != 1
            || await SourceDocument.OfAsync(place.Solution, method.DeclaringSyntaxReferences[0].SyntaxTree, cancellation).ConfigureAwait(false) is not { } source
            || source.Root.FindNode(method.DeclaringSyntaxReferences[0].Span) is not MethodDeclarationSyntax declaration)
        {
            return;
        }
        var edits = new EditSet();
        Marks.Add(edits, source, declaration, OwnTypes.Attribute(source, declaration.SpanStart, Attribute, edits));
        if (await new Mend(Title, Attribute, edits).TryApplyAsync(place.Solution, cancellation).ConfigureAwait(false) is { } marked)
            context.RegisterRefactoring(CodeAction.Create(Title, _ => Task.FromResult(marked), Attribute));
    }

    /// <summary>The method that is to be marked; <see langword="null"/> if none is meant.</summary>
    private protected abstract Task<IMethodSymbol?> FindAsync(MendPlace place);

    /// <summary>The method whose name is declared at a place.</summary>
    private protected static IMethodSymbol? DeclaredAt(MendPlace place) =>
        NameAt(place) is { Parent: MethodDeclarationSyntax declaration } name && declaration.Identifier == name
            ? place.Model.GetDeclaredSymbol(declaration, place.Cancellation)
            : null;

    /// <summary>The name that a caret stands in, before or behind.</summary>
    private protected static SyntaxToken NameAt(MendPlace place)
    {
        SyntaxToken token = place.Source.Root.FindToken(place.Span.Start);
        return !token.IsKind(SyntaxKind.IdentifierToken) && token.GetPreviousToken() is var before && before.Span.End == place.Span.Start ? before : token;
    }
}
