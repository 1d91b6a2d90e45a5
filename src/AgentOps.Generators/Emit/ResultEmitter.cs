using AgentOps.Generators.Support;
using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Emit;

/// <summary>How the value that a recorded method returns gets into the log.</summary>
internal enum ResultWriting
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>There is one, and it is not captured.</summary>
    Omitted,

    /// <summary>As one word.</summary>
    Word,

    /// <summary>As one word that says that it is kept out.</summary>
    Redacted,

    /// <summary>By a writer, straight into the log: nothing of the user's runs meanwhile.</summary>
    InPlace,

    /// <summary>By the method's capture, which guards against what the value's own code does.</summary>
    Captured,
}

/// <summary>Writes the end of a recorded call: what came back is recorded, then returned as it is.</summary>
/// <remarks>What is complete already is ended here, without asking the runtime to look at it.</remarks>
/// <param name="shape">How the method returns.</param>
/// <param name="writing">How the value is written.</param>
/// <param name="isAsync">Whether the method's task was certainly made by the compiler's <c>async</c>.</param>
/// <param name="capture">The expression of the method's capture.</param>
/// <param name="whole">The expression of the capture of a sequence that is a collection.</param>
/// <param name="write">The statement that writes a value of the result's type.</param>
/// <param name="byReference">Whether a variable comes back, not a value.</param>
/// <param name="runtime">What stands before the runtime's types.</param>
internal sealed class ResultEmitter(
    ResultShape shape, ResultWriting writing, bool isAsync, string capture, string whole, Func<string, string> write, bool byReference, string runtime)
{
    private string PendingEnd => runtime + (isAsync ? "CallScope.EndAsync" : "CallScope.End");

    public static ResultWriting WritingOf(ITypeSymbol? type, bool isCaptured, Redaction redaction, bool readsLlm)
    {
        if (type is null)
            return ResultWriting.None;
        if (readsLlm)
            return ResultWriting.Captured;
        if (!isCaptured)
            return ResultWriting.Omitted;
        if (redaction != Redaction.None)
            return redaction == Redaction.Erase ? ResultWriting.Redacted : ResultWriting.InPlace;
        return SimpleTypes.IsWord(type) ? ResultWriting.Word : SimpleTypes.IsPlain(type) ? ResultWriting.InPlace : ResultWriting.Captured;
    }

    /// <summary>Writes the end of a call that changed parameters of its caller: what they hold now is part of what came back.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="call">The call's scope.</param>
    /// <param name="result">The result, if there is one.</param>
    /// <param name="parts">The statements that write names and values by turns.</param>
    /// <param name="isPlain">Whether nothing of the user's runs while they are written.</param>
    /// <param name="taken">Names that are in use.</param>
    /// <param name="runtime">What stands before the runtime's types.</param>
    public static void EmitParts(SourceWriter output, string call, string? result, IEnumerable<string> parts, bool isPlain, HashSet<string> taken, string runtime)
    {
        string returned = Identifiers.Unique("returned", taken);
        output.Open($"if ({runtime}RecordingGate.WithholdsResults)");
        output.Line($"{runtime}CallScope.End({call});");
        output.Close();
        output.Open($"else if ({call}.IsRecorded)");
        output.Line($"var {returned} = {runtime}CallScope.{(isPlain ? "Return" : "ReturnGuarded")}({call});");
        output.Line($"{returned}.BeginObject();");
        foreach (string part in parts)
            output.Line(EncoderSet.WithWriter(part, returned));
        output.Line($"{returned}.Close();");
        output.Line($"{runtime}CallScope.End({returned});");
        output.Close();
        if (result is not null)
            output.Line($"return {result};");
    }

    public void Emit(SourceWriter output, string call, string result, string session, HashSet<string> taken)
    {
        switch (shape.Kind)
        {
            case ResultKind.Void:
                output.Line($"{runtime}CallScope.End({call});");
                break;
            case ResultKind.Value when byReference:
                EmitVariable(output, call, result, taken);
                output.Line($"return ref {result};");
                break;
            case ResultKind.Value:
                EmitValue(output, call, result, taken);
                output.Line($"return {result};");
                break;
            case ResultKind.Task:
                EmitCompleted(output, call, $"{result} is {{ IsCompletedSuccessfully: true }}", $"{result}.Result", result, taken);
                output.Line($"return {Pending(call, result)};");
                break;
            case ResultKind.ValueTask:
                EmitCompletedValueTask(output, call, result, taken);
                output.Line($"return {Pending(call, result)};");
                break;
            case ResultKind.Sequence:
                output.Line($"return {runtime}CallScope.End({call}, {result}, {whole}, {capture}, {session});");
                break;
            case ResultKind.Stream:
            case ResultKind.StreamReader:
            case ResultKind.SequenceReader:
                output.Line($"return {runtime}CallScope.End({call}, {result}, {capture}, {session});");
                break;
        }
    }

    private string Pending(string call, string result) =>
        writing == ResultWriting.None ? $"{PendingEnd}({call}, {result})" : $"{PendingEnd}({call}, {result}, {capture})";

    private void EmitCompleted(SourceWriter output, string call, string condition, string value, string returned, HashSet<string> taken)
    {
        if (writing == ResultWriting.Captured)
            return;
        output.Open($"if ({condition})");
        EmitValue(output, call, value, taken);
        output.Line($"return {returned};");
        output.Close();
    }

    private void EmitCompletedValueTask(SourceWriter output, string call, string result, HashSet<string> taken)
    {
        if (writing == ResultWriting.Captured)
            return;
        output.Open($"if ({result}.IsCompletedSuccessfully)");
        // Reading the result is what a pooled source counts as consuming it; the caller gets a completed one instead.
        if (writing == ResultWriting.None)
        {
            output.Line($"{result}.GetAwaiter().GetResult();");
            EmitValue(output, call, "", taken);
            output.Line("return default;");
        }
        else
        {
            string value = Identifiers.Unique("value", taken);
            output.Line($"var {value} = {result}.Result;");
            EmitValue(output, call, value, taken);
            output.Line($"return new({value});");
        }
        output.Close();
    }

    /// <summary>A variable may be none, which only reading it would tell.</summary>
    private void EmitVariable(SourceWriter output, string call, string result, HashSet<string> taken)
    {
        if (shape.Type is null)
        {
            EmitValue(output, call, result, taken);
            return;
        }
        output.Open($"if (global::System.Runtime.CompilerServices.Unsafe.IsNullRef(in {result}))");
        output.Line($"{runtime}CallScope.End({call});");
        output.Close();
        output.Open("else");
        EmitValue(output, call, result, taken);
        output.Close();
    }

    private void EmitValue(SourceWriter output, string call, string value, HashSet<string> taken)
    {
        switch (writing)
        {
            case ResultWriting.None or ResultWriting.Omitted:
                output.Line($"{runtime}CallScope.End({call});");
                break;
            case ResultWriting.Word:
                output.Line($"{runtime}CallScope.End({call}, {runtime}PayloadWriter.Word({value}));");
                break;
            case ResultWriting.Redacted:
                output.Line($"{runtime}CallScope.End({call}, {runtime}PayloadWriter.RedactedWord);");
                break;
            case ResultWriting.InPlace:
                string returned = Identifiers.Unique("returned", taken);
                output.Open($"if ({runtime}RecordingGate.WithholdsResults)");
                output.Line($"{runtime}CallScope.End({call});");
                output.Close();
                output.Open($"else if ({call}.IsRecorded)");
                output.Line($"var {returned} = {runtime}CallScope.Return({call});");
                output.Line(EncoderSet.WithWriter(write(value), returned));
                output.Line($"{runtime}CallScope.End({returned});");
                output.Close();
                break;
            case ResultWriting.Captured:
                // A dynamic argument would have the call bound at run time.
                output.Line($"{runtime}CallScope.End({call}, {(shape.Type is IDynamicTypeSymbol ? "(object?)" : "")}{value}, {capture});");
                break;
        }
    }
}
