using System.Composition;
using AgentOps.CodeFixes.Editing;
using AgentOps.Generators.Adapters;
using AgentOps.Generators.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;

namespace AgentOps.CodeFixes.Refactorings;

/// <summary>Offers to record a method as a tool that a framework makes a function of: where it is declared, and where it is handed over.</summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(RecordToolRefactoring)), Shared]
public sealed class RecordToolRefactoring : MarkRefactoring
{
    /// <summary>Attributes by which frameworks find tools.</summary>
    private static readonly string[] s_tools = ["KernelFunctionAttribute", "McpServerToolAttribute"];

    private protected override string Attribute => RecordedAttributeNames.Tool;

    private protected override string Title => "Record this tool";

    private protected override async Task<IMethodSymbol?> FindAsync(MendPlace place)
    {
        if (DeclaredAt(place) is { } declared)
        {
            bool isTool = declared.GetAttributes().Any(static a => a.AttributeClass is { } type && s_tools.Contains(type.Name))
                || await IsHandedOverAsync(place, declared).ConfigureAwait(false);
            return isTool ? declared : null;
        }
        return NameAt(place).Parent?.FirstAncestorOrSelf<ArgumentSyntax>() is { } argument && IsOfFactory(place.Model, argument, place.Cancellation) ? MethodIn(place.Model, argument, place.Cancellation) : null;
    }

    private static async Task<bool> IsHandedOverAsync(MendPlace place, IMethodSymbol method)
    {
        if (FactoryTypes.ReferencedBy(place.Model.Compilation) == Frameworks.None)
            return false;
        foreach (ReferencedSymbol found in await SymbolFinder.FindReferencesAsync(method, place.Solution, place.Cancellation).ConfigureAwait(false))
        {
            foreach (ReferenceLocation use in found.Locations)
            {
                if (use.Document is SourceGeneratedDocument || await SourceDocument.OfAsync(use.Document, place.Cancellation).ConfigureAwait(false) is not { } source)
                    continue;
                if (source.Root.FindNode(use.Location.SourceSpan).FirstAncestorOrSelf<ArgumentSyntax>() is { } argument
                    && IsOfFactory(source.Model, argument, place.Cancellation)
                    && MethodIn(source.Model, argument, place.Cancellation) is not null)
                {
                    return true;
                }
            }
        }
        return false;
    }

    private static bool IsOfFactory(SemanticModel model, ArgumentSyntax argument, CancellationToken cancellation) =>
        argument.Parent?.Parent is InvocationExpressionSyntax call
        && model.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol factory
        && Factory.KindOf(factory) != FactoryKind.None;

    /// <summary>The method that an argument names, be it in a cast.</summary>
    private static IMethodSymbol? MethodIn(SemanticModel model, ArgumentSyntax argument, CancellationToken cancellation)
    {
        ExpressionSyntax expression = argument.Expression;
        while (expression is CastExpressionSyntax or ParenthesizedExpressionSyntax)
            expression = expression is CastExpressionSyntax cast ? cast.Expression : ((ParenthesizedExpressionSyntax)expression).Expression;
        if (expression is not (SimpleNameSyntax or MemberAccessExpressionSyntax))
            return null;
        SymbolInfo found = model.GetSymbolInfo(expression, cancellation);
        return (found.Symbol ?? (found.CandidateSymbols.Length == 1 ? found.CandidateSymbols[0] : null)) as IMethodSymbol is { MethodKind: MethodKind.Ordinary } method ? method.OriginalDefinition : null;
    }
}
