using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AgentOps.Generators.Diagnostics.Sessions;

/// <summary>The calls of one body at which no session is open: what stands before, outside of and not in one. Lambdas and local functions are not of the body.</summary>
/// <remarks>
/// Within a <c>using</c> a session is open to the end of its scope. Whatever else has to do with a session, or may open one, counts as if
/// one were open from there on, or from the start of the loop around it: it may be behind an <c>if</c>, or ended, but who can tell.
/// </remarks>
internal sealed class SessionCover
{
    private readonly SessionTypes _types;
    private readonly ProjectSessions _project;
    private readonly ReferencedSessions _referenced;
    private readonly List<(int Start, int End)> _scopes = [];
    private readonly List<IInvocationOperation> _calls = [];
    private readonly HashSet<ILocalSymbol> _scoped = new(SymbolEqualityComparer.Default);
    private int _openFrom = int.MaxValue;
    private bool _isIterator;

    private SessionCover(SessionTypes types, ProjectSessions project, ReferencedSessions referenced) => (_types, _project, _referenced) = (types, project, referenced);

    /// <summary>The calls without a session in the order of the source, those whose names count.</summary>
    /// <param name="body">The operation of the declaration.</param>
    /// <param name="types">The session's types.</param>
    /// <param name="project">What may open a session by its name.</param>
    /// <param name="referenced">What may open one in other assemblies.</param>
    /// <param name="counts">Says which names are looked for.</param>
    public static List<IInvocationOperation> UncoveredCalls(
        IOperation body, SessionTypes types, ProjectSessions project, ReferencedSessions referenced, Func<string, bool> counts)
    {
        var cover = new SessionCover(types, project, referenced);
        foreach (IOperation operation in Operations.OfBody(body))
            cover.Look(operation, counts);
        return cover.Uncovered();
    }

    private List<IInvocationOperation> Uncovered()
    {
        var uncovered = new List<IInvocationOperation>();
        if (_isIterator)
            return uncovered;
        _scopes.Sort(static (a, b) => a.Start.CompareTo(b.Start));
        int scope = 0;
        int coveredTo = -1;
        foreach (IInvocationOperation call in _calls.OrderBy(PositionOf))
        {
            int position = PositionOf(call);
            for (; scope < _scopes.Count && _scopes[scope].Start <= position; scope++)
                coveredTo = Math.Max(coveredTo, _scopes[scope].End);
            if (position >= coveredTo && position < _openFrom)
                uncovered.Add(call);
        }
        return uncovered;
    }

    /// <summary>Where a call is made: its arguments, in which a session may be opened, come first.</summary>
    private static int PositionOf(IInvocationOperation call) => call.Syntax.Span.End;

    private void Look(IOperation operation, Func<string, bool> counts)
    {
        switch (operation)
        {
            case IUsingOperation { Resources: var resources, Body: var body } when IsSession(resources):
                Scope(resources, body.Syntax.SpanStart, body.Syntax.Span.End);
                break;
            case IUsingDeclarationOperation { DeclarationGroup: var group } when IsSession(group):
                Scope(group, group.Syntax.Span.End, ScopeEndOf(operation));
                break;
            case IInvocationOperation call:
                Call(call, counts);
                break;
            case IReturnOperation { Kind: OperationKind.YieldReturn or OperationKind.YieldBreak }:
                _isIterator = true;
                break;
            case ILocalReferenceOperation local when _scoped.Contains(local.Local):
                break;
            case IAwaitOperation { Operation: IInvocationOperation awaited } when IsResource(awaited):
                break;
            case ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation or IAwaitOperation when _types.IsSession(operation.Type):
                Open(operation);
                break;
            case IObjectCreationOperation { Constructor: { } constructor } when _types.Holds(operation.Type) || (_referenced.MayOpenSession(constructor) && IsDisposable(operation.Type)):
                Open(operation);
                break;
        }
    }

    private void Call(IInvocationOperation call, Func<string, bool> counts)
    {
        IMethodSymbol target = call.TargetMethod;
        if (_types.IsSession(target.ContainingType))
        {
            if (_types.IsStart(target) && !IsResource(call))
                Open(call);
            return;
        }
        if (counts(target.Name))
            _calls.Add(call);
        if (_project.MayOpen(target.Name)
            || (_types.IsSession(call.Type) && !IsResource(call))
            || (_referenced.MayOpenSession(target) && !SessionTypes.WantsSession(target)))
        {
            Open(call);
        }
    }

    /// <summary>From here on nothing is known to be without a session.</summary>
    private void Open(IOperation operation)
    {
        int from = operation.Syntax.Span.End;
        for (IOperation? around = operation.Parent; around is not null && around is not (IAnonymousFunctionOperation or ILocalFunctionOperation); around = around.Parent)
        {
            if (around is ILoopOperation)
                from = around.Syntax.SpanStart;
        }
        // A call that opens a session is itself made without one.
        _openFrom = Math.Min(_openFrom, operation is IInvocationOperation && from == operation.Syntax.Span.End ? from + 1 : from);
    }

    private void Scope(IOperation resources, int start, int end)
    {
        _scopes.Add((start, end));
        if (resources is IVariableDeclarationGroupOperation group)
            _scoped.UnionWith(Operations.DeclaredBy(group));
    }

    private bool IsSession(IOperation resources) => resources is IVariableDeclarationGroupOperation group
        ? Operations.DeclaredBy(group).Any(local => _types.IsSession(local.Type))
        : _types.IsSession(SessionTypes.Stripped(resources).Type);

    /// <summary>Whether a session goes straight into a <c>using</c>, whose scope says all there is to say.</summary>
    private static bool IsResource(IInvocationOperation call) => call.Syntax is InvocationExpressionSyntax syntax && Keeping.Of(syntax).IsDisposed;

    /// <summary>Who opens a session when it is made has to end it some time.</summary>
    private static bool IsDisposable(ITypeSymbol? type) =>
        type is not null && type.AllInterfaces.Any(static i => i is { Name: "IDisposable" or "IAsyncDisposable", ContainingNamespace.Name: "System" });

    private static int ScopeEndOf(IOperation declaration) => declaration.Syntax.Parent is GlobalStatementSyntax { Parent: { } unit }
        ? unit.Span.End
        : declaration.Syntax.Parent?.Span.End ?? declaration.Syntax.SyntaxTree.Length;
}
