using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentOps.Generators.Diagnostics.Sessions;

/// <summary>Ways through the operations of a body. None recurses: bodies may be nested as deeply as their author likes.</summary>
internal static class Operations
{
    /// <summary>The operations of a body in the order of the source, without those of the lambdas and local functions in it.</summary>
    public static IEnumerable<IOperation> OfBody(IOperation body)
    {
        var open = new Stack<IOperation>();
        open.Push(body);
        while (open.Count > 0)
        {
            IOperation next = open.Pop();
            if (next is IAnonymousFunctionOperation or ILocalFunctionOperation && next != body)
                continue;
            yield return next;
            foreach (IOperation child in next.ChildOperations.Reverse())
                open.Push(child);
        }
    }

    /// <summary>All operations inside one, of lambdas and local functions, too.</summary>
    public static IEnumerable<IOperation> Inside(IOperation root)
    {
        var open = new Stack<IOperation>();
        open.Push(root);
        while (open.Count > 0)
        {
            IOperation next = open.Pop();
            yield return next;
            foreach (IOperation child in next.ChildOperations.Reverse())
                open.Push(child);
        }
    }

    /// <summary>The lambda, local function or declaration whose body an operation is of.</summary>
    public static IOperation FunctionAround(IOperation operation)
    {
        IOperation function = operation;
        while (function.Parent is { } parent)
        {
            function = parent;
            if (function is IAnonymousFunctionOperation or ILocalFunctionOperation)
                break;
        }
        return function;
    }

    public static IEnumerable<ILocalSymbol> DeclaredBy(IVariableDeclarationGroupOperation group) =>
        group.Declarations.SelectMany(static declaration => declaration.Declarators).Select(static declarator => declarator.Symbol);
}
