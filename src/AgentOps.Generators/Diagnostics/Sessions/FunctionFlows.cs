using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentOps.Generators.Diagnostics.Sessions;

/// <summary>The control flow of a member and of the lambdas and local functions in it, each made once and only if asked for.</summary>
internal sealed class FunctionFlows(LifetimeContext context)
{
    private readonly Dictionary<IOperation, ControlFlowGraph?> _flows = [];
    private readonly Dictionary<ControlFlowGraph, Dictionary<SyntaxNode, IFlowAnonymousFunctionOperation>> _lambdas = [];

    public ControlFlowGraph? Find(IOperation function)
    {
        // From the member inwards, without recursion: lambdas may be nested deeply.
        var inwards = new Stack<IOperation>();
        for (IOperation? around = function; around is not null && !_flows.ContainsKey(around); around = around.Parent is null ? null : Operations.FunctionAround(around))
            inwards.Push(around);
        foreach (IOperation next in inwards)
            _flows.Add(next, Make(next));
        return _flows[function];
    }

    private ControlFlowGraph? Make(IOperation function)
    {
        if (function.Parent is null)
            return ControlFlowGraph.Create(context.Syntax, context.Model, context.Cancellation);
        if (!_flows.TryGetValue(Operations.FunctionAround(function), out ControlFlowGraph? outer) || outer is null)
            return null;
        switch (function)
        {
            case ILocalFunctionOperation local:
                return outer.LocalFunctions.Contains(local.Symbol) ? outer.GetLocalFunctionControlFlowGraph(local.Symbol, context.Cancellation) : null;
            case IAnonymousFunctionOperation lambda:
                return LambdasOf(outer).TryGetValue(lambda.Syntax, out IFlowAnonymousFunctionOperation? found)
                    ? outer.GetAnonymousFunctionControlFlowGraph(found, context.Cancellation)
                    : null;
            default:
                return null;
        }
    }

    private Dictionary<SyntaxNode, IFlowAnonymousFunctionOperation> LambdasOf(ControlFlowGraph flow)
    {
        if (_lambdas.TryGetValue(flow, out Dictionary<SyntaxNode, IFlowAnonymousFunctionOperation>? known))
            return known;
        var lambdas = new Dictionary<SyntaxNode, IFlowAnonymousFunctionOperation>();
        foreach (BasicBlock block in flow.Blocks)
        {
            foreach (IOperation operation in block.BranchValue is { } value ? block.Operations.Add(value) : block.Operations)
            {
                foreach (IFlowAnonymousFunctionOperation lambda in Operations.Inside(operation).OfType<IFlowAnonymousFunctionOperation>())
                    lambdas[lambda.Syntax] = lambda;
            }
        }
        _lambdas.Add(flow, lambdas);
        return lambdas;
    }
}
