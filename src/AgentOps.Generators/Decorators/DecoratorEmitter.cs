using AgentOps.Generators.Calls;
using AgentOps.Generators.Declarations;
using AgentOps.Generators.Emit;
using AgentOps.Generators.Support;
using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Decorators;

/// <summary>Writes the decorator of one interface, and a holder for what its methods need.</summary>
internal sealed class DecoratorEmitter
{
    private readonly INamedTypeSymbol _type;
    private readonly FileIdentity _file;
    private readonly DeclarationShape _shape;
    private readonly Compilation _compilation;
    private readonly CancellationToken _cancellation;
    private readonly EncoderSet _encoders;
    private readonly List<(TargetEmitter Target, RecordedMethod Recorded, int Line)> _targets = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly string _name;
    private readonly string _holder;

    public DecoratorEmitter(INamedTypeSymbol type, FileIdentity file, Compilation compilation, DeclarationShape shape, CancellationToken cancellation)
    {
        _shape = shape;
        _type = type;
        _file = file;
        _compilation = compilation;
        _cancellation = cancellation;
        _name = DecoratorName.Of(type);
        _holder = _name + "Calls";
        _encoders = new EncoderSet(compilation, RecordingPlace.Beside(_holder));
    }

    private string TypeParameters => TypeParameterText.Listed(TypeNames.TypeParametersOf(_type));

    /// <summary>Writes all of it. In a project that is switched off the interface's instances stay as they are.</summary>
    public void Emit(SourceWriter output)
    {
        bool isRecording = _shape.Environment.CanEmitRecording;
        GeneratedFile.OpenNamespace(output, DecoratorName.NamespaceOf(_type));
        if (isRecording)
            EmitDecorator(output);
        EmitHolder(output, isRecording);
        output.Close();
    }

    private void EmitDecorator(SourceWriter output)
    {
        string inner = TypeNames.Full(_type);
        output.Line($"// Records the calls that go through {TypeNames.Short(_type)}.");
        output.Line("[global::System.Obsolete]");
        output.Line($"internal sealed class {_name}{TypeParameters} : {inner}, IRecordsCalls, global::System.IDisposable, global::System.IAsyncDisposable");
        foreach (string constraint in TypeParameterText.Constraints(TypeNames.TypeParametersOf(_type)))
            output.Line("    " + constraint);
        output.Open();
        output.Line($"private readonly {inner} _inner;");
        output.Line();
        output.Line($"internal {_name}({inner} inner) => _inner = inner;");
        foreach ((ISymbol member, MemberTreatment treatment) in DecoratorMembers.Of(_compilation, _type))
        {
            output.Line();
            switch (member)
            {
                case IMethodSymbol method: EmitMethod(output, method, treatment == MemberTreatment.Record); break;
                case IPropertySymbol property: EmitProperty(output, property); break;
                case IEventSymbol @event: EmitEvent(output, @event); break;
            }
        }
        output.Line();
        output.Line("void global::System.IDisposable.Dispose() => RecordedInterfaces.Dispose(_inner);");
        output.Line();
        output.Line("global::System.Threading.Tasks.ValueTask global::System.IAsyncDisposable.DisposeAsync() => RecordedInterfaces.DisposeAsync(_inner);");
        output.Line();
        output.Line("public override string? ToString() => _inner.ToString();");
        output.Close();
        output.Line();
    }

    private void EmitMethod(SourceWriter output, IMethodSymbol method, bool isRecorded)
    {
        var signature = new TargetSignature(method, receiver: InnerAs(method));
        output.Line("[StackTraceHidden, DebuggerStepThrough]");
        output.Line($"{signature.ReturnType} {TypeNames.Full(method.ContainingType)}.{Identifiers.Escape(method.Name)}{TypeParameterText.Listed(method.TypeParameters)}({signature.OwnParameters})");
        // The constraints themselves are inherited; this only says what a question mark behind the parameter means.
        foreach (ITypeParameterSymbol parameter in method.TypeParameters)
        {
            if ((signature.ReturnType + signature.OwnParameters).Contains(parameter.Name + "?"))
                output.Line($"    where {parameter.Name} : {(parameter.IsReferenceType ? "class" : parameter.IsValueType ? "struct" : "default")}");
        }
        output.Open();
        if (!isRecorded)
        {
            output.Line(method.ReturnsVoid ? signature.Forward + ";" : $"return {signature.ForwardedValue};");
            output.Close();
            return;
        }
        TargetEmitter target = AddTarget(method.OriginalDefinition);
        output.Open("if (RecordingGate.Live == 0)");
        output.Line("RecordingGate.CallsWithoutSession++;");
        output.Line(method.ReturnsVoid ? signature.Forward + ";" : $"return {signature.ForwardedValue};");
        if (method.ReturnsVoid)
            output.Line("return;");
        output.Close();
        string[] typeArguments = [.. TypeNames.TypeArgumentsOf(method.ContainingType).Select(TypeNames.Full), .. method.TypeParameters.Select(static p => p.Name)];
        string listed = typeArguments.Length == 0 ? "" : $"<{string.Join(", ", typeArguments)}>";
        string call = $"{_holder}.{target.BodyName}{listed}({string.Join(", ", signature.PassingOn.Prepend($"{_holder}.s_site_{target.Name}"))});";
        output.Line(method.ReturnsVoid ? call : signature.IsByReference ? "return ref " + call : "return " + call);
        output.Close();
    }

    private TargetEmitter AddTarget(IMethodSymbol method)
    {
        RecordedMethod recorded = DecoratorMembers.RecordedAs(method).In(_shape.Environment);
        TargetEmitter target = TargetEmitter.OfDecorator(
            method, Implementations.ThatMayRedact(method, _shape.RedactingNames, _compilation, _cancellation), recorded, Identifiers.Of(method, _names), _encoders, _cancellation);
        _targets.Add((target, recorded, LineOf(method)));
        return target;
    }

    /// <summary>Where the method is declared, or else the interface that inherits it.</summary>
    private int LineOf(IMethodSymbol method)
    {
        Location? place = method.Locations.Concat(_type.Locations).FirstOrDefault(location => location.SourceTree == _type.Locations[0].SourceTree);
        return place is null ? 1 : place.GetLineSpan().StartLinePosition.Line + 1;
    }

    private static void EmitProperty(SourceWriter output, IPropertySymbol property)
    {
        string byRef = ByRef(property.ReturnsByRef, property.ReturnsByRefReadonly);
        string owner = TypeNames.Full(property.ContainingType);
        string parameters = string.Join(", ", property.Parameters.Select(static p => $"{(p.RefKind == RefKind.In ? "in " : "")}{(p.IsParams ? "params " : "")}{TypeNames.Full(p.Type)} {Identifiers.Escape(p.Name)}"));
        string arguments = string.Join(", ", property.Parameters.Select(static p => (p.RefKind == RefKind.In ? "in " : "") + Identifiers.Escape(p.Name)));
        string name = property.IsIndexer ? $"this[{parameters}]" : Identifiers.Escape(property.Name);
        string inner = InnerAs(property) + (property.IsIndexer ? $"[{arguments}]" : "." + Identifiers.Escape(property.Name));
        output.Open($"{byRef}{TypeNames.Full(property.Type)} {owner}.{name}");
        if (property.GetMethod is not null)
            output.Line($"get => {(byRef.Length > 0 ? "ref " : "")}{inner};");
        // Nobody but a constructor's caller can reach an initialiser, and that has the inner instance.
        if (property.SetMethod is { } set)
            output.Line(set.IsInitOnly ? "init { }" : $"set => {inner} = value;");
        output.Close();
    }

    private static void EmitEvent(SourceWriter output, IEventSymbol @event)
    {
        string inner = $"{InnerAs(@event)}.{Identifiers.Escape(@event.Name)}";
        output.Open($"event {TypeNames.Full(@event.Type)} {TypeNames.Full(@event.ContainingType)}.{Identifiers.Escape(@event.Name)}");
        output.Line($"add => {inner} += value;");
        output.Line($"remove => {inner} -= value;");
        output.Close();
    }

    private void EmitHolder(SourceWriter output, bool isRecording)
    {
        output.Line("[global::System.Obsolete]");
        output.Open($"file static class {_holder}");
        foreach ((TargetEmitter target, RecordedMethod recorded, int line) in _targets)
            SiteEmitter.EmitRegistration(output, $"s_site_{target.Name}", _file, target, recorded, line, null, "internal");
        // The decorators of a generic interface are registered where it is named with its arguments.
        if (TypeParameters.Length == 0)
        {
            output.Line("[ModuleInitializer]");
            output.Line($"internal static void Register() => RecordedInterfaces.Register<{TypeNames.Full(_type)}>(static inner => {(isRecording ? $"new {_name}(inner)" : "inner")});");
            output.Line();
        }
        foreach ((TargetEmitter target, _, _) in _targets)
        {
            target.EmitBody(output);
            target.EmitMembers(output);
        }
        _encoders.Emit(output);
        output.Close();
    }

    private static string InnerAs(ISymbol member) => $"(({TypeNames.Full(member.ContainingType)})_inner)";

    private static string ByRef(bool isRef, bool isReadOnly) => isReadOnly ? "ref readonly " : isRef ? "ref " : "";
}
