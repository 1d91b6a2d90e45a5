using AgentOps.Generators.Calls;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AgentOps.Generators.Diagnostics.Sessions;

/// <summary>One member whose body starts sessions, while it is looked at.</summary>
internal sealed class LifetimeContext(SemanticModelAnalysisContext context, SessionTypes types, SyntaxNode syntax, IOperation member, bool mentionsCurrent)
{
    public SessionTypes Types => types;

    public IOperation Member => member;

    public SyntaxNode Syntax => syntax;

    public SemanticModel Model => context.SemanticModel;

    public CancellationToken Cancellation => context.CancellationToken;

    /// <summary>Whether a session may be ended by who did not start it: through <c>Session.Current</c>, or because the method is there to leave one open.</summary>
    public bool MayEndElsewhere(IOperation start) => mentionsCurrent || MethodAround(start) is { } method && SessionTypes.OpensSession(method);

    /// <summary>The method, local function or lambda whose body an operation is of.</summary>
    public IMethodSymbol? MethodAround(IOperation operation) => Operations.FunctionAround(operation) switch
    {
        IAnonymousFunctionOperation lambda => lambda.Symbol,
        ILocalFunctionOperation function => function.Symbol,
        _ => context.SemanticModel.GetEnclosingSymbol(operation.Syntax.SpanStart, context.CancellationToken) as IMethodSymbol,
    };

    public void Report(DiagnosticDescriptor rule, SyntaxNode place, params object[] arguments) =>
        context.ReportDiagnostic(Diagnostic.Create(rule, place.GetLocation(), arguments));

    /// <summary>Where a call is shown to a person: at its method's name.</summary>
    public static SyntaxNode PlaceOf(IOperation call) => call.Syntax is InvocationExpressionSyntax syntax ? CallSyntax.PlaceOf(syntax) : call.Syntax;
}
