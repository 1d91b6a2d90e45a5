using AgentOps.Generators.Calls;
using AgentOps.Generators.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentOps.Generators.Bodies;

/// <summary>
/// Methods that record in their own body: partial ones with an attribute, whose body is generated around a method of the same
/// signature that does the work, <c>Search</c> around <c>SearchCore</c>. Whoever calls them, the call is recorded.
/// </summary>
internal static class RecordedBody
{
    /// <summary>What the name of the method that does the work ends in.</summary>
    public const string CoreSuffix = "Core";

    /// <summary>The name of the method that does the work.</summary>
    public static string CoreNameOf(IMethodSymbol method) => method.Name + CoreSuffix;

    /// <summary>
    /// Whether a method records its calls itself, so that nobody else need: by the mark on its generated part, or because that part
    /// is about to be generated.
    /// </summary>
    public static bool RecordsItself(IMethodSymbol definition)
    {
        if (definition.MethodKind != MethodKind.Ordinary)
            return false;
        if (IsMarked(definition) || (definition.PartialImplementationPart is { } part && IsMarked(part)))
            return true;
        return IsWithoutBody(definition) && RecordedMethod.IsMarked(definition) && FindCore(definition) is not null && CanRecord(definition);
    }

    /// <summary>Whether the method is partial and nobody has written its body.</summary>
    public static bool IsWithoutBody(IMethodSymbol method) => method is { IsPartialDefinition: true, PartialImplementationPart: null };

    /// <summary>Whether a body can be written for the method, be it one that records or not: all types around it must be partial, and known outside their file.</summary>
    public static INamedTypeSymbol? FindObstacle(IMethodSymbol method, CancellationToken cancellation)
    {
        for (INamedTypeSymbol? type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            if (type.IsFileLocal || !type.DeclaringSyntaxReferences.All(reference =>
                    reference.GetSyntax(cancellation) is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(Microsoft.CodeAnalysis.CSharp.SyntaxKind.PartialKeyword)))
            {
                return type;
            }
        }
        return null;
    }

    /// <summary>The method that does the work; <see langword="null"/> if there is none of the same signature.</summary>
    public static IMethodSymbol? FindCore(IMethodSymbol method) =>
        method.ContainingType.GetMembers(CoreNameOf(method)).OfType<IMethodSymbol>().FirstOrDefault(core => HasSignatureOf(core, method));

    /// <summary>Whether a method does the work of one that records in its body.</summary>
    public static bool DoesWorkOfRecorded(IMethodSymbol core)
    {
        if (!core.Name.EndsWith(CoreSuffix, StringComparison.Ordinal))
            return false;
        return core.ContainingType.GetMembers(core.Name.Substring(0, core.Name.Length - CoreSuffix.Length)).OfType<IMethodSymbol>().Any(
            method => RecordsItself(method) && SymbolEqualityComparer.Default.Equals(FindCore(method), core));
    }

    /// <summary>
    /// Whether what the signature needs can be written outside the type. Parameters need not: what cannot be named is recorded by
    /// the name of its type.
    /// </summary>
    public static bool CanRecord(IMethodSymbol method) =>
        !method.IsVararg
        && method.ContainingType is { IsRefLikeType: false }
        && method.ReturnType is not (IPointerTypeSymbol or IFunctionPointerTypeSymbol)
        && method.Parameters.All(static p => p.Type is not (IPointerTypeSymbol or IFunctionPointerTypeSymbol) && !(p.Type is IDynamicTypeSymbol && p.RefKind != RefKind.None))
        && IsVisible(method.ReturnType)
        && TypeNames.TypeParametersOf(method).All(static p => p.ConstraintTypes.All(IsVisible))
        && TypeNames.TypeParametersOf(method).Select(static p => p.Name).Distinct(StringComparer.Ordinal).Count() == TypeNames.TypeParametersOf(method).Count;

    private static bool IsMarked(IMethodSymbol method) => method.GetAttributes().Any(static a => a.AttributeClass is
    {
        Name: "RecordedBodyAttribute",
        ContainingNamespace: { Name: "Recording", ContainingNamespace: { Name: RecordedAttributeNames.Namespace, ContainingNamespace.IsGlobalNamespace: true } },
    });

    private static bool HasSignatureOf(IMethodSymbol core, IMethodSymbol method)
    {
        if (core.MethodKind != MethodKind.Ordinary || core.IsStatic != method.IsStatic || core.Arity != method.Arity || core.Parameters.Length != method.Parameters.Length
            || core.RefKind != method.RefKind || !HasConstraintsOf(core, method))
        {
            return false;
        }
        IMethodSymbol same = core.Arity == 0 ? core : core.Construct([.. method.TypeParameters]);
        return SymbolEqualityComparer.Default.Equals(same.ReturnType, method.ReturnType)
            && same.Parameters.Zip(method.Parameters, static (a, b) => a.RefKind == b.RefKind && SymbolEqualityComparer.Default.Equals(a.Type, b.Type)).All(static equal => equal);
    }

    private static bool HasConstraintsOf(IMethodSymbol core, IMethodSymbol method) =>
        core.TypeParameters.Zip(method.TypeParameters, static (a, b) =>
            a.HasReferenceTypeConstraint == b.HasReferenceTypeConstraint && a.HasValueTypeConstraint == b.HasValueTypeConstraint
            && a.HasUnmanagedTypeConstraint == b.HasUnmanagedTypeConstraint && a.HasConstructorConstraint == b.HasConstructorConstraint
            && a.HasNotNullConstraint == b.HasNotNullConstraint && a.AllowsRefLikeType == b.AllowsRefLikeType
            && a.ConstraintTypes.Length == b.ConstraintTypes.Length).All(static equal => equal);

    private static bool IsVisible(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol or IDynamicTypeSymbol => true,
        IArrayTypeSymbol array => IsVisible(array.ElementType),
        IErrorTypeSymbol => false,
        INamedTypeSymbol named => !named.IsFileLocal
            && named.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal
            && (named.ContainingType is null || IsVisible(named.ContainingType))
            && named.TypeArguments.All(IsVisible),
        _ => false,
    };
}
