using System.Collections.Immutable;
using System.Composition;
using AgentOps.CodeFixes.Editing;
using AgentOps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentOps.CodeFixes.Data;

/// <summary>Removes the argument of an attribute that says nothing that can be captured or redacted.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(InvalidValueFix)), Shared]
public sealed class InvalidValueFix : MendProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.InvalidCaptureValue];

    private protected override Task<IReadOnlyList<Mend>> FindAsync(MendPlace place)
    {
        if (place.Node is not AttributeSyntax { ArgumentList: { } list } attribute
            || place.Model.GetTypeInfo(attribute, place.Cancellation).Type is not { } type
            || ArgumentOf(list, type.Name) is not { } argument)
        {
            return Task.FromResult<IReadOnlyList<Mend>>([]);
        }
        var edits = new EditSet();
        Marks.RemoveArgument(edits, place.Source, argument);
        return Task.FromResult<IReadOnlyList<Mend>>([new Mend($"Remove the value '{argument}'", place.RuleId, edits)]);
    }

    private static AttributeArgumentSyntax? ArgumentOf(AttributeArgumentListSyntax list, string attribute) => attribute == "RedactAttribute"
        ? list.Arguments.FirstOrDefault(static a => a.NameEquals is null)
        : list.Arguments.FirstOrDefault(static a => a.NameEquals?.Name.Identifier.ValueText == "Capture");
}
