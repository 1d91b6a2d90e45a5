using AgentOps.Generators.Calls;
using AgentOps.Generators.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentOps.Generators.Decorators;

/// <summary>
/// Generic interfaces as they are named in calls of <c>Recorded.Wrap</c> and <c>AddRecorded</c>: only there is it known for which
/// arguments a decorator is needed, and without code that is made at run time each must be written out.
/// </summary>
internal static class DecoratorInstantiation
{
    private const string Wrap = "Wrap";
    public const string Add = "AddRecorded";

    /// <summary>What a file must mention.</summary>
    public static readonly string[] Mentioned = [Wrap, Add];

    /// <summary>Whether a call may name an interface to decorate.</summary>
    public static bool MayBe(SimpleNameSyntax method) => method.Identifier.ValueText is Wrap or Add;

    /// <summary>The closed generic interface that a call names; <see langword="null"/> if it names none that has a decorator here.</summary>
    public static INamedTypeSymbol? Of(SemanticModel model, InvocationExpressionSyntax call, CancellationToken cancellation)
    {
        // The method that registers services is generated, and cannot be bound yet; its type arguments can.
        ITypeSymbol? named = CallSyntax.NameOf(call) is GenericNameSyntax { TypeArgumentList.Arguments: { Count: > 0 } arguments }
            ? model.GetTypeInfo(arguments[0], cancellation).Type
            : (model.GetSymbolInfo(call, cancellation).Symbol as IMethodSymbol)?.TypeArguments.FirstOrDefault();
        return named is INamedTypeSymbol { TypeKind: TypeKind.Interface } type
            && TypeNames.TypeParametersOf(type.OriginalDefinition).Count > 0
            && SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, model.Compilation.Assembly)
            && DecoratorMembers.IsMarked(type.OriginalDefinition) && TypeNames.CanName(model.Compilation, type) && IsClosed(type)
            && DecoratorMembers.Of(model.Compilation, type).All(static m => m.Treatment != MemberTreatment.Impossible)
            ? type
            : null;
    }

    /// <summary>The module initialiser that registers the decorators.</summary>
    public static void EmitRegistrations(SourceWriter output, IEnumerable<INamedTypeSymbol> types)
    {
        string[] registrations = [.. types.Select(RegistrationOf).Distinct(StringComparer.Ordinal)];
        if (registrations.Length == 0)
            return;
        output.Line("[ModuleInitializer]");
        output.Open("internal static void RegisterDecorators()");
        foreach (string registration in registrations)
            output.Line(registration);
        output.Close();
        output.Line();
    }

    private static string RegistrationOf(INamedTypeSymbol type)
    {
        string name = $"global::{DecoratorName.NamespaceOf(type)}.{DecoratorName.Of(type)}<{string.Join(", ", TypeNames.TypeArgumentsOf(type).Select(TypeNames.Full))}>";
        return $"RecordedInterfaces.Register<{TypeNames.Full(type)}>(static inner => new {name}(inner));";
    }

    private static bool IsClosed(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol => false,
        IArrayTypeSymbol array => IsClosed(array.ElementType),
        INamedTypeSymbol named => TypeNames.TypeArgumentsOf(named).All(IsClosed),
        _ => true,
    };
}
