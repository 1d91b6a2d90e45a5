using AgentOps.Generators.Calls;
using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Emit;

/// <summary>
/// The signature that an interceptor of a method must have, and how it calls the method: every parameter is passed on
/// explicitly, since defaults and caller information were settled at the original call.
/// </summary>
internal sealed class TargetSignature
{
    public TargetSignature(IMethodSymbol method)
    {
        bool hasReceiver = !method.IsStatic;
        HashSet<string> taken = [.. method.Parameters.Select(static p => p.Name)];
        Receiver = Identifiers.Unique("self", taken);
        ReturnType = method.ReturnsVoid ? "void" : TypeNames.Full(method.ReturnType);

        IReadOnlyList<ITypeParameterSymbol> typeParameters = TypeNames.TypeParametersOf(method);
        TypeParameters = TypeParameterText.Listed(typeParameters);
        Constraints = TypeParameterText.Constraints(typeParameters);

        var declared = new List<string>();
        var passed = new List<string>();
        string receiverPass = "";
        if (hasReceiver)
        {
            string kind = ReceiverKind(method);
            receiverPass = kind + Receiver;
            declared.Add($"{kind}{TypeNames.Full(method.ContainingType)} {Receiver}");
            passed.Add(receiverPass);
        }
        var forwarded = new List<string>();
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            string name = Identifiers.Escape(parameter.Name);
            string isParams = parameter.IsParams ? "params " : "";
            string scoped = parameter.ScopedKind != ScopedKind.None && parameter.RefKind != RefKind.Out && !parameter.IsParams && !parameter.IsThis ? "scoped " : "";
            declared.Add($"{isParams}{scoped}{Modifier(parameter.RefKind)}{TypeNames.Full(parameter.Type)} {name}");
            // A dynamic argument would have the call bound at run time.
            string argument = parameter.Type is IDynamicTypeSymbol ? "(object?)" + name : Argument(parameter.RefKind) + name;
            passed.Add(argument);
            forwarded.Add(argument);
        }
        Parameters = declared;
        PassingOn = passed;
        bool isExtension = hasReceiver || method.IsExtensionMethod;
        ParametersWithThis = string.Join(", ", declared.Select((text, i) => i == 0 && isExtension ? "this " + text : text));
        string methodTypeArguments = TypeParameterText.Listed(method.TypeParameters);
        string on = hasReceiver ? Receiver : TypeNames.Full(method.ContainingType);
        Forward = $"{on}.{Identifiers.Escape(method.Name)}{methodTypeArguments}({string.Join(", ", forwarded)})";
        IParameterSymbol? session = method.Parameters.FirstOrDefault(static p =>
            p.RefKind == RefKind.None && p.Type is { Name: "Session", ContainingNamespace: { Name: "AgentOps", ContainingNamespace.IsGlobalNamespace: true } });
        SessionParameter = session is null ? null : Identifiers.Escape(session.Name);
    }

    /// <summary>The name of the receiver's parameter.</summary>
    public string Receiver { get; }

    public string ReturnType { get; }

    /// <summary>Type parameters of the containing types and the method, in angle brackets; empty if there are none.</summary>
    public string TypeParameters { get; }

    public IReadOnlyList<string> Constraints { get; }

    public IReadOnlyList<string> Parameters { get; }

    /// <summary>The parameters as an interceptor declares them.</summary>
    public string ParametersWithThis { get; }

    /// <summary>The arguments with which one generated method calls the other.</summary>
    public IReadOnlyList<string> PassingOn { get; }

    /// <summary>The call of the user's method.</summary>
    public string Forward { get; }

    /// <summary>The parameter that brings a session of its own.</summary>
    public string? SessionParameter { get; }

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
