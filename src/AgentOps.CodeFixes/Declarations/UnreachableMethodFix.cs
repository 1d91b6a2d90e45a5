using System.Collections.Immutable;
using System.Composition;
using AgentOps.CodeFixes.Editing;
using AgentOps.Generators.Calls;
using AgentOps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentOps.CodeFixes.Declarations;

/// <summary>Makes types and methods internal that generated code cannot reach.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnreachableMethodFix)), Shared]
public sealed class UnreachableMethodFix : MendProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.UnnameableType, RuleIds.InaccessibleMethod];

    private protected override async Task<IReadOnlyList<Mend>> FindAsync(MendPlace place)
    {
        if (place.Method is not { } called)
            return [];
        IMethodSymbol method = CalledMethod.DefinitionOf(called);
        var edits = new EditSet();
        string title;
        if (place.RuleId == RuleIds.InaccessibleMethod)
        {
            // Overrides have the accessibility of what they override, be it in assemblies that nobody can change.
            if (method.IsVirtual || method.IsOverride || method.IsAbstract || !await AccessModifiers.TryOpenAsync(edits, place.Solution, method, place.Cancellation).ConfigureAwait(false))
                return [];
            title = $"Make '{method.Name}' internal";
        }
        else
        {
            var closed = new List<INamedTypeSymbol>();
            foreach (ITypeSymbol type in method.Parameters.Select(static p => p.Type).Append(method.ReturnType).Append(method.ContainingType)
                .Concat(TypeNames.TypeParametersOf(method).SelectMany(static p => p.ConstraintTypes)))
            {
                AddClosed(type, closed);
            }
            foreach (INamedTypeSymbol type in closed)
            {
                if (!await AccessModifiers.TryOpenAsync(edits, place.Solution, type, place.Cancellation).ConfigureAwait(false))
                    return [];
            }
            title = $"Make {string.Join(" and ", closed.Select(static t => $"'{t.Name}'"))} internal";
        }
        edits.Affect(place.Source.Id);
        return [new Mend(title, place.RuleId, edits) { IsRight = (solution, cancellation) => IsMendedAsync(place, edits, solution, cancellation) }];
    }

    /// <summary>A type may be out of reach for more than one reason.</summary>
    private static async Task<bool> IsMendedAsync(MendPlace place, EditSet edits, Solution solution, CancellationToken cancellation) =>
        await place.AfterAsync(edits, solution, cancellation).ConfigureAwait(false) is { Method: { } method } after
        && after.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call
        && CallClassifier.Classify(after.Model, call, method, cancellation) == RefusalReason.None;

    /// <summary>Types declared here that only a part of the assembly can name, with those around them.</summary>
    private static void AddClosed(ITypeSymbol type, List<INamedTypeSymbol> closed)
    {
        switch (type)
        {
            case IArrayTypeSymbol array:
                AddClosed(array.ElementType, closed);
                break;
            case IPointerTypeSymbol pointer:
                AddClosed(pointer.PointedAtType, closed);
                break;
            case INamedTypeSymbol named:
                foreach (ITypeSymbol argument in named.TypeArguments)
                    AddClosed(argument, closed);
                if (named.ContainingType is { } outer)
                    AddClosed(outer, closed);
                INamedTypeSymbol definition = named.OriginalDefinition;
                bool isClosed = definition.IsFileLocal
                    || definition.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal;
                if (isClosed && !closed.Contains(definition, SymbolEqualityComparer.Default))
                    closed.Add(definition);
                break;
        }
    }
}
