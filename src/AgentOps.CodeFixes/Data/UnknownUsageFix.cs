using System.Collections.Immutable;
using System.Composition;
using AgentOps.CodeFixes.Editing;
using AgentOps.Generators.Declarations;
using AgentOps.Generators.Diagnostics;
using AgentOps.Generators.Emit;
using AgentOps.Generators.Llm;
using AgentOps.Generators.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentOps.CodeFixes.Data;

/// <summary>Marks the members of a result that count tokens, where their names say which.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnknownUsageFix)), Shared]
public sealed class UnknownUsageFix : MendProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.UnknownUsage];

    private protected override async Task<IReadOnlyList<Mend>> FindAsync(MendPlace place)
    {
        if (place.Node is not MethodDeclarationSyntax declaration || place.Model.GetDeclaredSymbol(declaration, place.Cancellation) is not { } method
            || ResultShape.Of(method).Type is not INamedTypeSymbol result || !IsOwn(result))
        {
            return [];
        }
        var edits = new EditSet();
        bool isCounted = await TryMarkCountsAsync(edits, place, result).ConfigureAwait(false);
        foreach (ISymbol member in isCounted ? [] : result.GetMembers())
        {
            if (TypeOf(member) is INamedTypeSymbol held && IsOwn(held) && await TryMarkCountsAsync(edits, place, held).ConfigureAwait(false))
            {
                isCounted = await TryMarkAsync(edits, place, member, RecordedAttributeNames.TokenUsage, null).ConfigureAwait(false);
                break;
            }
        }
        if (!isCounted)
            return [];
        foreach (ISymbol member in result.GetMembers())
        {
            if (TypeOf(member)?.SpecialType == SpecialType.System_String && TokenNames.IsModel(member.Name))
                await TryMarkAsync(edits, place, member, RecordedAttributeNames.Model, null).ConfigureAwait(false);
        }
        edits.Affect(place.Source.Id);
        return [new Mend($"Mark what counts tokens in '{result.Name}'", place.RuleId, edits) { IsRight = (solution, cancellation) => IsKnownAsync(place, edits, solution, cancellation) }];
    }

    private static async Task<bool> IsKnownAsync(MendPlace place, EditSet edits, Solution solution, CancellationToken cancellation) =>
        await place.AfterAsync(edits, solution, cancellation).ConfigureAwait(false) is { Node: MethodDeclarationSyntax declaration } after
        && after.Model.GetDeclaredSymbol(declaration, cancellation) is { } method
        && ResultShape.Of(method) is { Type: { } type } shape
        && LlmReading.For(type, shape.IsRead, isKept: true, after.Model.Compilation) is { BindsUsage: true };

    private static async Task<bool> TryMarkCountsAsync(EditSet edits, MendPlace place, INamedTypeSymbol type)
    {
        var marks = new Dictionary<string, ISymbol>(StringComparer.Ordinal);
        foreach (ISymbol member in type.GetMembers())
        {
            if (TypeOf(member) is not { } counted || !IsNumber(counted) || TokenNames.KindOf(member.Name) is not { } kind)
                continue;
            // Two of one kind: which of them counts only the author knows.
            if (marks.ContainsKey(kind))
                return false;
            marks.Add(kind, member);
        }
        if (!marks.ContainsKey(TokenNames.Input) && !marks.ContainsKey(TokenNames.Output))
            return false;
        foreach (KeyValuePair<string, ISymbol> mark in marks)
        {
            if (!await TryMarkAsync(edits, place, mark.Value, RecordedAttributeNames.TokenUsage, mark.Key).ConfigureAwait(false))
                return false;
        }
        return true;
    }

    private static async Task<bool> TryMarkAsync(EditSet edits, MendPlace place, ISymbol member, string attribute, string? kind)
    {
        if (member.DeclaringSyntaxReferences.Length != 1 || member.GetAttributes().Any(a => a.OwnName() == attribute)
            || await SourceDocument.OfAsync(place.Solution, member.DeclaringSyntaxReferences[0].SyntaxTree, place.Cancellation).ConfigureAwait(false) is not { } source)
        {
            return false;
        }
        SyntaxNode? declaration = source.Root.FindNode(member.DeclaringSyntaxReferences[0].Span) switch
        {
            VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: FieldDeclarationSyntax field } } => field,
            PropertyDeclarationSyntax property => property,
            ParameterSyntax parameter => parameter,
            _ => null,
        };
        if (declaration is null)
            return false;
        string name = OwnTypes.Attribute(source, declaration.SpanStart, attribute, edits);
        Marks.Add(edits, source, declaration, kind is null ? name : $"{name}({OwnTypes.Name(source, declaration.SpanStart, "TokenKind", edits)}.{kind})");
        return true;
    }

    private static bool IsOwn(INamedTypeSymbol type) => type is { IsTupleType: false, SpecialType: SpecialType.None } && type.Locations.Any(static l => l.IsInSource);

    private static bool IsNumber(ITypeSymbol type)
    {
        ITypeSymbol core = type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;
        return core.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_UInt32 or SpecialType.System_UInt64 or SpecialType.System_Int16 or SpecialType.System_UInt16;
    }

    private static ITypeSymbol? TypeOf(ISymbol member) => member switch
    {
        IPropertySymbol { IsStatic: false, IsIndexer: false, GetMethod: not null, DeclaredAccessibility: Accessibility.Public or Accessibility.Internal } property => property.Type,
        IFieldSymbol { IsStatic: false, IsImplicitlyDeclared: false, DeclaredAccessibility: Accessibility.Public or Accessibility.Internal } field => field.Type,
        _ => null,
    };
}
