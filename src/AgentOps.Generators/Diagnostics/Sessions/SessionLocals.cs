using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentOps.Generators.Diagnostics.Sessions;

/// <summary>The sessions that a member keeps in local variables, as long as nobody else can lay hands on them.</summary>
internal sealed class SessionLocals(LifetimeContext context)
{
    /// <summary>How many are followed through one body. Each is a walk through its flow, and the work is to stay linear.</summary>
    private const int MostFollowed = 32;

    private readonly Dictionary<ILocalSymbol, SessionLocal> _locals = new(SymbolEqualityComparer.Default);
    private FunctionFlows? _flows;

    public void Add(IInvocationOperation start, ILocalSymbol local)
    {
        if (!_locals.TryGetValue(local, out SessionLocal? known))
            _locals.Add(local, known = new SessionLocal(local, Operations.FunctionAround(start)));
        known.Starts.Add(start);
    }

    /// <summary>Reports what is wrong with any of them.</summary>
    public void Report()
    {
        if (_locals.Count == 0)
            return;
        foreach (IOperation operation in Operations.Inside(context.Member))
            Look(operation);
        foreach (SessionLocal local in _locals.Values.Where(static l => !l.Escapes).OrderBy(static l => l.Starts[0].Syntax.SpanStart).Take(MostFollowed))
        {
            _flows ??= new FunctionFlows(context);
            if (_flows.Find(local.Function) is { } flow)
                Report(local, SessionFlow.Follow(flow, local, context.Types));
        }
    }

    private void Look(IOperation operation)
    {
        switch (operation)
        {
            case IVariableDeclaratorOperation { Symbol: var declared } declarator when _locals.TryGetValue(declared, out SessionLocal? local):
                Assigned(local, declarator, declarator.GetVariableInitializer()?.Value);
                break;
            case ILocalReferenceOperation reference when _locals.TryGetValue(reference.Local, out SessionLocal? local):
                Used(local, reference);
                break;
            case IUsingDeclarationOperation { DeclarationGroup: var group }:
                Disposed(group);
                break;
            case IUsingOperation { Resources: IVariableDeclarationGroupOperation group }:
                Disposed(group);
                break;
        }
    }

    private void Disposed(IVariableDeclarationGroupOperation group)
    {
        foreach (ILocalSymbol declared in Operations.DeclaredBy(group))
        {
            if (_locals.TryGetValue(declared, out SessionLocal? local))
                local.IsDisposed = true;
        }
    }

    private void Used(SessionLocal local, ILocalReferenceOperation reference)
    {
        if (Operations.FunctionAround(reference) != local.Function)
        {
            local.Escapes = true;
            return;
        }
        IOperation use = reference;
        while (use.Parent is IConversionOperation or IParenthesizedOperation)
            use = use.Parent;
        switch (use.Parent)
        {
            case IInvocationOperation call when call.Instance == use && (context.Types.IsSession(call.TargetMethod.ContainingType) || context.Types.IsEnd(call.TargetMethod)):
                if (context.Types.IsEnd(call.TargetMethod))
                    local.Ends.Add(call);
                break;
            case IArgumentOperation { Parent: IInvocationOperation { TargetMethod: var method } } when context.Types.IsOfRuntime(method):
            case IPropertyReferenceOperation:
            case IBinaryOperation:
            case IUsingOperation:
            case IIsPatternOperation { Pattern: IConstantPatternOperation or INegatedPatternOperation { Pattern: IConstantPatternOperation } }:
                break;
            case IConditionalAccessOperation access when access.Operation == use:
                // Which call it guards is known by its flow; here it counts as an end if it can be one.
                local.Ends.AddRange(Operations.Inside(access.WhenNotNull).OfType<IInvocationOperation>().Where(c => context.Types.IsEnd(c.TargetMethod)));
                break;
            case ISimpleAssignmentOperation assignment when assignment.Target == use:
                Assigned(local, assignment, assignment.Value);
                break;
            default:
                local.Escapes = true;
                break;
        }
    }

    /// <summary>Takes note of what is assigned; what is neither a new session nor nothing may be somebody else's.</summary>
    private void Assigned(SessionLocal local, IOperation assignment, IOperation? value)
    {
        if (value is null)
            return;
        SessionStates states = StatesOf(value);
        if (states == 0)
            local.Escapes = true;
        local.Assignments[assignment.Syntax] = states;
    }

    private SessionStates StatesOf(IOperation value)
    {
        value = SessionTypes.Stripped(value);
        switch (value)
        {
            case IInvocationOperation start when context.Types.IsStart(start.TargetMethod):
                return SessionStates.Open;
            case IConditionalOperation { WhenFalse: { } other } choice:
                return StatesOf(choice.WhenTrue) is var first and not 0 && StatesOf(other) is var second and not 0 ? first | second : 0;
            default:
                return value is IDefaultValueOperation || value.ConstantValue is { HasValue: true, Value: null } ? SessionStates.None : 0;
        }
    }

    private void Report(SessionLocal local, SessionFlow flow)
    {
        foreach (IInvocationOperation call in flow.CallsAfterEnd.OrderBy(static c => c.Syntax.SpanStart))
            ReportLateCall(local, call);
        if (local.IsDisposed || local.Starts.Count != 1 || context.MayEndElsewhere(local.Starts[0]))
            return;
        IInvocationOperation start = local.Starts[0];
        if (flow.IsRestartedWhileOpen && LoopAround(start) is { } loop && !local.Ends.Exists(end => loop.Syntax.Span.Contains(end.Syntax.Span)))
        {
            context.Report(SessionRules.SessionsPileUp, start.Syntax,
                $"A session is started in each round of this loop, and '{local.Symbol.Name}' is not ended in it", "write 'using' before its declaration");
        }
        else if (flow.IsOpenAtExit || flow.IsRestartedWhileOpen)
        {
            context.Report(SessionRules.SessionNotEnded, start.Syntax, local.Symbol.Name);
        }
    }

    private void ReportLateCall(SessionLocal local, IInvocationOperation call)
    {
        if (call.TargetMethod.Name == "End")
            context.Report(SessionRules.SessionEndedTwice, LifetimeContext.PlaceOf(call), local.Symbol.Name);
        else if (!context.Types.IsEnd(call.TargetMethod))
            context.Report(SessionRules.SessionUsedAfterEnd, LifetimeContext.PlaceOf(call), local.Symbol.Name, call.TargetMethod.Name);
    }

    private static ILoopOperation? LoopAround(IOperation operation)
    {
        for (IOperation? around = operation.Parent; around is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation); around = around.Parent)
        {
            if (around is ILoopOperation loop)
                return loop;
        }
        return null;
    }
}

/// <summary>A local variable that a session was put into.</summary>
/// <param name="symbol">The variable.</param>
/// <param name="function">Whose body starts the session.</param>
internal sealed class SessionLocal(ILocalSymbol symbol, IOperation function)
{
    public ILocalSymbol Symbol => symbol;

    public IOperation Function => function;

    public List<IInvocationOperation> Starts { get; } = [];

    public List<IInvocationOperation> Ends { get; } = [];

    /// <summary>What the variable holds after an assignment, by the syntax of the assignment.</summary>
    public Dictionary<SyntaxNode, SessionStates> Assignments { get; } = [];

    /// <summary>Whether others can get at the session, or the variable holds what is not known.</summary>
    public bool Escapes { get; set; }

    /// <summary>Whether a <c>using</c> declares it.</summary>
    public bool IsDisposed { get; set; }
}
