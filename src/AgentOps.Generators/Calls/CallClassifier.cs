using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentOps.Generators.Calls;

/// <summary>
/// The one place that decides whether a call of a recorded method is intercepted. The generator acts on the decision and the
/// analyzer reports the refusals, so that every call is either recorded or diagnosed.
/// </summary>
internal static class CallClassifier
{
    /// <summary>Decides for a call that binds to a recorded method.</summary>
    public static RefusalReason Classify(
        SemanticModel model, InvocationExpressionSyntax call, IMethodSymbol method, CancellationToken cancellation)
    {
        if (OptOut.Covers(model, call, cancellation))
            return RefusalReason.OptedOut;
        if (method.MethodKind is not (MethodKind.Ordinary or MethodKind.ReducedExtension or MethodKind.ExplicitInterfaceImplementation))
            return RefusalReason.NotAnOrdinaryMethod;
        if (CallSyntax.NameOf(call) is null)
            return RefusalReason.UnsupportedSyntax;
        if (model.GetSymbolInfo(call, cancellation).CandidateReason == CandidateReason.LateBound)
            return RefusalReason.Dynamic;
        if (call.Expression is MemberAccessExpressionSyntax { Expression: BaseExpressionSyntax })
            return RefusalReason.BaseCall;
        RefusalReason receiver = ClassifyReceiver(model, call, method, cancellation);
        if (receiver != RefusalReason.None)
            return receiver;
        RefusalReason target = ClassifyTarget(model.Compilation, method);
        if (target != RefusalReason.None)
            return target;
        if (IsInExpressionTree(model, call, cancellation))
            return RefusalReason.ExpressionTree;
        return GenericRecursion.Is(method) ? RefusalReason.GenericRecursion : RefusalReason.None;
    }

    /// <summary>Decides what does not depend on how the method is called.</summary>
    public static RefusalReason ClassifyTarget(Compilation compilation, IMethodSymbol method)
    {
        IMethodSymbol definition = CalledMethod.DefinitionOf(method);
        if (CalledMethod.IsInExtensionBlock(definition))
            return RefusalReason.ExtensionBlock;
        if (definition.IsVararg || definition.ContainingType is not { TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.Interface })
            return RefusalReason.UnsupportedSignature;
        if (TypesOf(definition).Any(TypeNames.NeedsUnsafe) && compilation.Options is not CSharpCompilationOptions { AllowUnsafe: true })
            return RefusalReason.UnsupportedSignature;
        if (!SoundDeclaration.Is(definition))
            return RefusalReason.Unsound;
        if (!TypesOf(definition).All(type => TypeNames.CanName(compilation, type)))
            return RefusalReason.UnnameableType;
        if (MethodAccess.Of(compilation, definition) != MethodReach.None)
            return RefusalReason.None;
        return TypeNames.CanName(compilation, definition.ContainingType) ? RefusalReason.InaccessibleMethod : RefusalReason.UnnameableType;
    }

    /// <summary>The types that generated code must write to declare an interceptor: the type around the method only if an instance is passed.</summary>
    private static IEnumerable<ITypeSymbol> TypesOf(IMethodSymbol definition)
    {
        IEnumerable<ITypeSymbol> signature = definition.Parameters.Select(static p => p.Type).Prepend(definition.ReturnType);
        if (!definition.IsStatic)
            signature = signature.Prepend(definition.ContainingType);
        return signature.Concat(TypeNames.TypeParametersOf(definition).SelectMany(static p => p.ConstraintTypes));
    }

    private static RefusalReason ClassifyReceiver(
        SemanticModel model, InvocationExpressionSyntax call, IMethodSymbol method, CancellationToken cancellation)
    {
        if (method.IsStatic && (method.IsAbstract || method.IsVirtual) && method.ContainingType.TypeKind == TypeKind.Interface)
            return RefusalReason.TypeParameterReceiver;
        if (method.IsStatic || method.MethodKind == MethodKind.ReducedExtension || CalledMethod.IsInExtensionBlock(method))
            return RefusalReason.None;
        ExpressionSyntax? receiver = call.Expression switch
        {
            MemberAccessExpressionSyntax access => access.Expression,
            MemberBindingExpressionSyntax => (call.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>(a => a.WhenNotNull.Span.Contains(call.Span)))?.Expression,
            _ => null,
        };
        if (receiver is null)
            return RefusalReason.None;
        // Boxing a type parameter's value would lose what the call does to it; only reference types are safe.
        return model.GetTypeInfo(receiver, cancellation).Type is ITypeParameterSymbol { IsReferenceType: false }
            ? RefusalReason.TypeParameterReceiver
            : RefusalReason.None;
    }

    private static bool IsInExpressionTree(SemanticModel model, SyntaxNode call, CancellationToken cancellation)
    {
        for (SyntaxNode? node = call.Parent; node is not null and not MemberDeclarationSyntax; node = node.Parent)
        {
            if (node is LambdaExpressionSyntax lambda
                && model.GetTypeInfo(lambda, cancellation).ConvertedType is INamedTypeSymbol { IsGenericType: true } type
                && type.OriginalDefinition.MetadataName == "Expression`1"
                && type.ContainingNamespace.ToDisplayString() == "System.Linq.Expressions")
            {
                return true;
            }
            if (node is QueryExpressionSyntax query && IsQueryable(model, query, cancellation))
                return true;
        }
        return false;
    }

    private static bool IsQueryable(SemanticModel model, QueryExpressionSyntax query, CancellationToken cancellation) =>
        model.GetTypeInfo(query.FromClause.Expression, cancellation).Type is { } source
        && (source.MetadataName is "IQueryable`1" or "IQueryable" || source.AllInterfaces.Any(static i => i.MetadataName == "IQueryable"));
}
