using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentOps.Generators.Diagnostics.Sessions;

/// <summary>What a variable may hold at some place: one of these, depending on the way there.</summary>
[Flags]
internal enum SessionStates
{
    None = 1,
    Open = 2,
    Ended = 4,
}

/// <summary>
/// Follows one session through the control flow of a body. At each place the states are those of all ways there; a way through
/// <c>finally</c> is followed by itself, so that ways that meet in it are told apart after it. Exceptions that are caught in the
/// body are followed, too; those that leave it are not: what happens then is for who catches them.
/// </summary>
internal sealed class SessionFlow
{
    private readonly ControlFlowGraph _flow;
    private readonly SessionLocal _local;
    private readonly SessionTypes _types;
    private readonly SessionStates[] _entry;
    private readonly Queue<int> _toFollow = new();
    private readonly HashSet<CaptureId> _captures = [];
    private readonly Dictionary<(ControlFlowRegion, SessionStates), SessionStates> _finallies = [];
    private readonly Dictionary<IInvocationOperation, SessionStates> _calls = [];

    private SessionFlow(ControlFlowGraph flow, SessionLocal local, SessionTypes types)
    {
        _flow = flow;
        _local = local;
        _types = types;
        _entry = new SessionStates[flow.Blocks.Length];
    }

    /// <summary>Whether the body can be left, other than by an exception, with the session open.</summary>
    public bool IsOpenAtExit => (_entry[_entry.Length - 1] & SessionStates.Open) != 0;

    /// <summary>Whether a session is put into the variable while it may hold an open one.</summary>
    public bool IsRestartedWhileOpen { get; private set; }

    /// <summary>Calls on the session that come after its end, whatever the way. Those that do nothing but read are fine there.</summary>
    public IEnumerable<IInvocationOperation> CallsAfterEnd => _calls.Where(static call => call.Value == SessionStates.Ended).Select(static call => call.Key);

    public static SessionFlow Follow(ControlFlowGraph flow, SessionLocal local, SessionTypes types)
    {
        var followed = new SessionFlow(flow, local, types);
        followed.FindCaptures();
        followed.Arrive(0, SessionStates.None);
        while (followed._toFollow.Count > 0)
        {
            BasicBlock block = flow.Blocks[followed._toFollow.Dequeue()];
            followed.Follow(block, followed._entry[block.Ordinal], followed.Arrive);
        }
        return followed;
    }

    private void Arrive(int block, SessionStates states)
    {
        // The end of a filter leads nowhere but to its handler, which an exception has reached already.
        if (block < 0 || (_entry[block] | states) == _entry[block])
            return;
        _entry[block] |= states;
        _toFollow.Enqueue(block);
    }

    private void Follow(BasicBlock block, SessionStates states, Action<int, SessionStates> arrive)
    {
        foreach (IOperation operation in block.Operations)
        {
            if (states != 0)
                states = Run(block, operation, states);
        }
        if (states != 0 && block.BranchValue is { } value)
            states = Run(block, value, states);
        (SessionStates taken, SessionStates notTaken) = Split(block, states);
        Leave(block, block.ConditionalSuccessor, taken, arrive);
        Leave(block, block.FallThroughSuccessor, notTaken, arrive);
    }

    private void Leave(BasicBlock block, ControlFlowBranch? branch, SessionStates states, Action<int, SessionStates> arrive)
    {
        if (branch is null || states == 0)
            return;
        if (branch.Semantics is ControlFlowBranchSemantics.Throw or ControlFlowBranchSemantics.Rethrow)
        {
            Throw(block, states);
            return;
        }
        if (branch.Destination is not { } destination)
        {
            arrive(-1, states);
            return;
        }
        foreach (ControlFlowRegion region in branch.FinallyRegions)
            states = Through(region, states);
        if (states != 0)
            arrive(destination.Ordinal, states);
    }

    /// <summary>The states after a <c>finally</c> that is entered with some. Each set is followed once.</summary>
    private SessionStates Through(ControlFlowRegion region, SessionStates states)
    {
        if (_finallies.TryGetValue((region, states), out SessionStates known))
            return known;
        _finallies.Add((region, states), 0);
        var entry = new Dictionary<int, SessionStates> { [region.FirstBlockOrdinal] = states };
        var toFollow = new Queue<int>([region.FirstBlockOrdinal]);
        SessionStates after = 0;
        while (toFollow.Count > 0)
        {
            int ordinal = toFollow.Dequeue();
            Follow(_flow.Blocks[ordinal], entry[ordinal], (next, arriving) =>
            {
                if (next < region.FirstBlockOrdinal || next > region.LastBlockOrdinal)
                {
                    after |= arriving;
                    return;
                }
                entry.TryGetValue(next, out SessionStates before);
                if ((before | arriving) == before)
                    return;
                entry[next] = before | arriving;
                toFollow.Enqueue(next);
            });
        }
        return _finallies[(region, states)] = after;
    }

    /// <summary>An exception goes outwards, through each <c>finally</c>, and may be caught by each <c>catch</c>.</summary>
    private void Throw(BasicBlock block, SessionStates states)
    {
        ControlFlowRegion? inside = null;
        for (ControlFlowRegion? region = block.EnclosingRegion; region is not null && states != 0; inside = region, region = region.EnclosingRegion)
        {
            if (inside is not { Kind: ControlFlowRegionKind.Try })
                continue;
            foreach (ControlFlowRegion handler in region.NestedRegions)
            {
                if (handler.Kind == ControlFlowRegionKind.Finally)
                    states = Through(handler, states);
                else if (handler.Kind != ControlFlowRegionKind.Try)
                    Arrive(handler.FirstBlockOrdinal, states);
            }
        }
    }

    private SessionStates Run(BasicBlock block, IOperation statement, SessionStates states)
    {
        bool mayThrow = false;
        bool returns = true;
        SessionStates before = states;
        SessionStates assigned = 0;
        foreach (IOperation operation in Operations.Inside(statement))
        {
            switch (operation)
            {
                case ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } assignment when IsLocal(target):
                    _local.Assignments.TryGetValue(assignment.Syntax, out assigned);
                    break;
                case IInvocationOperation { Instance: { } receiver } call when IsLocal(SessionTypes.Stripped(receiver)):
                    states = Call(call, states);
                    break;
                case IInvocationOperation { TargetMethod: var other }:
                    mayThrow = true;
                    returns &= !other.GetAttributes().Any(static a => a.AttributeClass?.Name == "DoesNotReturnAttribute");
                    break;
                case IObjectCreationOperation or IAwaitOperation or IThrowOperation or IDynamicInvocationOperation:
                    mayThrow = true;
                    break;
            }
        }
        if (mayThrow)
            Throw(block, before);
        if (!returns)
            return 0;
        if (assigned == 0)
            return states;
        IsRestartedWhileOpen |= (assigned & SessionStates.Open) != 0 && (states & SessionStates.Open) != 0;
        return assigned;
    }

    private SessionStates Call(IInvocationOperation call, SessionStates states)
    {
        if (!call.IsImplicit && DoesNothingAfterEnd(call.TargetMethod))
        {
            _calls.TryGetValue(call, out SessionStates seen);
            _calls[call] = seen | states;
        }
        return _types.IsEnd(call.TargetMethod) && (states & SessionStates.Open) != 0 ? (states & ~SessionStates.Open) | SessionStates.Ended : states;
    }

    private static bool DoesNothingAfterEnd(IMethodSymbol method) =>
        method.Name is "End" or "AddTags" or "SetTags" or "SetMetric" or "AddToMetric" || method.Name.StartsWith("Record", StringComparison.Ordinal);

    /// <summary>The states on either way out of a block: where the variable is found to be null there is no session.</summary>
    private (SessionStates Taken, SessionStates NotTaken) Split(BasicBlock block, SessionStates states)
    {
        if (block.ConditionKind == ControlFlowConditionKind.None || IsNullIfTrue(block.BranchValue) is not { } isNullIfTrue)
            return (states, states);
        const SessionStates session = SessionStates.Open | SessionStates.Ended;
        bool isNullIfTaken = isNullIfTrue == (block.ConditionKind == ControlFlowConditionKind.WhenTrue);
        return isNullIfTaken ? (states & SessionStates.None, states & session) : (states & session, states & SessionStates.None);
    }

    /// <summary>Whether a condition asks if the variable is null; <see langword="null"/> if it asks something else.</summary>
    private bool? IsNullIfTrue(IOperation? condition)
    {
        switch (condition)
        {
            case IIsNullOperation { Operand: { } operand } when IsLocal(SessionTypes.Stripped(operand)):
                return true;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison
                when (IsLocal(SessionTypes.Stripped(comparison.LeftOperand)) && IsNull(comparison.RightOperand))
                    || (IsLocal(SessionTypes.Stripped(comparison.RightOperand)) && IsNull(comparison.LeftOperand)):
                return comparison.OperatorKind == BinaryOperatorKind.Equals;
            case IIsPatternOperation { Pattern: IConstantPatternOperation constant } match when IsLocal(SessionTypes.Stripped(match.Value)) && IsNull(constant.Value):
                return true;
            case IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: IConstantPatternOperation constant } } match when IsLocal(SessionTypes.Stripped(match.Value)) && IsNull(constant.Value):
                return false;
            default:
                return null;
        }
    }

    private static bool IsNull(IOperation value) => SessionTypes.Stripped(value).ConstantValue is { HasValue: true, Value: null };

    private bool IsLocal(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => SymbolEqualityComparer.Default.Equals(local.Local, _local.Symbol),
        IFlowCaptureReferenceOperation captured => _captures.Contains(captured.Id),
        _ => false,
    };

    /// <summary>The flow keeps the receiver of a call aside while its arguments, or whether it is null, are decided.</summary>
    private void FindCaptures()
    {
        foreach (BasicBlock block in _flow.Blocks)
        {
            foreach (IOperation operation in block.Operations)
            {
                if (operation is IFlowCaptureOperation capture && IsLocal(SessionTypes.Stripped(capture.Value)))
                    _captures.Add(capture.Id);
            }
        }
    }
}
