using System.Collections.Immutable;
using System.Composition;
using AgentOps.CodeFixes.Editing;
using AgentOps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentOps.CodeFixes.Declarations;

/// <summary>Removes one of two marks, or the promise that a method does not keep.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ConflictingMarksFix)), Shared]
public sealed class ConflictingMarksFix : MendProvider
{
    /// <summary>What follows the rule's id in the key of the mend that keeps the mark that has no effect so far.</summary>
    internal const string Other = ".Other";

    /// <summary>What follows the rule's id in the key of the mend that removes a promise.</summary>
    internal const string Leaf = ".Leaf";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.ConflictingMarks];

    private protected override Task<IReadOnlyList<Mend>> FindAsync(MendPlace place) =>
        Task.FromResult<IReadOnlyList<Mend>>(place.Node.FirstAncestorOrSelf<AttributeSyntax>() is { } attribute ? OneOf(place, attribute) : PromiseAround(place) is { } promise ? [promise] : []);

    private static Mend[] OneOf(MendPlace place, AttributeSyntax attribute)
    {
        var edits = new EditSet();
        Marks.Remove(edits, place.Source, attribute);
        var mend = new Mend($"Remove [{attribute.Name}]", place.RuleId, edits);
        if (attribute.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } declaration || place.Model.GetDeclaredSymbol(declaration, place.Cancellation) is not { } method
            || Marks.Of(place.Source, method).FirstOrDefault() is not { } first || first == attribute)
        {
            return [mend];
        }
        var others = new EditSet();
        Marks.Remove(others, place.Source, first);
        return [mend, new Mend($"Remove [{first.Name}]", place.RuleId + Other, others)];
    }

    private static Mend? PromiseAround(MendPlace place)
    {
        if (place.Node.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } declaration || place.Model.GetDeclaredSymbol(declaration, place.Cancellation) is not { } method)
            return null;
        AttributeArgumentSyntax? promise = Marks.Of(place.Source, method)
            .SelectMany(static mark => mark.ArgumentList?.Arguments ?? default)
            .FirstOrDefault(static a => a.NameEquals?.Name.Identifier.ValueText == "Leaf");
        if (promise is null)
            return null;
        var edits = new EditSet();
        Marks.RemoveArgument(edits, place.Source, promise);
        return new Mend($"Remove '{promise}' from '{method.Name}'", place.RuleId + Leaf, edits);
    }
}
