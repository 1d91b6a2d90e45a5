using System.Collections.Immutable;
using System.Composition;
using AgentOps.CodeFixes.Editing;
using AgentOps.Generators.Bodies;
using AgentOps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentOps.CodeFixes.Declarations;

/// <summary>Declares the method that does the work of a recorded partial one, for its author to fill in, or lets generated code add to the types around it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MissingBodyFix)), Shared]
public sealed class MissingBodyFix : MendProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.BodyMissing];

    private protected override Task<IReadOnlyList<Mend>> FindAsync(MendPlace place) =>
        Task.FromResult<IReadOnlyList<Mend>>(MendOf(place) is { } mend ? [mend] : []);

    private static Mend? MendOf(MendPlace place)
    {
        if (place.Node is not MethodDeclarationSyntax declaration || place.Model.GetDeclaredSymbol(declaration, place.Cancellation) is not { } method || !RecordedBody.IsWithoutBody(method))
            return null;
        var edits = new EditSet { ChangesDeclarations = true };
        if (RecordedBody.FindCore(method) is null)
        {
            // One of another signature is what the author has to look at.
            if (method.ContainingType.GetMembers(RecordedBody.CoreNameOf(method)).Length > 0)
                return null;
            string newLine = place.Source.NewLine, indentation = place.Source.IndentationAt(declaration.SpanStart);
            string modifiers = string.Concat(declaration.Modifiers.Where(static m => m.Kind() is SyntaxKind.StaticKeyword or SyntaxKind.UnsafeKeyword or SyntaxKind.ReadOnlyKeyword).Select(static m => m.Text + " "));
            string parameters = string.Join(", ", declaration.ParameterList.Parameters.Select(static p =>
                p.WithAttributeLists(default).WithDefault(null).WithModifiers(SyntaxFactory.TokenList(p.Modifiers.Where(static m => !m.IsKind(SyntaxKind.ThisKeyword)))).WithoutTrivia().ToString().Trim()));
            string constraints = string.Concat(declaration.ConstraintClauses.Select(static c => " " + c));
            string exception = place.Model.Compilation.GetTypeByMetadataName("System.NotImplementedException")?.ToMinimalDisplayString(place.Model, declaration.SpanStart) ?? "System.NotImplementedException";
            edits.Insert(
                place.Source, declaration.Span.End,
                $"{newLine}{newLine}{indentation}private {modifiers}{declaration.ReturnType} {RecordedBody.CoreNameOf(method)}{declaration.TypeParameterList}({parameters}){constraints} => throw new {exception}();");
            return new Mend($"Declare '{RecordedBody.CoreNameOf(method)}'", place.RuleId, edits);
        }
        foreach (TypeDeclarationSyntax type in declaration.Ancestors().OfType<TypeDeclarationSyntax>().Where(static t => !t.Modifiers.Any(SyntaxKind.PartialKeyword) && !t.Modifiers.Any(SyntaxKind.FileKeyword)))
            edits.Insert(place.Source, type.Keyword.SpanStart, "partial ");
        return new Mend($"Make '{method.ContainingType.Name}' partial", place.RuleId, edits);
    }
}
