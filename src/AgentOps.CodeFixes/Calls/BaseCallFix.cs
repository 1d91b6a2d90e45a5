using System.Collections.Immutable;
using System.Composition;
using AgentOps.CodeFixes.Editing;
using AgentOps.Generators.Calls;
using AgentOps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentOps.CodeFixes.Calls;

/// <summary>
/// Splits a virtual method into one that overrides replace and one that does the work, so that a call of the work of the base is an
/// ordinary one. A base call of a method that nobody can override is one already, but for the word.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BaseCallFix)), Shared]
public sealed class BaseCallFix : MendProvider
{
    private const string CoreSuffix = "Core";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.BaseCall];

    private protected override async Task<IReadOnlyList<Mend>> FindAsync(MendPlace place)
    {
        if (place.Node is not SimpleNameSyntax { Parent: MemberAccessExpressionSyntax { Expression: BaseExpressionSyntax, Parent: InvocationExpressionSyntax } access } name
            || place.Method is not { } called)
        {
            return [];
        }
        IMethodSymbol method = called.OriginalDefinition;
        if (!method.IsVirtual && !method.IsOverride)
            return [Plain(place, access, method)];
        return await SplitAsync(place, access, name, method).ConfigureAwait(false) is { } split ? [split] : [];
    }

    private static Mend Plain(MendPlace place, MemberAccessExpressionSyntax access, IMethodSymbol method)
    {
        var edits = new EditSet();
        edits.Replace(place.Source, access.Expression.Span, "this");
        return new Mend($"Call '{method.Name}' on 'this'", place.RuleId, edits)
        {
            IsRight = async (solution, cancellation) =>
                await place.AfterAsync(edits, solution, cancellation).ConfigureAwait(false) is { Method: { } now } && now.OriginalDefinition.ToDisplayString() == method.ToDisplayString(),
        };
    }

    private static async Task<Mend?> SplitAsync(MendPlace place, MemberAccessExpressionSyntax access, SimpleNameSyntax name, IMethodSymbol method)
    {
        if (method.DeclaringSyntaxReferences.Length != 1
            || await SourceDocument.OfAsync(place.Solution, method.DeclaringSyntaxReferences[0].SyntaxTree, place.Cancellation).ConfigureAwait(false) is not { } source
            || source.Root.FindNode(method.DeclaringSyntaxReferences[0].Span) is not MethodDeclarationSyntax declaration
            || (SyntaxNode?)declaration.Body is null && declaration.ExpressionBody is null
            || RecordedMethod.OfDeclaration(method) is not { } recorded)
        {
            return null;
        }
        if (SplitBefore(source, declaration, method) is { } known)
        {
            var call = new EditSet();
            call.Replace(place.Source, TextSpan.FromBounds(access.SpanStart, name.Identifier.Span.End), known);
            return new Mend($"Call '{known}', which does the work of '{method.Name}' in '{method.ContainingType.Name}'", place.RuleId, call);
        }
        bool isSameAssembly = source.Document.Project.Id == place.Source.Document.Project.Id;
        string core = FreshName(method);
        var edits = new EditSet { ChangesDeclarations = true };
        edits.Replace(place.Source, TextSpan.FromBounds(access.SpanStart, name.Identifier.Span.End), core);
        InsertCore(edits, source, declaration, method, recorded, core, isSameAssembly ? "internal" : "protected");
        string title = $"Move the work of '{method.Name}' in '{method.ContainingType.Name}' to '{core}', and call that";
        return new Mend(isSameAssembly ? title : PublicApi.Title(title, method), place.RuleId, edits);
    }

    /// <summary>The method that does the work, if this is done already, for another that derives.</summary>
    private static string? SplitBefore(SourceDocument source, MethodDeclarationSyntax declaration, IMethodSymbol method) =>
        OptOut.IsMarked(method)
        && declaration.ExpressionBody?.Expression is InvocationExpressionSyntax { Expression: SimpleNameSyntax core } call
        && call.ArgumentList.Arguments.Count == method.Parameters.Length
        && source.Model.GetSymbolInfo(core).Symbol is IMethodSymbol { IsVirtual: false, IsOverride: false, IsAbstract: false } work
        && SymbolEqualityComparer.Default.Equals(work.ContainingType, method.ContainingType)
        && RecordedMethod.IsMarked(work)
            ? work.Name
            : null;

    /// <summary>
    /// Ends the declaration before its body with a call, and begins another with the same signature, whose body that is then: not a
    /// character of it moves. The call in between is not recorded: whoever called the method is.
    /// </summary>
    private static void InsertCore(
        EditSet edits, SourceDocument source, MethodDeclarationSyntax declaration, IMethodSymbol method, RecordedMethod recorded, string core, string access)
    {
        string newLine = source.NewLine, indentation = source.IndentationAt(declaration.SpanStart);
        SyntaxNode body = (SyntaxNode?)declaration.Body ?? declaration.ExpressionBody!;
        string constraints = string.Concat(declaration.ConstraintClauses.Select(static c => " " + c.ToString()));
        string typeArguments = method.Arity == 0 ? "" : $"<{string.Join(", ", method.TypeParameters.Select(static p => p.Name))}>";
        string arguments = string.Join(", ", declaration.ParameterList.Parameters.Select(static p => DirectionOf(p) + p.Identifier.Text));
        string byRef = declaration.ReturnType is RefTypeSyntax ? "ref " : "";
        string modifiers = string.Concat(declaration.Modifiers.Where(static m => m.Kind() is SyntaxKind.AsyncKeyword or SyntaxKind.UnsafeKeyword).Select(static m => m.Text + " "));
        string mark = MarkOf(source, declaration, method, recorded, edits);
        string withheld = OwnTypes.Attribute(source, declaration.SpanStart, "DoNotRecordAttribute", edits);
        string returned = string.Concat(declaration.AttributeLists.Where(static l => l.Target?.Identifier.IsKind(SyntaxKind.ReturnKeyword) == true).Select(l => l + newLine + indentation));

        Marks.Add(edits, source, declaration, withheld);
        foreach (SyntaxToken async in declaration.Modifiers.Where(static m => m.IsKind(SyntaxKind.AsyncKeyword)))
            edits.Delete(source, TextSpan.FromBounds(async.SpanStart, async.GetNextToken().SpanStart));
        string signature = $"{access} {modifiers}{declaration.ReturnType} {core}{declaration.TypeParameterList}{declaration.ParameterList}{constraints}";
        int end = body.GetFirstToken().GetPreviousToken().Span.End;
        edits.Insert(source, end, $" => {byRef}{core}{typeArguments}({arguments});{newLine}{newLine}{indentation}[{mark}]{newLine}{indentation}{returned}{signature}");
    }

    /// <summary>The mark of the method, with the name that its events have so far.</summary>
    private static string MarkOf(SourceDocument source, MethodDeclarationSyntax declaration, IMethodSymbol method, RecordedMethod recorded, EditSet edits)
    {
        AttributeSyntax? written = declaration.AttributeLists.SelectMany(static l => l.Attributes).FirstOrDefault(a =>
            source.Model.GetTypeInfo(a).Type is { } type && method.GetAttributes().Any(data => RecordedMethod.IsMark(data) && SymbolEqualityComparer.Default.Equals(data.AttributeClass, type)));
        string attribute = recorded.Kind switch
        {
            RecordedKind.Tool => "RecordToolAttribute",
            RecordedKind.Llm => "RecordLlmAttribute",
            _ => "RecordActionAttribute",
        };
        string name = written?.Name.ToString() ?? OwnTypes.Attribute(source, declaration.SpanStart, attribute, edits);
        IEnumerable<string> arguments = written?.ArgumentList?.Arguments.Select(static a => a.ToString()) ?? [];
        bool isNamed = recorded.Kind == RecordedKind.Llm || written?.ArgumentList?.Arguments.Any(static a => a.NameEquals is null) == true;
        if (!isNamed)
            arguments = arguments.Prepend(SymbolDisplay.FormatLiteral(recorded.Name, quote: true));
        string all = string.Join(", ", arguments);
        return all.Length == 0 ? name : $"{name}({all})";
    }

    private static string DirectionOf(ParameterSyntax parameter) =>
        parameter.Modifiers.Any(SyntaxKind.OutKeyword) ? "out "
        : parameter.Modifiers.Any(SyntaxKind.ReadOnlyKeyword) || parameter.Modifiers.Any(SyntaxKind.InKeyword) ? "in "
        : parameter.Modifiers.Any(SyntaxKind.RefKeyword) ? "ref "
        : "";

    private static string FreshName(IMethodSymbol method)
    {
        string name = method.Name + CoreSuffix;
        for (int i = 2; method.ContainingType.GetMembers(name).Length > 0; i++)
            name = method.Name + CoreSuffix + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return name;
    }
}
