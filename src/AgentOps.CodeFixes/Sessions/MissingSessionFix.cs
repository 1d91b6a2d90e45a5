using System.Collections.Immutable;
using System.Composition;
using AgentOps.CodeFixes.Editing;
using AgentOps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentOps.CodeFixes.Sessions;

/// <summary>Starts a session where a program, test or request begins, or says there that somebody else does.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MissingSessionFix)), Shared]
public sealed class MissingSessionFix : MendProvider
{
    /// <summary>What follows the rule's id in the key of the mend that asks the caller for a session.</summary>
    internal const string Required = ".Required";

    private const string Mark = "RequiresSessionAttribute";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.MissingSession, RuleIds.MissingSessionHere];

    private protected override Task<IReadOnlyList<Mend>> FindAsync(MendPlace place)
    {
        SyntaxNode? entry = Functions.Around(place.Node);
        var mends = new List<Mend>();
        if (entry is null)
            return Task.FromResult<IReadOnlyList<Mend>>(mends);
        if (StartIn(place, entry) is { } start)
            mends.Add(start);
        bool isProgram = place.Model.GetDeclaredSymbol(entry, place.Cancellation) is not { } symbol
            || SymbolEqualityComparer.Default.Equals(symbol, place.Model.Compilation.GetEntryPoint(place.Cancellation));
        if (entry is MethodDeclarationSyntax method && !isProgram && OwnTypes.AreThere(place.Model.Compilation, Mark))
        {
            var edits = new EditSet();
            Marks.Add(edits, place.Source, method, OwnTypes.Attribute(place.Source, method.SpanStart, Mark, edits));
            mends.Add(new Mend($"Mark '{method.Identifier.ValueText}' [RequiresSession]: something around it starts one", place.RuleId + Required, edits));
        }
        return Task.FromResult<IReadOnlyList<Mend>>(mends);
    }

    private static Mend? StartIn(MendPlace place, SyntaxNode entry)
    {
        // A session that is started too late is to be moved, which nobody but its author can.
        if (entry.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(c => SessionStarts.IsStart(place.Model, c, place.Cancellation)))
            return null;
        var edits = new EditSet();
        bool mayAwait = entry is CompilationUnitSyntax ? entry.DescendantNodes().OfType<AwaitExpressionSyntax>().Any(a => Functions.Around(a) == entry) : Functions.MayAwait(entry);
        bool isStarted = entry switch
        {
            CompilationUnitSyntax unit => AtTopLevel(edits, place, unit, mayAwait),
            MethodDeclarationSyntax { Body: { } block } => InBlock(edits, place, entry, block, mayAwait),
            LocalFunctionStatementSyntax { Body: { } block } => InBlock(edits, place, entry, block, mayAwait),
            AnonymousFunctionExpressionSyntax { Block: { } block } => InBlock(edits, place, entry, block, mayAwait),
            MethodDeclarationSyntax { ExpressionBody: { } arrow } method => AroundExpression(edits, place, entry, arrow.Expression, TextSpan.FromBounds(arrow.ArrowToken.SpanStart, arrow.Expression.SpanStart), method.SemicolonToken.Span.End, method.ReturnType.SpanStart, mayAwait),
            LocalFunctionStatementSyntax { ExpressionBody: { } arrow } local => AroundExpression(edits, place, entry, arrow.Expression, TextSpan.FromBounds(arrow.ArrowToken.SpanStart, arrow.Expression.SpanStart), local.SemicolonToken.Span.End, local.ReturnType.SpanStart, mayAwait),
            LambdaExpressionSyntax { ExpressionBody: { } body } lambda => AroundExpression(edits, place, entry, body, TextSpan.FromBounds(lambda.ArrowToken.Span.End, body.SpanStart), body.Span.End, StartOf(lambda), mayAwait),
            _ => false,
        };
        return isStarted ? new Mend("Start a session here", place.RuleId, edits) : null;
    }

    private static bool AtTopLevel(EditSet edits, MendPlace place, CompilationUnitSyntax unit, bool mayAwait)
    {
        if (unit.Members.OfType<GlobalStatementSyntax>().FirstOrDefault(static s => s.Statement is not LocalFunctionStatementSyntax) is not { } first)
            return false;
        edits.Insert(place.Source, first.SpanStart, SessionStarts.Declaration(place.Source, first.SpanStart, first, mayAwait, edits) + place.Source.NewLine + place.Source.IndentationAt(first.SpanStart));
        return true;
    }

    private static bool InBlock(EditSet edits, MendPlace place, SyntaxNode entry, BlockSyntax block, bool mayAwait)
    {
        // A task that is returned outlives what the method disposes.
        if (!mayAwait && ReturnsTask(place, entry))
            return false;
        int position = block.OpenBraceToken.Span.End;
        string start = SessionStarts.Declaration(place.Source, position, block, mayAwait, edits);
        edits.Insert(place.Source, position, place.Source.EndsLine(position) && block.Statements.Count > 0
            ? place.Source.NewLine + place.Source.IndentationAt(block.Statements[0].SpanStart) + start
            : " " + start);
        return true;
    }

    private static bool AroundExpression(
        EditSet edits, MendPlace place, SyntaxNode entry, ExpressionSyntax expression, TextSpan before, int end, int asyncPosition, bool mayAwait)
    {
        if (FunctionOf(place, entry) is not { } function)
            return false;
        bool returnsTask = ReturnsTask(place, entry);
        if (returnsTask && !mayAwait)
            edits.Insert(place.Source, asyncPosition, "async ");
        bool returns = !function.ReturnsVoid && !(returnsTask && ((INamedTypeSymbol)function.ReturnType).Arity == 0);
        string outer = place.Source.IndentationAt(before.Start), inner = outer + "    ", newLine = place.Source.NewLine;
        string start = SessionStarts.Declaration(place.Source, before.Start, expression, mayAwait || returnsTask, edits);
        bool isLambda = entry is LambdaExpressionSyntax;
        int from = isLambda ? before.Start : WithoutSpaceBefore(place.Source.Text, before.Start);
        edits.Replace(place.Source, TextSpan.FromBounds(from, before.End),
            $"{newLine}{outer}{{{newLine}{inner}{start}{newLine}{inner}{(returns ? "return " : "")}{(returnsTask && !mayAwait ? "await " : "")}");
        edits.Replace(place.Source, TextSpan.FromBounds(expression.Span.End, end), $";{newLine}{outer}}}");
        return true;
    }

    private static int WithoutSpaceBefore(SourceText text, int position)
    {
        while (position > 0 && char.IsWhiteSpace(text[position - 1]))
            position--;
        return position;
    }

    private static int StartOf(LambdaExpressionSyntax lambda) =>
        lambda is ParenthesizedLambdaExpressionSyntax { ReturnType: { } returned } ? returned.SpanStart
        : lambda is ParenthesizedLambdaExpressionSyntax plain ? plain.ParameterList.SpanStart
        : ((SimpleLambdaExpressionSyntax)lambda).Parameter.SpanStart;

    private static IMethodSymbol? FunctionOf(MendPlace place, SyntaxNode entry) =>
        (place.Model.GetDeclaredSymbol(entry, place.Cancellation) ?? place.Model.GetSymbolInfo(entry, place.Cancellation).Symbol) as IMethodSymbol;

    private static bool ReturnsTask(MendPlace place, SyntaxNode entry) =>
        FunctionOf(place, entry) is { ReturnType: INamedTypeSymbol { Name: "Task" or "ValueTask" } returned } && returned.ContainingNamespace.ToDisplayString() == "System.Threading.Tasks";
}
