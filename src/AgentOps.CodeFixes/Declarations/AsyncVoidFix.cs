using System.Collections.Immutable;
using System.Composition;
using AgentOps.CodeFixes.Editing;
using AgentOps.Generators.Calls;
using AgentOps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;

namespace AgentOps.CodeFixes.Declarations;

/// <summary>
/// Has an <c>async void</c> method return a task, which its callers await where they can. One that becomes a delegate somewhere has
/// a signature that is asked for, as handlers of events have, and stays.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AsyncVoidFix)), Shared]
public sealed class AsyncVoidFix : MendProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.AsyncVoid];

    private protected override async Task<IReadOnlyList<Mend>> FindAsync(MendPlace place)
    {
        if (place.Node is not MethodDeclarationSyntax declaration
            || place.Model.GetDeclaredSymbol(declaration, place.Cancellation) is not { ReturnsVoid: true, IsOverride: false, PartialDefinitionPart: null, PartialImplementationPart: null } method
            || method.ExplicitInterfaceImplementations.Length > 0
            || IsHandler(method)
            || place.Model.Compilation.GetTypeByMetadataName("System.Threading.Tasks.Task") is not { } task)
        {
            return [];
        }
        var edits = new EditSet { ChangesDeclarations = true };
        edits.Replace(place.Source, declaration.ReturnType.Span, task.ToMinimalDisplayString(place.Model, declaration.ReturnType.SpanStart));
        int awaited = 0;
        foreach (ReferencedSymbol found in await SymbolFinder.FindReferencesAsync(method, place.Solution, place.Cancellation).ConfigureAwait(false))
        {
            foreach (ReferenceLocation use in found.Locations)
            {
                if (use.Document is SourceGeneratedDocument)
                    continue;
                if (await SourceDocument.OfAsync(use.Document, place.Cancellation).ConfigureAwait(false) is not { } source || !TryFollow(edits, source, use, ref awaited))
                    return [];
            }
        }
        string title = awaited == 0 ? $"Return Task from '{method.Name}'" : $"Return Task from '{method.Name}' and await it where it is called";
        return [new Mend(PublicApi.Title(title, method), place.RuleId, edits)];
    }

    private static bool IsHandler(IMethodSymbol method)
    {
        if (method.Parameters.Length != 2 || method.Parameters[0].Type.SpecialType != SpecialType.System_Object)
            return false;
        for (ITypeSymbol? type = method.Parameters[1].Type; type is not null; type = type.BaseType)
        {
            if (type.ToDisplayString() == "System.EventArgs")
                return true;
        }
        return false;
    }

    /// <summary>Has one use go on as before, or better; <see langword="false"/> if it could not.</summary>
    private static bool TryFollow(EditSet edits, SourceDocument source, ReferenceLocation use, ref int awaited)
    {
        edits.Affect(source.Id);
        SyntaxToken token = source.Root.FindToken(use.Location.SourceSpan.Start);
        // Comments may speak of the method whatever it returns.
        if (!token.Span.Contains(use.Location.SourceSpan) || token.Parent is not SimpleNameSyntax name)
            return !token.Span.Contains(use.Location.SourceSpan);
        if (name.FirstAncestorOrSelf<InvocationExpressionSyntax>(c => CallSyntax.NameOf(c) == name) is not { } call)
            return name.Ancestors().OfType<InvocationExpressionSyntax>().Any(static c => c.Expression is IdentifierNameSyntax { Identifier.ValueText: "nameof" });
        if (!Functions.MayAwait(Functions.Around(call)))
            return true;
        // What is called on nothing returns nothing, which cannot be awaited.
        if (call.Parent is not (ExpressionStatementSyntax or ArrowExpressionClauseSyntax or AnonymousFunctionExpressionSyntax))
            return false;
        edits.Insert(source, call.SpanStart, "await ");
        awaited++;
        return true;
    }
}
