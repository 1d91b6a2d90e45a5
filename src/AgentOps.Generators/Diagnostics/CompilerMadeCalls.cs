using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AgentOps.Generators.Diagnostics;

/// <summary>The methods that the compiler calls for syntax that is no call, and where that stands.</summary>
internal static class CompilerMadeCalls
{
    /// <summary>The operations that may hide such calls.</summary>
    public static ImmutableArray<OperationKind> Kinds { get; } =
    [
        OperationKind.Loop, OperationKind.Using, OperationKind.UsingDeclaration, OperationKind.DeconstructionAssignment, OperationKind.RecursivePattern,
        OperationKind.Await, OperationKind.Binary, OperationKind.Unary, OperationKind.Increment, OperationKind.Decrement,
        OperationKind.CompoundAssignment, OperationKind.Conversion,
    ];

    public static IEnumerable<(IMethodSymbol Method, SyntaxNode Place)> Of(IOperation operation)
    {
        foreach ((IMethodSymbol? method, SyntaxNode place) in Candidates(operation))
        {
            if (method is not null)
                yield return (method, place);
        }
    }

    private static IEnumerable<(IMethodSymbol? Method, SyntaxNode Place)> Candidates(IOperation operation) => operation switch
    {
        IForEachLoopOperation { Syntax: CommonForEachStatementSyntax loop } => OfLoop(operation.SemanticModel!, loop),
        IUsingOperation { Resources: var resources, IsAsynchronous: var later } => OfDisposal(operation.SemanticModel!.Compilation, resources, later, resources.Syntax),
        IUsingDeclarationOperation { DeclarationGroup: var group, IsAsynchronous: var later } =>
            OfDisposal(operation.SemanticModel!.Compilation, group, later, operation.Syntax),
        IDeconstructionAssignmentOperation { Syntax: AssignmentExpressionSyntax assignment } =>
            OfDeconstruction(operation.SemanticModel.GetDeconstructionInfo(assignment), assignment.Right),
        IRecursivePatternOperation pattern => [(pattern.DeconstructSymbol as IMethodSymbol, pattern.Syntax)],
        IAwaitOperation { Syntax: AwaitExpressionSyntax awaited } => OfAwait(operation.SemanticModel.GetAwaitExpressionInfo(awaited), awaited),
        IBinaryOperation binary => [(binary.OperatorMethod, binary.Syntax)],
        IUnaryOperation unary => [(unary.OperatorMethod, unary.Syntax)],
        IIncrementOrDecrementOperation step => [(step.OperatorMethod, step.Syntax)],
        ICompoundAssignmentOperation compound =>
            [(compound.OperatorMethod, compound.Syntax), (compound.InConversion.MethodSymbol, compound.Syntax), (compound.OutConversion.MethodSymbol, compound.Syntax)],
        IConversionOperation conversion => [(conversion.OperatorMethod, conversion.Syntax)],
        _ => [],
    };

    private static IEnumerable<(IMethodSymbol?, SyntaxNode)> OfLoop(SemanticModel model, CommonForEachStatementSyntax loop)
    {
        ForEachStatementInfo info = model.GetForEachStatementInfo(loop);
        yield return (info.GetEnumeratorMethod, loop.Expression);
        yield return (info.MoveNextMethod, loop.Expression);
        yield return (info.DisposeMethod, loop.Expression);
        if (loop is ForEachVariableStatementSyntax variables)
        {
            foreach ((IMethodSymbol?, SyntaxNode) call in OfDeconstruction(model.GetDeconstructionInfo(variables), loop.Expression))
                yield return call;
        }
    }

    private static IEnumerable<(IMethodSymbol?, SyntaxNode)> OfDeconstruction(DeconstructionInfo info, SyntaxNode place) =>
        info.Nested.SelectMany(nested => OfDeconstruction(nested, place)).Prepend((info.Method, place));

    private static IEnumerable<(IMethodSymbol?, SyntaxNode)> OfAwait(AwaitExpressionInfo info, SyntaxNode place) =>
        [(info.GetAwaiterMethod, place), (info.IsCompletedProperty?.GetMethod, place), (info.GetResultMethod, place)];

    private static IEnumerable<(IMethodSymbol?, SyntaxNode)> OfDisposal(Compilation compilation, IOperation resources, bool isAsync, SyntaxNode place)
    {
        IEnumerable<ITypeSymbol> types = resources is IVariableDeclarationGroupOperation group
            ? group.Declarations.SelectMany(static d => d.Declarators).Select(static d => d.Symbol.Type)
            : resources.Type is { } only ? [only] : [];
        string name = isAsync ? "DisposeAsync" : "Dispose";
        INamedTypeSymbol? contract = compilation.GetTypeByMetadataName(isAsync ? "System.IAsyncDisposable" : "System.IDisposable");
        foreach (ITypeSymbol type in types)
            yield return (DisposalOf(type, name, contract), place);
    }

    /// <summary>What implements the contract; without it, as in a ref struct, the method of its name.</summary>
    private static IMethodSymbol? DisposalOf(ITypeSymbol type, string name, INamedTypeSymbol? contract)
    {
        if (contract?.GetMembers(name).FirstOrDefault() is { } member && type.FindImplementationForInterfaceMember(member) is IMethodSymbol implementation)
            return implementation;
        for (ITypeSymbol? level = type; level is not null; level = level.BaseType)
        {
            if (level.GetMembers(name).OfType<IMethodSymbol>().FirstOrDefault(static m => m is { IsStatic: false, Parameters.IsEmpty: true }) is { } own)
                return own;
        }
        return null;
    }
}
