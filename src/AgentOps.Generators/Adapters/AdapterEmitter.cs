using AgentOps.Generators.Emit;
using AgentOps.Generators.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentOps.Generators.Adapters;

/// <summary>A call of a factory that is intercepted.</summary>
internal sealed record AdaptedCall(InterceptableLocation Location, int Line, string Text, IMethodSymbol Method, FactoryKind Kind);

/// <summary>Writes the interceptors of factories, which wrap what these give back.</summary>
internal static class AdapterEmitter
{
    public static void Emit(SourceWriter output, FileIdentity file, IReadOnlyList<AdaptedCall> calls)
    {
        for (int i = 0; i < calls.Count; i++)
        {
            IMethodSymbol method = (calls[i].Method.ReducedFrom ?? calls[i].Method).OriginalDefinition;
            EmitSite(output, file, calls[i], method, i);
            EmitInterceptor(output, calls[i], method, i);
        }
    }

    private static void EmitSite(SourceWriter output, FileIdentity file, AdaptedCall call, IMethodSymbol method, int index)
    {
        output.Line($"private static readonly AdaptedSite s_adapted{index} = new(new CallSiteInfo");
        output.Open();
        output.Line("Kind = EventKind.Tool,");
        output.Line($"Name = {Literals.Text(method.Name)},");
        output.Line($"Project = {Literals.Text(file.Project)},");
        output.Line($"Method = {Literals.Text($"{method.ContainingType.Name}.{method.Name}")},");
        output.Line($"File = {Literals.Text(file.RelativePath)},");
        output.Line($"Line = {call.Line},");
        output.Line("Parameters = new string[0],");
        output.Close(");");
        output.Line();
    }

    private static void EmitInterceptor(SourceWriter output, AdaptedCall call, IMethodSymbol method, int index)
    {
        var signature = new TargetSignature(method);
        string parameters = string.Join(", ", method.Parameters.Zip(signature.Parameters, static (p, text) => TrimmingAttributes.Of(p) + text));
        output.Line($"// {call.Text}");
        output.Line($"[InterceptsLocation({call.Location.Version}, \"{call.Location.Data}\")] // line {call.Line}");
        output.Line("[StackTraceHidden, DebuggerStepThrough]");
        foreach (string attribute in TrimmingAttributes.Of(method))
            output.Line(attribute);
        output.Line($"public static {signature.ReturnType} Adapt{index}_{Identifiers.From(method.ContainingType.Name + "_" + method.Name)}{TrimmingAttributes.Listed(method.TypeParameters)}({(method.IsExtensionMethod ? "this " : "")}{parameters})");
        foreach (string constraint in TypeParameterText.Constraints(method.TypeParameters))
            output.Line("    " + constraint);
        output.Open();
        if (call.Kind == FactoryKind.McpBuilder)
        {
            HashSet<string> taken = [.. method.Parameters.Select(static p => p.Name)];
            string builder = Identifiers.Escape(method.Parameters[0].Name);
            string before = Identifiers.Unique("before", taken);
            string result = Identifiers.Unique("result", taken);
            output.Line($"int {before} = {builder} is null ? 0 : {builder}.Services.Count;");
            output.Line($"var {result} = {signature.Forward};");
            output.Line($"RecordedMcpTool.WrapAll({builder}.Services, {before}, s_adapted{index}, {TargetOf(method)});");
            output.Line($"return {result};");
        }
        else
        {
            bool isKernel = call.Kind is FactoryKind.KernelFunction or FactoryKind.KernelPlugin;
            output.Line($"return {WrapperOf(call.Kind)}.Wrap({signature.Forward}, s_adapted{index}, {TargetOf(method)}{(isKernel ? ", " + MethodOf(method) : "")});");
        }
        output.Close();
        output.Line();
    }

    private static string WrapperOf(FactoryKind kind) => kind switch
    {
        FactoryKind.AIFunction => "RecordedAIFunction",
        FactoryKind.McpTool => "RecordedMcpTool",
        _ => "RecordedKernelFunction",
    };

    /// <summary>The method behind the function, where the function itself does not tell.</summary>
    private static string MethodOf(IMethodSymbol method)
    {
        IParameterSymbol? source = method.Parameters.FirstOrDefault(static p =>
            p.Type.SpecialType == SpecialType.System_Delegate || p.Type.ToDisplayString() == "System.Reflection.MethodInfo");
        return source is null ? "null" : Identifiers.Escape(source.Name) + (source.Type.SpecialType == SpecialType.System_Delegate ? "?.Method" : "");
    }

    /// <summary>What stands behind the function, which may record by itself: the object whose method it is, or another function.</summary>
    private static string TargetOf(IMethodSymbol method)
    {
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            string name = Identifiers.Escape(parameter.Name);
            if (parameter.Type.SpecialType == SpecialType.System_Delegate)
                return $"{name}?.Target";
            if (parameter.Name == "target" && parameter.RefKind == RefKind.None)
                return name;
            if (parameter.Type.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat) == "Microsoft.Extensions.AI.AIFunction")
                return $"{name}?.GetService(typeof(IRecordsCalls))";
        }
        return "null";
    }
}
