using System.Collections.Immutable;
using AgentOps.Generators.Bodies;
using AgentOps.Generators.Calls;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AgentOps.Generators.Adapters;

/// <summary>What a factory gives back, and so how that is wrapped.</summary>
internal enum FactoryKind
{
    None,
    AIFunction,
    McpTool,
    McpBuilder,
    KernelFunction,
    KernelPlugin,
}

/// <summary>
/// Factories that make functions of delegates: whatever calls such a function calls a delegate, which nobody can intercept, but
/// the call of the factory can be, and what it gives back wrapped.
/// </summary>
internal static class Factory
{
    public static FactoryKind KindOf(IMethodSymbol method)
    {
        IMethodSymbol definition = (method.ReducedFrom ?? method).OriginalDefinition;
        if (!definition.IsStatic || definition.ContainingType is not { ContainingType: null, IsGenericType: false } type)
            return FactoryKind.None;
        return (type.Name, definition.Name) switch
        {
            ("AIFunctionFactory", "Create") when Is(type, FactoryTypes.AIFunctionFactory) => FactoryKind.AIFunction,
            ("McpServerTool", "Create") when Is(type, FactoryTypes.McpServerTool) => FactoryKind.McpTool,
            ("McpServerBuilderExtensions", "WithTools" or "WithToolsFromAssembly") when Is(type, FactoryTypes.McpBuilderExtensions) => FactoryKind.McpBuilder,
            ("KernelFunctionFactory", "CreateFromMethod") when Is(type, FactoryTypes.KernelFunctionFactory) => FactoryKind.KernelFunction,
            ("KernelPluginFactory", "CreateFromType" or "CreateFromObject") when Is(type, FactoryTypes.KernelPluginFactory) => FactoryKind.KernelPlugin,
            _ => FactoryKind.None,
        };
    }

    /// <summary>Whether a call of a factory is intercepted.</summary>
    public static bool IsAdapted(SemanticModel model, InvocationExpressionSyntax call, IMethodSymbol method, CancellationToken cancellation) =>
        KindOf(method) != FactoryKind.None
        && CallClassifier.Classify(model, call, method, cancellation) == RefusalReason.None
        && !IsRecordedByDelegate(model, call, cancellation);

    /// <summary>The call of a factory that takes a delegate and adapts it; <see langword="null"/> if the delegate goes elsewhere.</summary>
    public static bool IsTaken(IMethodReferenceOperation reference, CancellationToken cancellation)
    {
        IOperation? taker = reference.Parent;
        while (taker is IDelegateCreationOperation or IConversionOperation or IArgumentOperation)
            taker = taker.Parent;
        return taker is IInvocationOperation { Syntax: InvocationExpressionSyntax call, SemanticModel: { } model } factory
            && IsAdapted(model, call, factory.TargetMethod, cancellation);
    }

    /// <summary>Whether what a factory is given records each call itself: a body that does, or a lambda that does nothing but make a recorded call.</summary>
    private static bool IsRecordedByDelegate(SemanticModel model, InvocationExpressionSyntax call, CancellationToken cancellation) =>
        model.GetOperation(call, cancellation) is IInvocationOperation factory
        && factory.Arguments.Any(argument => argument.Value.Type?.SpecialType == SpecialType.System_Delegate && RecordsEachCall(model, argument.Value, cancellation));

    private static bool RecordsEachCall(SemanticModel model, IOperation value, CancellationToken cancellation) => value switch
    {
        IConversionOperation conversion => RecordsEachCall(model, conversion.Operand, cancellation),
        IDelegateCreationOperation creation => RecordsEachCall(model, creation.Target, cancellation),
        IMethodReferenceOperation reference => RecordedBody.RecordsItself((reference.Method.ReducedFrom ?? reference.Method).OriginalDefinition),
        IAnonymousFunctionOperation lambda => OnlyCallIn(lambda.Body.Operations) is { } inner && IsRecorded(model, inner, cancellation),
        _ => false,
    };

    /// <summary>The call that is all that a lambda does, awaited or not.</summary>
    private static IInvocationOperation? OnlyCallIn(ImmutableArray<IOperation> statements)
    {
        IOperation? only = statements.FirstOrDefault(static s => !s.IsImplicit || s is IReturnOperation { ReturnedValue: not null } or IExpressionStatementOperation);
        if (only is null || statements.Count(static s => !s.IsImplicit) > 1)
            return null;
        IOperation? value = only switch
        {
            IReturnOperation returned => returned.ReturnedValue,
            IExpressionStatementOperation statement => statement.Operation,
            _ => null,
        };
        while (value is IConversionOperation or IAwaitOperation)
            value = value is IConversionOperation conversion ? conversion.Operand : ((IAwaitOperation)value).Operation;
        return value as IInvocationOperation;
    }

    private static bool IsRecorded(SemanticModel model, IInvocationOperation inner, CancellationToken cancellation)
    {
        IMethodSymbol method = inner.TargetMethod;
        if (RecordedMethod.OfDeclaration(method) is null)
            return false;
        return RecordedBody.RecordsItself((method.ReducedFrom ?? method).OriginalDefinition)
            || (inner.Syntax is InvocationExpressionSyntax call && CallClassifier.Classify(model, call, method, cancellation) == RefusalReason.None);
    }

    private static bool Is(INamedTypeSymbol type, string fullName) => type.ToDisplayString() == fullName;
}
