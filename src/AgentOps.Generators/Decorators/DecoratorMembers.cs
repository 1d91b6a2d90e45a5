using AgentOps.Generators.Calls;
using AgentOps.Generators.Declarations;
using AgentOps.Generators.Support;
using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Decorators;

/// <summary>What a decorator does with a member of its interface.</summary>
internal enum MemberTreatment
{
    /// <summary>Nothing: no decorator need have it.</summary>
    None,

    /// <summary>Calls are recorded.</summary>
    Record,

    /// <summary>It is passed on to the inner instance, as it should be.</summary>
    PassOn,

    /// <summary>It is passed on, although its calls should be recorded.</summary>
    PassOnUnrecorded,

    /// <summary>No decorator can have it.</summary>
    Impossible,
}

/// <summary>The one place that decides what a decorator does with each member. The generator acts on it and the analyzer reports it.</summary>
internal static class DecoratorMembers
{
    /// <summary>Whether an interface is to have a decorator.</summary>
    public static bool IsMarked(INamedTypeSymbol type) => type.GetAttributes().Any(static a => a.OwnName() == RecordedAttributeNames.Interface);

    /// <summary>Whether generated code can name the interface.</summary>
    public static bool CanName(Compilation compilation, INamedTypeSymbol type) => TypeNames.CanName(compilation, type) && HasDistinctTypeParameters(type);

    /// <summary>The members of an interface and of those it inherits, each with what becomes of it.</summary>
    public static IEnumerable<(ISymbol Member, MemberTreatment Treatment)> Of(Compilation compilation, INamedTypeSymbol type)
    {
        foreach (INamedTypeSymbol level in type.AllInterfaces.Insert(0, type))
        {
            if (IsDisposal(level))
                continue;
            foreach (ISymbol member in level.GetMembers())
            {
                if (TreatmentOf(compilation, member) is var treatment and not MemberTreatment.None)
                    yield return (member, treatment);
            }
        }
    }

    /// <summary>What is recorded of a method: what its attribute says, else that it was called.</summary>
    public static RecordedMethod RecordedAs(IMethodSymbol method) => RecordedMethod.OfDeclaration(method) ?? RecordedMethod.AsAction(method);

    private static MemberTreatment TreatmentOf(Compilation compilation, ISymbol member)
    {
        if (member is not (IMethodSymbol { MethodKind: MethodKind.Ordinary } or IPropertySymbol or IEventSymbol) || (!member.IsAbstract && !member.IsVirtual))
            return MemberTreatment.None;
        bool isReachable = !member.IsStatic && compilation.IsSymbolAccessibleWithin(member, compilation.Assembly)
            && member.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal;
        if (!isReachable)
            return member.IsAbstract ? MemberTreatment.Impossible : MemberTreatment.None;
        if (member is not IMethodSymbol method || OptOut.IsMarked(method))
            return MemberTreatment.PassOn;
        return CallClassifier.ClassifyTarget(compilation, method) == RefusalReason.None ? MemberTreatment.Record : MemberTreatment.PassOnUnrecorded;
    }

    private static bool IsDisposal(INamedTypeSymbol type) => type.SpecialType == SpecialType.System_IDisposable || type.ToDisplayString() == "System.IAsyncDisposable";

    private static bool HasDistinctTypeParameters(INamedTypeSymbol type)
    {
        List<ITypeParameterSymbol> all = TypeNames.TypeParametersOf(type);
        return all.Select(static p => p.Name).Distinct(StringComparer.Ordinal).Count() == all.Count;
    }
}
