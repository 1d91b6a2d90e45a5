using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Calls;

/// <summary>The way in which generated code calls a method.</summary>
internal enum MethodReach
{
    /// <summary>By its name.</summary>
    Direct,

    /// <summary>Through an accessor that the runtime binds: the method is private or protected.</summary>
    Accessor,

    /// <summary>Through an accessor that names the type as text: it cannot be a parameter's type, being static or private itself.</summary>
    AccessorByTypeName,

    /// <summary>Not at all on this target framework.</summary>
    None,
}

/// <summary>Finds the way to a method.</summary>
internal static class MethodAccess
{
    private const string Accessor = "System.Runtime.CompilerServices.UnsafeAccessorAttribute";
    private const string AccessorByTypeName = "System.Runtime.CompilerServices.UnsafeAccessorTypeAttribute";

    /// <summary>The first framework whose accessors may be generic; nothing but its version tells.</summary>
    private const int GenericAccessors = 9;

    /// <summary>The way to a method's definition.</summary>
    public static MethodReach Of(Compilation compilation, IMethodSymbol definition)
    {
        bool isNameable = TypeNames.CanName(compilation, definition.ContainingType);
        if (isNameable && compilation.IsSymbolAccessibleWithin(definition, compilation.Assembly))
            return MethodReach.Direct;
        if (!isNameable || definition.ContainingType.IsStatic)
            return definition.IsStatic && Has(compilation, AccessorByTypeName) ? MethodReach.AccessorByTypeName : MethodReach.None;
        if (!Has(compilation, Accessor))
            return MethodReach.None;
        return TypeNames.TypeParametersOf(definition).Count == 0 || FrameworkOf(compilation) >= GenericAccessors ? MethodReach.Accessor : MethodReach.None;
    }

    /// <summary>Whether the framework itself has it: one of the same name elsewhere means nothing to the runtime.</summary>
    private static bool Has(Compilation compilation, string attribute) => CoreLibraryOf(compilation).GetTypeByMetadataName(attribute) is not null;

    private static int FrameworkOf(Compilation compilation) => CoreLibraryOf(compilation).Identity.Version.Major;

    private static IAssemblySymbol CoreLibraryOf(Compilation compilation) => compilation.GetSpecialType(SpecialType.System_Object).ContainingAssembly;
}
