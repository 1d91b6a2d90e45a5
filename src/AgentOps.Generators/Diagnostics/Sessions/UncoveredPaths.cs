using AgentOps.Generators.Calls;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentOps.Generators.Diagnostics.Sessions;

/// <summary>
/// Walks from entry points over calls at which no session is open, and finds for each method the shortest way to one that wants a
/// session. Follows calls only whose target is certain: not through delegates, interfaces, and virtual methods.
/// </summary>
/// <remarks>Each body is bound at most once, and only if its names may lead anywhere, so the work is linear in what is reached.</remarks>
internal sealed class UncoveredPaths(SessionTypes types, ProjectSessions project, ReferencedSessions referenced, Func<string, bool> isSinkName, BoundBodies bodies)
{
    private readonly Dictionary<IMethodSymbol, Step> _methods = new(SymbolEqualityComparer.Default);
    private readonly Queue<Step> _toWalk = new();
    private readonly Queue<Step> _toTrace = new();

    /// <summary>Adds a body that is entered from outside.</summary>
    public Step Enter(string name, IOperation body) => Add(new Step(name, body));

    /// <summary>Walks everything that was entered, and then back from all calls that want a session.</summary>
    public void Walk(CancellationToken cancellation)
    {
        while (_toWalk.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            Look(_toWalk.Dequeue(), cancellation);
        }
        while (_toTrace.Count > 0)
        {
            Step step = _toTrace.Dequeue();
            foreach (Step caller in step.Callers)
            {
                if (caller.LeadsToSink)
                    continue;
                caller.Next = step;
                _toTrace.Enqueue(caller);
            }
        }
    }

    private Step Add(Step step)
    {
        _toWalk.Enqueue(step);
        return step;
    }

    private void Look(Step step, CancellationToken cancellation)
    {
        foreach (IInvocationOperation call in SessionCover.UncoveredCalls(step.Body, types, project, referenced, name => isSinkName(name) || project.MayReach(name)))
        {
            if (isSinkName(call.TargetMethod.Name) && SessionTypes.WantsSession(call.TargetMethod))
            {
                if (step.Sink is null && !OptOut.Covers(call.SemanticModel!, call.Syntax, cancellation))
                {
                    step.Sink = call;
                    _toTrace.Enqueue(step);
                }
            }
            else if (CertainTargetOf(call) is { } target && StepOf(target, cancellation) is { } callee)
            {
                step.Calls.Add((call, callee));
                callee.Callers.Add(step);
            }
        }
    }

    private Step? StepOf(IMethodSymbol target, CancellationToken cancellation)
    {
        if (_methods.TryGetValue(target, out Step? known))
            return known;
        if (SessionTypes.OpensSession(target) || types.IsGivenSession(target) || target.DeclaringSyntaxReferences.Length != 1
            || bodies.Find(target.DeclaringSyntaxReferences[0].GetSyntax(cancellation), cancellation) is not { } body)
        {
            return null;
        }
        Step step = Add(new Step(target.Name, body));
        _methods.Add(target, step);
        return step;
    }

    /// <summary>The method of this project that a call runs; <see langword="null"/> if that is not known.</summary>
    private static IMethodSymbol? CertainTargetOf(IInvocationOperation call)
    {
        IMethodSymbol target = (call.TargetMethod.ReducedFrom ?? call.TargetMethod).OriginalDefinition;
        target = target.PartialImplementationPart ?? target;
        if (target.MethodKind is not (MethodKind.Ordinary or MethodKind.LocalFunction) || target.IsAbstract || target.IsExtern
            || target.ContainingType is not { TypeKind: TypeKind.Class or TypeKind.Struct })
        {
            return null;
        }
        return !call.IsVirtual || target.IsSealed || target.ContainingType.IsSealed ? target : null;
    }

    /// <summary>A body on the way, and where it leads.</summary>
    internal sealed class Step(string name, IOperation body)
    {
        public string Name => name;

        public IOperation Body => body;

        /// <summary>The first call in it that wants a session and has none.</summary>
        public IInvocationOperation? Sink { get; set; }

        /// <summary>The method to go on with, if it leads to a call that wants a session through others.</summary>
        public Step? Next { get; set; }

        public bool LeadsToSink => Sink is not null || Next is not null;

        public List<(IInvocationOperation Call, Step Callee)> Calls { get; } = [];

        public List<Step> Callers { get; } = [];

        /// <summary>The first call that goes on with a certain method.</summary>
        public IInvocationOperation CallOf(Step callee) => Calls.First(c => c.Callee == callee).Call;
    }
}
