using AgentOps.Generators.Calls;
using AgentOps.Generators.Support;
using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Emit;

/// <summary>
/// A declaration that the runtime binds to a private or protected method. Virtual methods stay virtual. Type parameters of the
/// method's type must be those of the type that declares the accessor, so a generic one gets a holder.
/// </summary>
internal sealed class MethodAccessor
{
    private const string InHolder = "Invoke";

    private readonly IMethodSymbol _method;
    private readonly string _name;
    private readonly string _declaration;
    private readonly List<ITypeParameterSymbol> _typeParameters;

    /// <param name="method">The method.</param>
    /// <param name="reach">Whether its type can be named.</param>
    /// <param name="name">What the accessor is called.</param>
    /// <param name="signature">The method's parameters as generated code declares and passes them.</param>
    /// <param name="compilation">Where the call stands.</param>
    public MethodAccessor(IMethodSymbol method, MethodReach reach, string name, TargetSignature signature, Compilation compilation)
    {
        _method = method;
        _name = name;
        _typeParameters = TypeNames.TypeParametersOf(method.ContainingType);
        string own = TypeParameterText.Listed(method.TypeParameters);
        IEnumerable<string> declared = signature.Parameters.Select(static p => p.StartsWith("params ", StringComparison.Ordinal) ? p.Substring("params ".Length) : p);
        IEnumerable<string> passed = signature.PassingOn;
        if (method.IsStatic)
        {
            // The first parameter says whose method it is; nobody looks at its value.
            string target = Identifiers.Unique("target", [.. method.Parameters.Select(GeneratedNames.Of)]);
            declared = declared.Prepend(reach == MethodReach.AccessorByTypeName
                ? $"[UnsafeAccessorType({Literals.Text(ReflectionName(method.ContainingType, compilation))})] object? {target}"
                : $"{TypeNames.Full(method.ContainingType)}{(method.ContainingType.IsReferenceType ? "?" : "")} {target}");
            passed = passed.Prepend(reach == MethodReach.AccessorByTypeName || method.ContainingType.IsReferenceType ? "null" : "default");
        }
        string member = IsInHolder ? InHolder : name;
        _declaration = $"public static extern {signature.ReturnType} {member}{own}({string.Join(", ", declared)})";
        Call = $"{(IsInHolder ? $"{name}{TypeParameterText.Listed(_typeParameters)}." : "")}{member}{own}({string.Join(", ", passed)})";
    }

    /// <summary>The call of the method through the accessor.</summary>
    public string Call { get; }

    private bool IsInHolder => _typeParameters.Count > 0;

    public void Emit(SourceWriter output)
    {
        if (IsInHolder)
        {
            output.Line($"private static class {_name}{TypeParameterText.Listed(_typeParameters)}");
            foreach (string constraint in TypeParameterText.Constraints(_typeParameters))
                output.Line("    " + constraint);
            output.Open();
        }
        output.Line("[StackTraceHidden, DebuggerStepThrough]");
        output.Line($"[UnsafeAccessor(UnsafeAccessorKind.{(_method.IsStatic ? "StaticMethod" : "Method")}, Name = {Literals.Text(_method.MetadataName)})]");
        IReadOnlyList<string> constraints = TypeParameterText.Constraints(_method.TypeParameters);
        output.Line(_declaration + (constraints.Count == 0 ? ";" : ""));
        for (int i = 0; i < constraints.Count; i++)
            output.Line($"    {constraints[i]}{(i == constraints.Count - 1 ? ";" : "")}");
        if (IsInHolder)
            output.Close();
        output.Line();
    }

    /// <summary>The type's name as reflection has it; its arguments are the holder's parameters.</summary>
    private static string ReflectionName(INamedTypeSymbol type, Compilation compilation)
    {
        string name = type.MetadataName;
        for (INamedTypeSymbol? outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
            name = $"{outer.MetadataName}+{name}";
        if (!type.ContainingNamespace.IsGlobalNamespace)
            name = $"{type.ContainingNamespace.ToDisplayString()}.{name}";
        int arity = TypeNames.TypeParametersOf(type).Count;
        if (arity > 0)
            name += $"[{string.Join(",", Enumerable.Range(0, arity).Select(static i => $"[!{i}]"))}]";
        return SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly) ? name : $"{name}, {type.ContainingAssembly.Identity.Name}";
    }
}
