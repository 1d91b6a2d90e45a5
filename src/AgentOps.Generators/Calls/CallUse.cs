using AgentOps.Generators.Adapters;
using AgentOps.Generators.Declarations;
using AgentOps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AgentOps.Generators.Calls;

/// <summary>A place that uses a recorded method, and what becomes of it. Of a dynamic receiver no more is known than the method's name.</summary>
internal sealed record CallUse(RefusalReason Outcome, SyntaxNode Place, string MethodName, IMethodSymbol? Method, RecordedMethod? Recorded);

/// <summary>Finds uses of recorded methods in operations. The analyzer reports what it finds, and the report of a build counts it.</summary>
internal static class CallUses
{
    public static CallUse? OfInvocation(IInvocationOperation operation, CancellationToken cancellation)
    {
        IMethodSymbol method = operation.TargetMethod;
        if (RecordedMethod.Of(method) is not { } recorded)
            return null;
        if (operation.Syntax is not InvocationExpressionSyntax call)
            return Refused(operation.SemanticModel!, RefusalReason.UnsupportedSyntax, operation.Syntax, method, recorded, cancellation);
        RefusalReason outcome = CallClassifier.Classify(operation.SemanticModel!, call, method, cancellation);
        return new CallUse(outcome, CallSyntax.PlaceOf(call), method.Name, method, recorded);
    }

    /// <summary>A method that becomes a delegate.</summary>
    public static CallUse? OfReference(IMethodReferenceOperation operation, CancellationToken cancellation) =>
        RecordedMethod.Of(operation.Method) is { } recorded && !Factory.IsTaken(operation, cancellation)
            ? Refused(operation.SemanticModel!, RefusalReason.MethodGroup, operation.Syntax, operation.Method, recorded, cancellation)
            : null;

    /// <param name="operation">A call with a dynamic receiver or argument.</param>
    /// <param name="ownNames">The recorded names of the project: of a dynamic receiver nothing but the called name is known.</param>
    /// <param name="cancellation">Ends the search.</param>
    public static CallUse? OfDynamic(IDynamicInvocationOperation operation, Func<RecordedNames> ownNames, CancellationToken cancellation)
    {
        SemanticModel model = operation.SemanticModel!;
        SymbolInfo symbols = model.GetSymbolInfo(operation.Syntax, cancellation);
        // An only candidate is the symbol, although the call is bound to it at run time.
        foreach (ISymbol candidate in symbols.Symbol is { } only ? [only] : symbols.CandidateSymbols)
        {
            if (candidate is IMethodSymbol method && RecordedMethod.Of(method) is { } recorded)
                return Refused(model, RefusalReason.Dynamic, operation.Syntax, method, recorded, cancellation);
        }
        if (operation is not { Operation: IDynamicMemberReferenceOperation member, Syntax: InvocationExpressionSyntax call } || !ownNames().Contains(member.MemberName))
            return null;
        RefusalReason outcome = OptOut.Covers(model, call, cancellation) ? RefusalReason.OptedOut : RefusalReason.Dynamic;
        return new CallUse(outcome, CallSyntax.PlaceOf(call), member.MemberName, null, null);
    }

    /// <summary>A call that the compiler makes for syntax that is none.</summary>
    public static CallUse? OfCompilerMade(IOperation operation, CancellationToken cancellation)
    {
        foreach ((IMethodSymbol method, SyntaxNode place) in CompilerMadeCalls.Of(operation))
        {
            if (RecordedMethod.Of(method) is { } recorded)
                return Refused(operation.SemanticModel!, RefusalReason.UnsupportedSyntax, place, method, recorded, cancellation);
        }
        return null;
    }

    private static CallUse Refused(
        SemanticModel model, RefusalReason reason, SyntaxNode place, IMethodSymbol method, RecordedMethod recorded, CancellationToken cancellation) =>
        new(OptOut.Covers(model, place, cancellation) ? RefusalReason.OptedOut : reason, place, method.Name, method, recorded);
}
