using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AgentOps.Generators.Diagnostics.Sessions;

/// <summary>What becomes of a session that was started.</summary>
internal enum SessionFate
{
    /// <summary>Passed on, returned, disposed on the spot, kept in a property: nothing that one body shows.</summary>
    OutOfView,
    Ignored,
    InLocal,
    InField,
}

/// <summary>Where the session goes that a call starts.</summary>
/// <param name="Fate">What becomes of it.</param>
/// <param name="Keeper">The local variable or private field that it is kept in.</param>
internal readonly record struct StartedSession(SessionFate Fate, ISymbol? Keeper)
{
    private static readonly StartedSession s_ignored = new(SessionFate.Ignored, null);

    public static StartedSession Of(IInvocationOperation start, SessionTypes types)
    {
        IOperation value = start;
        while (value.Parent is IConversionOperation or IParenthesizedOperation or ICoalesceOperation
            || (value.Parent is IConditionalOperation { Type: not null } choice && choice.Condition != value))
        {
            value = value.Parent!;
        }
        switch (value.Parent)
        {
            case IExpressionStatementOperation { Syntax: ExpressionStatementSyntax or { Parent: ArrowExpressionClauseSyntax } } statement when !IsAllOfLambda(statement):
            case ISimpleAssignmentOperation { Target: IDiscardOperation }:
                return s_ignored;
            case IInvocationOperation { Instance: { } receiver, TargetMethod: var method }
                when receiver == value && types.IsSession(method.ContainingType) && method.ReturnsVoid && !types.IsEnd(method):
            case IPropertyReferenceOperation { Instance: { } owner } when owner == value:
                return s_ignored;
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } }:
                return new StartedSession(SessionFate.InLocal, local);
            case ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: { IsRef: false } local } }:
                return new StartedSession(SessionFate.InLocal, local);
            case IAssignmentOperation { Target: IFieldReferenceOperation { Field: var field } } when IsOwn(field, types):
                return new StartedSession(SessionFate.InField, field);
            case IFieldInitializerOperation { InitializedFields: { Length: 1 } fields } when IsOwn(fields[0], types):
                return new StartedSession(SessionFate.InField, fields[0]);
            default:
                return default;
        }
    }

    /// <summary>A lambda that does nothing else is there to be run by somebody who looks at what comes of it.</summary>
    private static bool IsAllOfLambda(IOperation statement) =>
        statement.Parent is IBlockOperation { Operations.Length: <= 2, Parent: IAnonymousFunctionOperation } block && block.Operations[0] == statement
        && (block.Operations.Length == 1 || block.Operations[1].IsImplicit);

    private static bool IsOwn(IFieldSymbol field, SessionTypes types) => field is { DeclaredAccessibility: Accessibility.Private, IsImplicitlyDeclared: false } && types.IsSession(field.Type);
}
