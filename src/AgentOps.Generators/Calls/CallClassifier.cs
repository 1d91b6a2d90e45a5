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
        return IsInExpressionTree(model, call, cancellation) ? RefusalReason.ExpressionTree : RefusalReason.None;
    }

    /// <summary>Decides what does not depend on how the method is called.</summary>
    public static RefusalReason ClassifyTarget(Compilation compilation, IMethodSymbol method)
    {
        IMethodSymbol definition = (method.ReducedFrom ?? method).OriginalDefinition;
        if (definition.ContainingType is { TypeKind: TypeKind.Extension })
            return RefusalReason.ExtensionBlock;
        if (definition.IsVararg || definition.ReturnsByRef || definition.ReturnsByRefReadonly || definition.ReturnType.IsRefLikeType)
            return RefusalReason.UnsupportedSignature;
        if (definition.ContainingType is not { TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.Interface } type || type.IsRefLikeType)
            return RefusalReason.UnsupportedSignature;
        foreach (IParameterSymbol parameter in definition.Parameters)
        {
            if (parameter.Type is IPointerTypeSymbol or IFunctionPointerTypeSymbol
                || (parameter.Type is IDynamicTypeSymbol && parameter.RefKind != RefKind.None))
                return RefusalReason.UnsupportedSignature;
        }
        if (!SoundDeclaration.Is(definition))
            return RefusalReason.Unsound;
        if (HasShadowedTypeParameter(definition))
            return RefusalReason.UnnameableType;
        if (!TypeNames.CanName(compilation, definition.ContainingType) || !TypeNames.CanName(compilation, definition.ReturnType)
            || definition.Parameters.Any(p => !TypeNames.CanName(compilation, p.Type)))
        {
            return RefusalReason.UnnameableType;
        }
        return compilation.IsSymbolAccessibleWithin(definition, compilation.Assembly) ? RefusalReason.None : RefusalReason.InaccessibleMethod;
    }

    private static RefusalReason ClassifyReceiver(
        SemanticModel model, InvocationExpressionSyntax call, IMethodSymbol method, CancellationToken cancellation)
    {
        if (method.IsStatic && (method.IsAbstract || method.IsVirtual) && method.ContainingType.TypeKind == TypeKind.Interface)
            return RefusalReason.TypeParameterReceiver;
        if (method.IsStatic || method.MethodKind == MethodKind.ReducedExtension)
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

    private static bool HasShadowedTypeParameter(IMethodSymbol method)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (ITypeParameterSymbol parameter in TypeNames.TypeParametersOf(method))
        {
            if (!names.Add(parameter.Name))
                return true;
        }
        return false;
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
