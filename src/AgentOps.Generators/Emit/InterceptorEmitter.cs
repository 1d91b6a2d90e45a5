using System.Collections.Immutable;
using AgentOps.Generators.Adapters;
using AgentOps.Generators.Calls;
using AgentOps.Generators.Declarations;
using AgentOps.Generators.Decorators;
using AgentOps.Generators.Support;
using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Emit;

/// <summary>
/// Writes the generated file of one user file: for each call an interceptor small enough to inline, for each called method one
/// body that records, and the encoders both need.
/// </summary>
internal static class InterceptorEmitter
{
    public static string Emit(
        FileIdentity file,
        ImmutableArray<InterceptedCall> calls,
        IReadOnlyList<AdaptedCall> adapted,
        IReadOnlyList<INamedTypeSymbol> decorated,
        Compilation compilation,
        RecordedNames redacting,
        CancellationToken cancellation)
    {
        var encoders = new EncoderSet(compilation, RecordingPlace.InHolder);
        List<TargetEmitter> targets = GroupByTarget(calls, encoders, compilation, redacting, cancellation);

        SourceWriter output = GeneratedFile.Begin($"The recorded calls in {file.RelativePath}.");
        // Nowhere for a debugger to stop: a step into a recorded call ends in the user's method.
        output.Line("#line hidden");
        output.Line();
        GeneratedFile.OpenNamespace(output, ProjectEnvironment.GeneratedNamespace);
        // Obsolete code may use obsolete code, even where that is an error: whether it may be used was settled at the user's call.
        output.Line("[global::System.Obsolete, StackTraceHidden, DebuggerStepThrough]");
        output.Open($"file static {(targets.Any(static t => t.NeedsUnsafe) ? "unsafe " : "")}class {file.ClassName}");
        EmitSites(output, file, targets);
        foreach (TargetEmitter target in targets)
            target.Emit(output);
        AdapterEmitter.Emit(output, file, adapted);
        DecoratorInstantiation.EmitRegistrations(output, decorated);
        encoders.Emit(output);
        output.Close();
        output.Close();
        output.Line();
        EmitLocationAttribute(output);
        return output.ToString();
    }

    private static List<TargetEmitter> GroupByTarget(
        ImmutableArray<InterceptedCall> calls, EncoderSet encoders, Compilation compilation, RecordedNames redacting, CancellationToken cancellation)
    {
        var byMethod = new Dictionary<ISymbol, TargetEmitter>(SymbolEqualityComparer.Default);
        var targets = new List<TargetEmitter>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        int site = 0;
        foreach (InterceptedCall call in calls)
        {
            IMethodSymbol method = CalledMethod.DefinitionOf(call.Method);
            if (!byMethod.TryGetValue(method, out TargetEmitter? target))
            {
                IReadOnlyList<IMethodSymbol> implementations = Implementations.ThatMayRedact(method, redacting, compilation, cancellation);
                target = new TargetEmitter(method, implementations, call.Recorded, Identifiers.Of(method, names), encoders, compilation, cancellation);
                byMethod.Add(method, target);
                targets.Add(target);
            }
            target.Sites.Add(new SiteEmitter(call, $"s_site{site++}"));
        }
        return targets;
    }

    private static void EmitSites(SourceWriter output, FileIdentity file, List<TargetEmitter> targets)
    {
        foreach (TargetEmitter target in targets)
        {
            foreach (SiteEmitter site in target.Sites)
                site.EmitRegistration(output, file, target);
        }
    }

    /// <summary>Each file declares the attribute for itself: a shared one would clash with those of other generators.</summary>
    private static void EmitLocationAttribute(SourceWriter output)
    {
        output.Open("namespace System.Runtime.CompilerServices");
        output.Line("[global::System.AttributeUsage(global::System.AttributeTargets.Method, AllowMultiple = true)]");
        output.Open("file sealed class InterceptsLocationAttribute : global::System.Attribute");
        output.Open("public InterceptsLocationAttribute(int version, string data)");
        output.Close();
        output.Close();
        output.Close();
    }
}
