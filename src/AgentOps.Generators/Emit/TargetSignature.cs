using AgentOps.Generators.Calls;
using AgentOps.Generators.Support;
using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Emit;

/// <summary>
/// The signature that an interceptor of a method must have, and how it calls the method: every parameter is passed on
/// explicitly, since defaults and caller information were settled at the original call.
/// </summary>
internal sealed class TargetSignature
{
    private readonly MethodAccessor? _accessor;

    /// <summary>Of a method that may have to be reached in a roundabout way.</summary>
    /// <param name="method">The method.</param>
    /// <param name="reach">How it is called.</param>
    /// <param name="name">What the names of members made for the method end in.</param>
    /// <param name="compilation">Where the call stands.</param>
    public TargetSignature(IMethodSymbol method, MethodReach reach, string name, Compilation compilation)
        : this(method)
    {
        if (reach == MethodReach.Direct)
            return;
        _accessor = new MethodAccessor(method, reach, "Access_" + name, this, compilation);
        Forward = _accessor.Call;
    }

    /// <summary>Of a method that can be called by its name.</summary>
    /// <param name="method">The method.</param>
    /// <param name="core">The name of the method of the same signature that does its work, if its own body is written.</param>
    /// <param name="receiver">The expression of the instance, if it is no parameter.</param>
    public TargetSignature(IMethodSymbol method, string? core = null, string? receiver = null)
    {
        bool hasReceiver = !method.IsStatic;
        HashSet<string> taken = [.. method.Parameters.Select(GeneratedNames.Of)];
        Receiver = receiver ?? (core is null ? Identifiers.Unique("self", taken) : "this");
        ReturnType = ByReference(method) + (method.ReturnsVoid ? "void" : TypeNames.Full(method.ReturnType));
        IsByReference = method.ReturnsByRef || method.ReturnsByRefReadonly;
        ReturnsInReach = IsByReference || MayBeRefStruct(method.ReturnType);
        NeedsUnsafe = TypeNames.NeedsUnsafe(method.ReturnType) || method.Parameters.Any(static p => TypeNames.NeedsUnsafe(p.Type));

        IReadOnlyList<ITypeParameterSymbol> typeParameters = TypeNames.TypeParametersOf(method);
        TypeParameters = TypeParameterText.Listed(typeParameters);
        Constraints = TypeParameterText.Constraints(typeParameters);

        var declared = new List<string>();
        var passed = new List<string>();
        if (hasReceiver)
        {
            string kind = ReceiverKind(method);
            declared.Add($"{kind}{TypeNames.Full(method.ContainingType)} {Receiver}");
            passed.Add(kind + Receiver);
        }
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            declared.Add(Declaration(parameter));
            passed.Add(Argument(parameter));
        }
        Parameters = declared;
        OwnParameters = string.Join(", ", declared.Skip(hasReceiver ? 1 : 0).Select((text, i) => i == 0 && method.IsExtensionMethod ? "this " + text : text));
        PassingOn = passed;
        bool isExtension = hasReceiver || method.IsExtensionMethod;
        ParametersWithThis = string.Join(", ", declared.Select((text, i) => i == 0 && isExtension ? "this " + text : text));
        string on = hasReceiver ? Receiver : TypeNames.Full(method.ContainingType);
        Forward = $"{on}.{Identifiers.Escape(core ?? method.Name)}{TypeParameterText.Listed(method.TypeParameters)}({string.Join(", ", passed.Skip(hasReceiver ? 1 : 0))})";
        IParameterSymbol? session = method.Parameters.FirstOrDefault(static p =>
            p.RefKind == RefKind.None && p.Type is { Name: "Session", ContainingNamespace: { Name: "AgentOps", ContainingNamespace.IsGlobalNamespace: true } });
        SessionParameter = session is null ? null : NameOf(session);
    }

    /// <summary>The name of the receiver's parameter.</summary>
    public string Receiver { get; }

    /// <summary>With <c>ref</c> or <c>ref readonly</c>, if it is one.</summary>
    public string ReturnType { get; }

    /// <summary>Whether a variable comes back, not a value.</summary>
    public bool IsByReference { get; }

    /// <summary>Whether what comes back may point into the arguments: then only what the call itself initialises may hold it.</summary>
    public bool ReturnsInReach { get; }

    /// <summary>Whether pointers occur.</summary>
    public bool NeedsUnsafe { get; }

    /// <summary>Type parameters of the containing types and the method, in angle brackets; empty if there are none.</summary>
    public string TypeParameters { get; }

    public IReadOnlyList<string> Constraints { get; }

    public IReadOnlyList<string> Parameters { get; }

    /// <summary>The parameters as the method itself declares them, without defaults.</summary>
    public string OwnParameters { get; }

    /// <summary>The parameters as an interceptor declares them.</summary>
    public string ParametersWithThis { get; }

    /// <summary>The arguments with which one generated method calls the other.</summary>
    public IReadOnlyList<string> PassingOn { get; }

    /// <summary>The call of the user's method.</summary>
    public string Forward { get; }

    /// <summary>The call as something to return or to initialise with.</summary>
    public string ForwardedValue => IsByReference ? "ref " + Forward : Forward;

    /// <summary>The parameter that brings a session of its own.</summary>
    public string? SessionParameter { get; }

    /// <summary>A parameter's name as it is written in code.</summary>
    public static string NameOf(IParameterSymbol parameter) => Identifiers.Escape(GeneratedNames.Of(parameter));

    /// <summary>Writes what the call goes through, if it needs that.</summary>
    public void EmitAccessor(SourceWriter output) => _accessor?.Emit(output);

    private static string Declaration(IParameterSymbol parameter)
    {
        bool isScoped = parameter.ScopedKind != ScopedKind.None && parameter.RefKind != RefKind.Out && !parameter.IsParams && !parameter.IsThis;
        // An out parameter is scoped unless it says otherwise.
        string unscoped = parameter is { RefKind: RefKind.Out, ScopedKind: ScopedKind.None } ? "[global::System.Diagnostics.CodeAnalysis.UnscopedRef] " : "";
        return $"{unscoped}{(parameter.IsParams ? "params " : "")}{(isScoped ? "scoped " : "")}{Modifier(parameter.RefKind)}{TypeOf(parameter)} {NameOf(parameter)}";
    }

    /// <summary>A dynamic argument would have the call bound at run time; a variable that is passed on cannot be cast, but may be declared an object.</summary>
    private static string TypeOf(IParameterSymbol parameter) =>
        parameter is { RefKind: not RefKind.None, Type: IDynamicTypeSymbol } ? "object?" : TypeNames.Full(parameter.Type);

    private static string Argument(IParameterSymbol parameter) =>
        parameter is { RefKind: RefKind.None, Type: IDynamicTypeSymbol } ? "(object?)" + NameOf(parameter) : Argument(parameter.RefKind) + NameOf(parameter);

    private static bool MayBeRefStruct(ITypeSymbol type) => type.IsRefLikeType || type is ITypeParameterSymbol { AllowsRefLikeType: true };

    private static string ByReference(IMethodSymbol method) => method.ReturnsByRefReadonly ? "ref readonly " : method.ReturnsByRef ? "ref " : "";

    private static string ReceiverKind(IMethodSymbol method)
    {
        if (!method.ContainingType.IsValueType)
            return "";
        return method.IsReadOnly || method.ContainingType.IsReadOnly ? "in " : "ref ";
    }

    private static string Modifier(RefKind kind) => kind switch
    {
        RefKind.Ref => "ref ",
        RefKind.Out => "out ",
        RefKind.In => "in ",
        RefKind.RefReadOnlyParameter => "ref readonly ",
        _ => "",
    };

    private static string Argument(RefKind kind) => kind switch
    {
        RefKind.Ref => "ref ",
        RefKind.Out => "out ",
        RefKind.In or RefKind.RefReadOnlyParameter => "in ",
        _ => "",
    };
}
