using System.Collections.Immutable;
using AgentOps.Generators.Calls;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentOps.Generators.Diagnostics.Sessions;

/// <summary>
/// Finds recorded calls whose task leaves the <c>using</c> of the session they are recorded to: returned from within it, or kept in a
/// variable from outside and awaited only after it.
/// </summary>
internal sealed class EscapingTasks
{
    private readonly LifetimeContext _context;
    private readonly Dictionary<IOperation, int> _declaredIn = [];
    private readonly List<IReturnOperation> _returns = [];
    private readonly Dictionary<ILocalSymbol, List<ILocalReferenceOperation>> _references = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ILocalSymbol, IOperation> _values = new(SymbolEqualityComparer.Default);
    private bool _hasScope;

    private EscapingTasks(LifetimeContext context) => _context = context;

    public static void Report(LifetimeContext context)
    {
        var tasks = new EscapingTasks(context);
        foreach (IOperation operation in Operations.Inside(context.Member))
            tasks.Look(operation);
        if (tasks._hasScope)
            tasks.Report();
    }

    private void Look(IOperation operation)
    {
        switch (operation)
        {
            case IUsingDeclarationOperation { DeclarationGroup: var group, Parent: { } block } when IsSession(group):
                _hasScope = true;
                if (!_declaredIn.ContainsKey(block))
                    _declaredIn.Add(block, operation.Syntax.Span.End);
                break;
            case IUsingOperation { Resources: var resources } when IsSession(resources):
                _hasScope = true;
                break;
            case IReturnOperation { Kind: OperationKind.Return, ReturnedValue: not null } returned:
                _returns.Add(returned);
                break;
            case IVariableDeclaratorOperation declarator when declarator.GetVariableInitializer()?.Value is { } value && Pending.Of(declarator.Symbol.Type) != PendingKind.None:
                _values[declarator.Symbol] = value;
                break;
            case ILocalReferenceOperation reference when Pending.Of(reference.Type) != PendingKind.None:
                if (!_references.TryGetValue(reference.Local, out List<ILocalReferenceOperation>? others))
                    _references.Add(reference.Local, others = []);
                others.Add(reference);
                break;
        }
    }

    private void Report()
    {
        foreach (IReturnOperation returned in _returns)
        {
            if (ScopeAround(returned) is null || _context.MethodAround(returned) is not { IsAsync: false })
                continue;
            foreach (IInvocationOperation call in RecordedCallsIn(returned.ReturnedValue!))
            {
                string remedy = Pending.Of(call.Type) == PendingKind.Stream ? "read it to its end in the scope of the session" : "make the method async and await the call before it returns";
                _context.Report(SessionRules.TaskOutlivesSession, LifetimeContext.PlaceOf(call), call.TargetMethod.Name, remedy);
            }
        }
        foreach (KeyValuePair<ILocalSymbol, List<ILocalReferenceOperation>> local in _references)
            ReportKept(local.Value);
    }

    /// <summary>A variable that is assigned within a scope, and used after it only.</summary>
    private void ReportKept(List<ILocalReferenceOperation> references)
    {
        ILocalReferenceOperation[] written = [.. references.Where(static r => r.Parent is ISimpleAssignmentOperation assignment && assignment.Target == r)];
        if (written.Length != 1 || written[0].Parent is not ISimpleAssignmentOperation { Value: var value }
            || SessionTypes.Stripped(value) is not IInvocationOperation call || !IsRecordedTask(call)
            || ScopeAround(call) is not IUsingOperation scope)
        {
            return;
        }
        IEnumerable<ILocalReferenceOperation> read = references.Where(r => r != written[0]);
        if (read.Any() && read.All(r => r.Syntax.SpanStart >= scope.Syntax.Span.End))
            _context.Report(SessionRules.TaskOutlivesSession, LifetimeContext.PlaceOf(call), call.TargetMethod.Name, "await it in the scope of the session");
    }

    /// <summary>The <c>using</c> statement, or the block with the <c>using</c> declaration, that an operation stands in.</summary>
    private IOperation? ScopeAround(IOperation operation)
    {
        for (IOperation? around = operation.Parent; around is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation); around = around.Parent)
        {
            if (around is IUsingOperation { Resources: var resources } && IsSession(resources) && operation.Syntax.SpanStart >= resources.Syntax.Span.End)
                return around;
            if (_declaredIn.TryGetValue(around, out int from) && operation.Syntax.SpanStart >= from)
                return around;
        }
        return null;
    }

    /// <summary>The recorded calls that a value is the task of, be it by a choice or by waiting for several.</summary>
    private IEnumerable<IInvocationOperation> RecordedCallsIn(IOperation value)
    {
        var open = new Stack<IOperation>([value]);
        while (open.Count > 0)
        {
            IOperation next = SessionTypes.Stripped(open.Pop());
            switch (next)
            {
                case IConditionalOperation { WhenFalse: { } other } choice:
                    open.Push(other);
                    open.Push(choice.WhenTrue);
                    break;
                case ISwitchExpressionOperation choice:
                    foreach (ISwitchExpressionArmOperation arm in choice.Arms.Reverse())
                        open.Push(arm.Value);
                    break;
                case ILocalReferenceOperation { Local: var local } when IsReadOnce(local) && _values.TryGetValue(local, out IOperation? kept) && ScopeAround(kept) is not null:
                    open.Push(kept);
                    break;
                case IInvocationOperation { TargetMethod: { Name: "AsTask", ContainingType.Name: "ValueTask" }, Instance: { } inner }:
                    open.Push(inner);
                    break;
                case IInvocationOperation { TargetMethod: { Name: "WhenAll", ContainingType: { Name: "Task", ContainingNamespace.Name: "Tasks" } }, Arguments: var arguments }:
                    foreach (IOperation item in arguments.SelectMany(static a => ItemsOf(a.Value)).Reverse())
                        open.Push(item);
                    break;
                case IInvocationOperation call when IsRecordedTask(call):
                    yield return call;
                    break;
            }
        }
    }

    /// <summary>What is passed as a list of parameters, by whichever overload.</summary>
    private static ImmutableArray<IOperation> ItemsOf(IOperation argument) => SessionTypes.Stripped(argument) switch
    {
        IArrayCreationOperation { Initializer: { } items } => items.ElementValues,
        ICollectionExpressionOperation list => list.Elements,
        var single => [single],
    };

    private bool IsReadOnce(ILocalSymbol local) => _references.TryGetValue(local, out List<ILocalReferenceOperation>? references) && references.Count == 1;

    private bool IsRecordedTask(IInvocationOperation call) =>
        Pending.Of(call.Type) != PendingKind.None && SessionTypes.WantsSession(call.TargetMethod) && !OptOut.Covers(_context.Model, call.Syntax, _context.Cancellation);

    private bool IsSession(IOperation resources) => resources is IVariableDeclarationGroupOperation group
        ? Operations.DeclaredBy(group).Any(local => _context.Types.IsSession(local.Type))
        : SessionTypes.Stripped(resources) is IInvocationOperation start && _context.Types.IsStart(start.TargetMethod);
}

/// <summary>What ends later than the call that returns it.</summary>
internal enum PendingKind
{
    None,
    Task,
    Stream,
}

internal static class Pending
{
    public static PendingKind Of(ITypeSymbol? type) => type switch
    {
        { Name: "Task" or "ValueTask", ContainingNamespace: { Name: "Tasks", ContainingNamespace.Name: "Threading" } } => PendingKind.Task,
        { Name: "IAsyncEnumerable", ContainingNamespace: { Name: "Generic", ContainingNamespace.Name: "Collections" } } => PendingKind.Stream,
        _ => PendingKind.None,
    };
}
