using AgentOps.Generators.Calls;
using AgentOps.Generators.Llm;
using AgentOps.Generators.Support;
using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Emit;

/// <summary>Writes the interceptors of one recorded method and the body that they share.</summary>
internal sealed class TargetEmitter
{
    /// <summary>How many words the runtime takes as arguments of a start.</summary>
    private const int MaxWords = 4;

    private const string Hidden = "[StackTraceHidden, DebuggerStepThrough]";

    private readonly IMethodSymbol _method;
    private readonly IReadOnlyList<IMethodSymbol> _implementations;
    private readonly EncoderSet _encoders;
    private readonly RecordingPlace _place;
    private readonly ResultShape _result;
    private readonly TargetSignature _signature;
    private readonly TrackedAgent? _agent;
    private readonly IReadOnlyList<string>? _reading;
    private readonly AskedModel? _asked;
    private readonly bool _isLeaf;
    private readonly CaptureLevels _capture;
    private readonly Redaction _resultRedaction;
    private readonly IReadOnlyList<IParameterSymbol> _outputs;

    private readonly bool _isAsync;
    private readonly CallOrigin _origin;

    /// <summary>For the calls of a method.</summary>
    public TargetEmitter(
        IMethodSymbol method, IReadOnlyList<IMethodSymbol> implementations, RecordedMethod recorded, string name, EncoderSet encoders, Compilation compilation, CancellationToken cancellation)
        : this(
            method, implementations, recorded, name, encoders, new TargetSignature(method, MethodAccess.Of(compilation, method), name, compilation),
            CallOrigin.OfCalls(method), ResultShape.IsCertainlyAsync(method), cancellation)
    {
    }

    /// <summary>For the body of a method whose work another does.</summary>
    public static TargetEmitter OfBody(
        IMethodSymbol method, IMethodSymbol core, IReadOnlyList<IMethodSymbol> implementations, RecordedMethod recorded, string name, EncoderSet encoders, CancellationToken cancellation) =>
        new(
            method, implementations, recorded, name, encoders, new TargetSignature(method, core.Name),
            CallOrigin.OfBody(method), ResultShape.IsCertainlyAsync(core), cancellation);

    /// <summary>For the calls that a decorator passes on.</summary>
    public static TargetEmitter OfDecorator(
        IMethodSymbol method, IReadOnlyList<IMethodSymbol> implementations, RecordedMethod recorded, string name, EncoderSet encoders, CancellationToken cancellation) =>
        new(
            method, implementations, recorded, name, encoders, new TargetSignature(method),
            CallOrigin.OfDecorator(method), isAsync: false, cancellation);

    private TargetEmitter(
        IMethodSymbol method, IReadOnlyList<IMethodSymbol> implementations, RecordedMethod recorded, string name, EncoderSet encoders, TargetSignature signature, CallOrigin origin,
        bool isAsync, CancellationToken cancellation)
    {
        _method = method;
        _implementations = implementations;
        _isAsync = isAsync;
        _origin = origin;
        _place = encoders.Place;
        _isLeaf = recorded.IsPromisedLeaf || PureBody.IsLeaf(method, cancellation);
        _encoders = encoders;
        _result = ResultShape.Of(method);
        _capture = recorded.Capture ?? CaptureLevels.All;
        _resultRedaction = implementations.Select(RedactionPolicy.OfResult).Where(static s => !s.IsByName).Append(RedactionPolicy.OfResult(method)).Min(static s => s.Redaction);
        if (recorded.Kind == RecordedKind.Llm)
        {
            bool isKept = CapturesResult && _resultRedaction == Redaction.None;
            _reading = _result.Type is { } type ? LlmReading.For(type, _result.IsRead, isKept, encoders.Compilation)?.Lines : null;
            _asked = AskedModel.Of(method.Parameters.Where(p => RedactionOf(p) == Redaction.None), encoders.Compilation);
        }
        _signature = signature;
        _agent = TrackedAgent.Of(method.ContainingType, includeOuter: false);
        Name = name;
        CapturedParameters = (_capture & CaptureLevels.Arguments) == 0 ? [] : [.. method.Parameters.Where(static p => p.RefKind != RefKind.Out && !CapturePolicy.IsSkipped(p.Type))];
        // A task may end long after the caller's variables are gone.
        bool endsHere = _result.Kind is ResultKind.Void or ResultKind.Value && _reading is null && !_signature.ReturnsInReach;
        _outputs = endsHere && CapturesResult ? [.. method.Parameters.Where(static p => p.RefKind is RefKind.Out or RefKind.Ref && !CapturePolicy.IsSkipped(p.Type))] : [];
        Description = TypeNames.Describe(method);
    }

    /// <summary>What the names of all members made for the method end in. What they start with keeps each kind of member to itself, whatever the user's methods are called.</summary>
    public string Name { get; }

    /// <summary>The method that records and then makes the call.</summary>
    public string BodyName => "Record_" + Name;

    public List<SiteEmitter> Sites { get; } = [];

    public IReadOnlyList<IParameterSymbol> CapturedParameters { get; }

    /// <summary>The method as a person would write it.</summary>
    public string Description { get; }

    /// <summary>Whether generated code for the method must be unsafe.</summary>
    public bool NeedsUnsafe => _signature.NeedsUnsafe;

    /// <summary>Whether the call's receiver is an agent, which then says itself which one it is.</summary>
    public bool HasAgentReceiver => _agent is not null && !_method.IsStatic;

    /// <summary>Whether only the call's receiver can say that it is an agent: its class, or one derived from it, may be marked.</summary>
    private bool MayHaveAgentReceiver => _agent is null && !_method.IsStatic
        && _method.ContainingType is { TypeKind: TypeKind.Interface } or { TypeKind: TypeKind.Class, IsSealed: false };

    /// <summary>The agent whose static method this is.</summary>
    public TrackedAgent? StaticAgent => _method.IsStatic ? _agent : null;

    /// <summary>Writes the interceptors, the body that they share and what that needs.</summary>
    public void Emit(SourceWriter output)
    {
        for (int i = 0; i < Sites.Count; i++)
            EmitInterceptor(output, Sites[i], i);
        EmitBody(output);
        EmitMembers(output);
    }

    private void EmitInterceptor(SourceWriter output, SiteEmitter site, int index)
    {
        output.Line($"// {site.Call.Text}");
        output.Line($"[InterceptsLocation({site.Call.Location.Version}, \"{site.Call.Location.Data}\")] // line {site.Call.Line}");
        output.Line(Hidden);
        output.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
        output.Line($"public static {_signature.ReturnType} Call{index}_{Name}{_signature.TypeParameters}({_signature.ParametersWithThis})");
        foreach (string constraint in _signature.Constraints)
            output.Line("    " + constraint);
        output.Open();
        output.Open($"if (RecordingGate.Live == 0)");
        output.Line($"RecordingGate.CallsWithoutSession++;");
        EmitForward(output);
        output.Close();
        string call = $"{BodyName}{_signature.TypeParameters}({string.Join(", ", _signature.PassingOn.Prepend(site.Field))});";
        output.Line(_method.ReturnsVoid ? call : _signature.IsByReference ? "return ref " + call : "return " + call);
        output.Close();
        output.Line();
    }

    /// <summary>Writes the call as it would be made unrecorded.</summary>
    public void EmitForward(SourceWriter output)
    {
        if (_method.ReturnsVoid)
        {
            output.Line(_signature.Forward + ";");
            output.Line("return;");
        }
        else
        {
            output.Line($"return {_signature.ForwardedValue};");
        }
    }

    /// <summary>Writes a static method that records and then makes the call.</summary>
    public void EmitBody(SourceWriter output)
    {
        // The user's parameter names stay; ours give way.
        HashSet<string> taken = [.. _method.Parameters.Select(GeneratedNames.Of), _signature.Receiver];
        string site = Identifiers.Unique("site", taken);

        output.Line(Hidden);
        output.Line("[MethodImpl(MethodImplOptions.NoInlining)]");
        output.Line($"{_place.Access} static {_signature.ReturnType} {BodyName}{_signature.TypeParameters}({string.Join(", ", _signature.Parameters.Prepend("uint " + site))})");
        foreach (string constraint in _signature.Constraints)
            output.Line("    " + constraint);
        output.Open();
        EmitRecording(output, site, taken);
        output.Close();
        output.Line();
    }

    /// <summary>Writes the statements that record the call and make it.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="site">The expression of the site's number.</param>
    /// <param name="taken">Names that are not free.</param>
    public void EmitRecording(SourceWriter output, string site, HashSet<string> taken)
    {
        string writer = Identifiers.Unique("writer", taken);
        string call = Identifiers.Unique("call", taken);
        string flow = Identifiers.Unique("flow", taken);
        string result = Identifiers.Unique("result", taken);
        string exception = Identifiers.Unique("exception", taken);

        if (_origin.IsRecordedElsewhere(_signature.Receiver) is { } elsewhere)
        {
            output.Open($"if ({elsewhere})");
            EmitForward(output);
            output.Close();
        }
        if (StartsWithWords)
            EmitStartWithWords(output, site, call, Identifiers.Unique("agent", taken));
        else
            EmitStartWithWriter(output, site, writer, call);
        if (!_isLeaf)
            output.Line($"var {flow} = {_place.Runtime}CallScope.Publish({call}, {Session});");
        var end = new ResultEmitter(
            _result, Writing, _isAsync, CaptureField("result"), CaptureField("whole"), value => WriteResult(_result.Type!, value), _signature.IsByReference, _place.Runtime);
        if (!_method.ReturnsVoid && !_signature.ReturnsInReach)
            output.Line($"{_signature.ReturnType} {result};");
        if (_origin.Offered is { } offered)
            output.Line($"CallHandover.Offer({call}, {_signature.Receiver}, {Literals.Text(offered)});");
        output.Open("try");
        if (_signature.ReturnsInReach)
        {
            output.Line($"{_signature.ReturnType} {result} = {_signature.ForwardedValue};");
            end.Emit(output, call, result, Session, taken);
        }
        else
        {
            output.Line(_method.ReturnsVoid ? _signature.Forward + ";" : $"{result} = {_signature.Forward};");
        }
        output.Close();
        output.Open($"catch (global::System.Exception {exception}) when ({_place.Runtime}CallScope.Fault({call}, {exception}))");
        output.Line("throw;");
        output.Close();
        if (!_isLeaf || _origin.Offered is not null)
        {
            output.Open("finally");
            if (_origin.Offered is not null)
                output.Line("CallHandover.Withdraw();");
            if (!_isLeaf)
                output.Line($"{flow}.Leave();");
            output.Close();
        }
        if (_outputs.Count > 0)
            EmitEndWithOutputs(output, call, result, taken);
        else if (!_signature.ReturnsInReach)
            end.Emit(output, call, result, Session, taken);
    }

    private string Session => _signature.SessionParameter ?? "null";

    /// <summary>Few small arguments are handed over as words; nothing is cheaper.</summary>
    private bool StartsWithWords => _signature.SessionParameter is null && !HasAgentReceiver && _asked is null
        && CapturedParameters.Count + (MayHaveAgentReceiver ? 1 : 0) <= MaxWords
        && CapturedParameters.All(p => RedactionOf(p) is var redaction && (redaction == Redaction.Erase || (redaction == Redaction.None && SimpleTypes.IsWord(p.Type))));

    private bool IsWrittenInPlace => _signature.SessionParameter is null && _asked?.Member is null
        && CapturedParameters.All(IsPlain);

    private bool CapturesResult => (_capture & CaptureLevels.Result) != 0;

    private ResultWriting Writing => ResultEmitter.WritingOf(_result.Type, CapturesResult, _resultRedaction, _reading is not null);

    /// <summary>The strictest of what the method says, what it implements or overrides, and what may run in its place.</summary>
    private Redaction RedactionOf(IParameterSymbol parameter) => _implementations
        .Select(method => RedactionPolicy.Of(method.Parameters[parameter.Ordinal])).Where(static s => !s.IsByName)
        .Append(RedactionPolicy.Of(parameter)).Min(static s => s.Redaction);

    /// <summary>A value that is not encoded on the spot needs the method's capture, and so does whatever ends later.</summary>
    private bool NeedsCapture => _result.Type is not null && _outputs.Count == 0 && (_result.Kind != ResultKind.Value || Writing == ResultWriting.Captured);

    private string ReceiverField => $"{_place.Holder}s_receiver_{Name}";

    private void EmitStartWithWords(SourceWriter output, string site, string call, string agent)
    {
        IEnumerable<string> words = CapturedParameters.Select(p =>
            RedactionOf(p) != Redaction.None ? $"{_place.Runtime}PayloadWriter.RedactedWord" : $"{_place.Runtime}PayloadWriter.Word({TargetSignature.NameOf(p)})");
        string start = $"{_place.Runtime}CallScope.Start({string.Join(", ", words.Prepend(site))})";
        if (MayHaveAgentReceiver)
        {
            output.Line($"ulong {agent} = {ReceiverField}.Word({_signature.Receiver});");
            output.Line($"var {call} = {agent} == 0 ? {start} : {_place.Runtime}CallScope.Start({string.Join(", ", words.Prepend(agent).Prepend(site))});");
        }
        else
        {
            output.Line($"var {call} = {start};");
        }
        output.Open($"if (!{call}.IsRecorded)");
        EmitForward(output);
        output.Close();
    }

    private void EmitStartWithWriter(SourceWriter output, string site, string writer, string call)
    {
        output.Line($"var {writer} = {_place.Runtime}CallScope.{(IsWrittenInPlace ? $"EnterInPlace({site})" : $"Enter({site}, {Session})")};");
        output.Open($"if (!{writer}.IsRecording)");
        EmitForward(output);
        output.Close();
        if (HasAgentReceiver)
            output.Line($"{writer}.{(_method.ContainingType.IsSealed ? "WriteSealedAgent" : "WriteAgent")}({_signature.Receiver}, {Literals.Text(_agent!.Name)});");
        else if (MayHaveAgentReceiver)
            output.Line($"{writer}.WriteAgent({_signature.Receiver}, {ReceiverField});");
        if (_asked is { } asked)
        {
            string argument = TargetSignature.NameOf(asked.Parameter);
            output.Line($"{writer}.WriteModel({(asked.Member is null ? argument : $"{argument}, static argument => {asked.Member}")});");
        }
        if (CapturedParameters.Count > 0)
        {
            output.Open($"if (!{_place.Runtime}RecordingGate.WithholdsArguments)");
            foreach (IParameterSymbol parameter in CapturedParameters)
                output.Line(EncoderSet.WithWriter(WriteParameter(parameter), writer));
            output.Close();
        }
        output.Line($"var {call} = {_place.Runtime}CallScope.Start({writer});");
    }

    /// <summary>What comes back besides the result is recorded with it, each part by its name.</summary>
    private void EmitEndWithOutputs(SourceWriter output, string call, string result, HashSet<string> taken)
    {
        IEnumerable<string> parts = _outputs.SelectMany(p => (string[])[_encoders.NameOf(p.Name), WriteParameter(p)]);
        if (_result.Type is { } type && !CapturePolicy.IsSkipped(type))
            parts = [_encoders.NameOf("return"), WriteResult(type, result), .. parts];
        bool isPlain = _outputs.All(IsPlain) && (_result.Type is null || _resultRedaction != Redaction.None || SimpleTypes.IsPlain(_result.Type));
        ResultEmitter.EmitParts(output, call, _method.ReturnsVoid ? null : result, parts, isPlain, taken, _place.Runtime);
    }

    private string WriteParameter(IParameterSymbol parameter)
    {
        string name = TargetSignature.NameOf(parameter);
        return RedactionOf(parameter) is var redaction and not Redaction.None
            ? RedactionPolicy.Statement(redaction, parameter.Type, name)
            : _encoders.Write(parameter.Type, name, "0");
    }

    private string WriteResult(ITypeSymbol type, string value) => _resultRedaction == Redaction.None
        ? _encoders.Write(type, value, "0")
        : RedactionPolicy.Statement(_resultRedaction, type, value);

    private bool IsPlain(IParameterSymbol parameter) => RedactionOf(parameter) != Redaction.None || SimpleTypes.IsPlain(parameter.Type);

    private bool IsGeneric => _signature.TypeParameters.Length > 0;

    private string CaptureField(string of) => _place.Holder + (IsGeneric ? $"Capture_{of}_{Name}{_signature.TypeParameters}.Value" : $"s_{of}_{Name}");

    /// <summary>Writes the members beside the body that it uses.</summary>
    public void EmitMembers(SourceWriter output)
    {
        _signature.EmitAccessor(output);
        if (MayHaveAgentReceiver)
            output.Line($"{_place.Access} static readonly {_place.Runtime}ReceiverAgent s_receiver_{Name} = new();");
        if (NeedsCapture)
            EmitCapture(output, "result", _result.Type!, _reading);
        if (_result.Kind == ResultKind.Sequence)
            EmitCapture(output, "whole", _method.ReturnType, reading: null);
    }

    private void EmitCapture(SourceWriter output, string of, ITypeSymbol type, IReadOnlyList<string>? reading)
    {
        string full = TypeNames.Full(type);
        string field = IsGeneric ? $"public static readonly ResultCapture<{full}> Value" : $"{_place.Access} static readonly ResultCapture<{full}> s_{of}_{Name}";
        if (IsGeneric)
        {
            // A static field of a generic holder is made once for each instantiation.
            output.Line($"{_place.Access} static class Capture_{of}_{Name}{_signature.TypeParameters}");
            foreach (string constraint in _signature.Constraints)
                output.Line("    " + constraint);
            output.Open();
        }
        output.Line($"{field} = new(");
        output.Line($"    {(CapturesResult ? $"static (writer, value) => {{ {WriteResult(type, "value")} }}" : "null")}{(reading is null ? ");" : ",")}");
        if (reading is not null)
        {
            output.Line("    static (result, value) =>");
            output.Open();
            foreach (string line in reading)
                output.Line(line);
            output.Close(");");
        }
        if (IsGeneric)
            output.Close();
        output.Line();
    }
}
