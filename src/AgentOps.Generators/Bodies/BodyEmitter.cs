using AgentOps.Generators.Calls;
using AgentOps.Generators.Declarations;
using AgentOps.Generators.Emit;
using AgentOps.Generators.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentOps.Generators.Bodies;

/// <summary>Writes the generated file for the recorded bodies of one user file: the missing parts of its methods, and a holder for what they need.</summary>
internal sealed class BodyEmitter
{
    private readonly FileIdentity _file;
    private readonly Compilation _compilation;
    private readonly DeclarationShape _shape;
    private readonly EncoderSet _encoders;
    private readonly string _holder;
    private readonly List<Body> _bodies = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public BodyEmitter(FileIdentity file, Compilation compilation, DeclarationShape shape)
    {
        _file = file;
        _compilation = compilation;
        _shape = shape;
        string holder = file.ClassName.Substring(0, file.ClassName.Length - "Calls".Length) + "Bodies";
        _holder = $"global::{ProjectEnvironment.GeneratedNamespace}.{holder}";
        HolderName = holder;
        _encoders = new EncoderSet(compilation, RecordingPlace.InUsersType(_holder));
    }

    private string HolderName { get; }

    /// <summary>Adds a method whose body is to be written.</summary>
    public void Add(MethodDeclarationSyntax syntax, IMethodSymbol method, IMethodSymbol core, CancellationToken cancellation)
    {
        RecordedMethod? recorded = _shape.Environment.CanEmitRecording && RecordedBody.CanRecord(method) ? RecordedMethod.OfDeclaration(method) : null;
        recorded = recorded?.In(_shape.Environment);
        string name = Identifiers.Of(method, _names);
        int line = syntax.SyntaxTree.GetLineSpan(syntax.Identifier.Span, cancellation).StartLinePosition.Line + 1;
        _bodies.Add(new Body(
            syntax, method, new TargetSignature(method, core.Name), line, recorded,
            recorded is null ? null : TargetEmitter.OfBody(method, core, Implementations.ThatMayRedact(method, _shape.RedactingNames, _compilation, cancellation), recorded, name, _encoders, cancellation)));
    }

    /// <summary>The whole file; empty if no method was added.</summary>
    public string Emit()
    {
        if (_bodies.Count == 0)
            return "";
        SourceWriter output = GeneratedFile.Begin($"The bodies of the recorded methods that {_file.RelativePath} declares.");
        foreach (Body body in _bodies)
        {
            output.Line();
            EmitInType(output, body);
        }
        if (_bodies.Any(static b => b.Target is not null))
            EmitHolder(output);
        return output.ToString();
    }

    private void EmitInType(SourceWriter output, Body body)
    {
        INamespaceSymbol space = body.Method.ContainingNamespace;
        if (!space.IsGlobalNamespace)
            output.Open($"namespace {space.ToDisplayString(s_namespace)}");
        TypeDeclarationSyntax[] types = [.. body.Syntax.Ancestors().OfType<TypeDeclarationSyntax>().Reverse()];
        foreach (TypeDeclarationSyntax type in types)
            output.Open($"{(type.Modifiers.Any(SyntaxKind.UnsafeKeyword) ? "unsafe " : "")}partial {KeywordOf(type)} {type.Identifier.Text}{type.TypeParameterList?.ToString()}");
        EmitMethod(output, body);
        foreach (TypeDeclarationSyntax _ in types)
            output.Close();
        if (!space.IsGlobalNamespace)
            output.Close();
    }

    private void EmitMethod(SourceWriter output, Body body)
    {
        IMethodSymbol method = body.Method;
        string modifiers = string.Concat(body.Syntax.Modifiers.Where(static m => !m.IsKind(SyntaxKind.PartialKeyword)).Select(static m => m.Text + " "));
        if (body.Target is not null)
            output.Line("[global::AgentOps.Recording.RecordedBody]");
        output.Line("[global::System.Diagnostics.StackTraceHidden, global::System.Diagnostics.DebuggerStepThrough]");
        output.Line($"{modifiers}partial {body.Signature.ReturnType} {Identifiers.Escape(method.Name)}{TypeParameterText.Listed(method.TypeParameters)}({body.Signature.OwnParameters})");
        foreach (string constraint in TypeParameterText.Constraints(method.TypeParameters))
            output.Line("    " + constraint);
        output.Open();
        if (body.Target is { } target)
            EmitRecording(output, body, target);
        else
            output.Line(method.ReturnsVoid ? body.Signature.Forward + ";" : $"return {body.Signature.ForwardedValue};");
        output.Close();
    }

    private void EmitRecording(SourceWriter output, Body body, TargetEmitter target)
    {
        output.Open("if (global::AgentOps.Recording.RecordingGate.Live == 0)");
        output.Line("global::AgentOps.Recording.RecordingGate.CallsWithoutSession++;");
        target.EmitForward(output);
        output.Close();
        CallOrigin origin = CallOrigin.OfBody(body.Method);
        if (origin.IsReachedByCalls)
        {
            string ids = $"{_holder}.s_origins_{target.Name}";
            output.Open(body.Method.ContainingType.IsValueType
                ? $"if (global::AgentOps.Recording.CallHandover.Take<{TypeNames.Full(body.Method.ContainingType)}>({ids}))"
                : $"if (global::AgentOps.Recording.CallHandover.Take(this, {ids}))");
            target.EmitForward(output);
            output.Close();
        }
        target.EmitRecording(output, $"{_holder}.s_site_{target.Name}", [.. body.Method.Parameters.Select(GeneratedNames.Of)]);
    }

    private void EmitHolder(SourceWriter output)
    {
        output.Line();
        GeneratedFile.OpenNamespace(output, ProjectEnvironment.GeneratedNamespace);
        output.Line("[global::System.Obsolete]");
        output.Open($"file static class {HolderName}");
        bool isReachedByCalls = false;
        foreach (Body body in _bodies)
        {
            if (body.Target is not { } target)
                continue;
            SiteEmitter.EmitRegistration(output, $"s_site_{target.Name}", _file, target, body.Recorded!, body.Line, target.StaticAgent, "internal");
            CallOrigin origin = CallOrigin.OfBody(body.Method);
            if (!origin.IsReachedByCalls)
                continue;
            isReachedByCalls = true;
            output.Line($"internal static readonly string[] s_origins_{target.Name} = {origin.Ids};");
            output.Line();
        }
        foreach (Body body in _bodies)
            body.Target?.EmitMembers(output);
        if (isReachedByCalls)
        {
            output.Line("[ModuleInitializer]");
            output.Line("internal static void ExpectBodies() => CallHandover.ExpectBodies();");
        }
        _encoders.Emit(output);
        output.Close();
        output.Close();
    }

    private static readonly SymbolDisplayFormat s_namespace =
        SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);

    private static string KeywordOf(TypeDeclarationSyntax type) => type is RecordDeclarationSyntax record
        ? record.ClassOrStructKeyword.IsKind(SyntaxKind.StructKeyword) ? "record struct" : "record"
        : type.Keyword.Text;

    /// <summary>A method and what is written for it; without a target it is only passed on.</summary>
    private sealed record Body(MethodDeclarationSyntax Syntax, IMethodSymbol Method, TargetSignature Signature, int Line, RecordedMethod? Recorded, TargetEmitter? Target);
}
