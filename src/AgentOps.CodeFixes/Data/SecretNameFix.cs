using System.Collections.Immutable;
using System.Composition;
using AgentOps.CodeFixes.Editing;
using AgentOps.Generators.Declarations;
using AgentOps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentOps.CodeFixes.Data;

/// <summary>Says of a value that is kept out of the record because of its name that it is a secret, or that it is none.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SecretNameFix)), Shared]
public sealed class SecretNameFix : MendProvider
{
    /// <summary>What follows the rule's id in the key of the mend that has the value recorded.</summary>
    internal const string Recorded = ".Recorded";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.SecretByName];

    private protected override Task<IReadOnlyList<Mend>> FindAsync(MendPlace place) => Task.FromResult<IReadOnlyList<Mend>>(
        DeclarationOf(place.Node) is { } declaration ? [MendOf(place, declaration, isSecret: true), MendOf(place, declaration, isSecret: false)] : []);

    private static Mend MendOf(MendPlace place, SyntaxNode declaration, bool isSecret)
    {
        var edits = new EditSet();
        string name = OwnTypes.Attribute(place.Source, declaration.SpanStart, RecordedAttributeNames.Redact, edits);
        string target = declaration is MethodDeclarationSyntax ? "return: " : "";
        string argument = isSecret ? "" : $"({OwnTypes.Name(place.Source, declaration.SpanStart, "Redaction", edits)}.None)";
        Marks.Add(edits, place.Source, declaration, target + name + argument);
        return new Mend(
            isSecret ? $"Mark it [{target}Redact]: it is a secret" : $"Mark it [{target}Redact(Redaction.None)]: it may be recorded",
            place.RuleId + (isSecret ? "" : Recorded), edits);
    }

    /// <summary>What is to be marked. Of several fields in one declaration each would be.</summary>
    private static SyntaxNode? DeclarationOf(SyntaxNode node) => node switch
    {
        ParameterSyntax or PropertyDeclarationSyntax or MethodDeclarationSyntax => node,
        VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: FieldDeclarationSyntax field } } => field,
        _ => null,
    };
}
