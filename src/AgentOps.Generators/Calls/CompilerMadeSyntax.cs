using AgentOps.Generators.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentOps.Generators.Calls;

/// <summary>Syntax by which the compiler calls methods whose names do not stand there.</summary>
[Flags]
internal enum CompilerMadeSyntax
{
    None = 0,
    Loops = 1,
    Disposals = 2,
    Awaits = 4,
    Deconstructions = 8,
    Collections = 16,
    Queries = 32,
    InterpolatedStrings = 64,
    Operators = 128,
}

/// <summary>Tells from the names of recorded methods which syntax may call them, and whether a node is of that kind.</summary>
internal static class CompilerMadeSyntaxes
{
    private static readonly (CompilerMadeSyntax Syntax, string[] Names)[] s_called =
    [
        (CompilerMadeSyntax.Loops, ["GetEnumerator", "MoveNext", "GetAsyncEnumerator", "MoveNextAsync"]),
        (CompilerMadeSyntax.Disposals | CompilerMadeSyntax.Loops, ["Dispose", "DisposeAsync"]),
        (CompilerMadeSyntax.Awaits, ["GetAwaiter", "GetResult"]),
        (CompilerMadeSyntax.Deconstructions, ["Deconstruct"]),
        (CompilerMadeSyntax.Collections, ["Add"]),
        (CompilerMadeSyntax.Queries,
            ["Where", "Select", "SelectMany", "Join", "GroupJoin", "GroupBy", "OrderBy", "OrderByDescending", "ThenBy", "ThenByDescending", "Cast"]),
        (CompilerMadeSyntax.InterpolatedStrings, ["AppendLiteral", "AppendFormatted"]),
        (CompilerMadeSyntax.Operators, [RecordedNames.OfOperators]),
    ];

    /// <summary>The names of methods that the compiler calls where they do not stand.</summary>
    public static IEnumerable<string> Called { get; } = s_called.SelectMany(static called => called.Names);

    public static CompilerMadeSyntax Calling(RecordedNames names)
    {
        CompilerMadeSyntax all = CompilerMadeSyntax.None;
        foreach ((CompilerMadeSyntax syntax, string[] called) in s_called)
        {
            if (called.Any(names.Contains))
                all |= syntax;
        }
        return all;
    }

    public static bool Matches(this CompilerMadeSyntax syntax, SyntaxNode node) => node switch
    {
        // Conversions stand anywhere, so that whole bodies are looked at.
        BlockSyntax { Parent: not (StatementSyntax or BlockSyntax or GlobalStatementSyntax) } or ArrowExpressionClauseSyntax or EqualsValueClauseSyntax
            or ConstructorInitializerSyntax or GlobalStatementSyntax => syntax.Includes(CompilerMadeSyntax.Operators),
        ForEachVariableStatementSyntax => syntax.Includes(CompilerMadeSyntax.Loops | CompilerMadeSyntax.Deconstructions),
        ForEachStatementSyntax => syntax.Includes(CompilerMadeSyntax.Loops),
        UsingStatementSyntax => syntax.Includes(CompilerMadeSyntax.Disposals),
        LocalDeclarationStatementSyntax declaration => declaration.UsingKeyword.IsKind(SyntaxKind.UsingKeyword) && syntax.Includes(CompilerMadeSyntax.Disposals),
        AwaitExpressionSyntax => syntax.Includes(CompilerMadeSyntax.Awaits),
        AssignmentExpressionSyntax { Left: TupleExpressionSyntax or DeclarationExpressionSyntax } or RecursivePatternSyntax =>
            syntax.Includes(CompilerMadeSyntax.Deconstructions),
        BaseObjectCreationExpressionSyntax { Initializer: not null } or CollectionExpressionSyntax => syntax.Includes(CompilerMadeSyntax.Collections),
        QueryExpressionSyntax => syntax.Includes(CompilerMadeSyntax.Queries),
        InterpolatedStringExpressionSyntax => syntax.Includes(CompilerMadeSyntax.InterpolatedStrings),
        _ => false,
    };

    private static bool Includes(this CompilerMadeSyntax syntax, CompilerMadeSyntax any) => (syntax & any) != 0;
}
