using System.Collections.Immutable;
using AgentOps.Generators.Bodies;
using AgentOps.Generators.Calls;
using AgentOps.Generators.Decorators;
using AgentOps.Generators.Emit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentOps.Generators.Diagnostics;

/// <summary>Says of declarations that ask for generated code why that cannot be written: bodies of recorded methods, decorators of recorded interfaces.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RecordedDeclarationAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [RuleDescriptors.BodyMissing, RuleDescriptors.NotDecorated, RuleDescriptors.PassedOnUnrecorded];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        AnalyzedProject.Analyze(context, static (start, _) =>
        {
            start.RegisterSymbolAction(AnalyzeMethod, SymbolKind.Method);
            start.RegisterSymbolAction(AnalyzeInterface, SymbolKind.NamedType);
        });
    }

    private static void AnalyzeMethod(SymbolAnalysisContext context)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (!RecordedBody.IsWithoutBody(method) || !RecordedMethod.IsMarked(method) || HasErrors(method))
            return;
        IMethodSymbol? core = RecordedBody.FindCore(method);
        INamedTypeSymbol? obstacle = RecordedBody.FindObstacle(method, context.CancellationToken);
        string? remedy = core is null ? RemedyForCore(method, context.CancellationToken)
            : obstacle is null ? null
            : obstacle.IsFileLocal ? $"move it out of '{obstacle.Name}', which only its own file knows"
            : $"make '{obstacle.Name}' partial";
        if (remedy is not null)
            context.ReportDiagnostic(Diagnostic.Create(RuleDescriptors.BodyMissing, method.Locations[0], method.Name, remedy));
    }

    /// <summary>What to declare; nothing if the method may go without a body, and nobody seems to have meant it to have one.</summary>
    private static string? RemedyForCore(IMethodSymbol method, CancellationToken cancellation)
    {
        bool hasAnother = method.ContainingType.GetMembers(RecordedBody.CoreNameOf(method)).Any(static m => m is IMethodSymbol);
        bool isOptional = method.ReturnsVoid && method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is MethodDeclarationSyntax syntax
            && !syntax.Modifiers.Any(static m => SyntaxFacts.IsAccessibilityModifier(m.Kind()));
        if (isOptional && !hasAnother)
            return null;
        string parameters = string.Join(", ", method.Parameters.Select(static p => p.ToDisplayString(s_parameter)));
        string byRef = method.ReturnsByRefReadonly ? "ref readonly " : method.ReturnsByRef ? "ref " : "";
        string constraints = string.Concat(TypeParameterText.Constraints(method.TypeParameters).Select(static clause => " " + clause.Replace("global::", "")));
        string signature = $"private {(method.IsStatic ? "static " : "")}{byRef}{TypeNames.Short(method.ReturnType)} {RecordedBody.CoreNameOf(method)}{TypeParameterText.Listed(method.TypeParameters)}({parameters}){constraints}";
        return $"{(hasAnother ? $"'{RecordedBody.CoreNameOf(method)}' has another signature: " : "")}declare '{signature}' in '{method.ContainingType.Name}'";
    }

    private static void AnalyzeInterface(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.TypeKind != TypeKind.Interface || !DecoratorMembers.IsMarked(type))
            return;
        if (!DecoratorMembers.CanName(context.Compilation, type))
        {
            context.ReportDiagnostic(Diagnostic.Create(RuleDescriptors.NotDecorated, type.Locations[0], type.Name,
                "generated code cannot name it; make it internal, in a type that is, and give type parameters names of their own"));
            return;
        }
        foreach ((ISymbol member, MemberTreatment treatment) in DecoratorMembers.Of(context.Compilation, type))
        {
            Location place = member.Locations.FirstOrDefault(static l => l.IsInSource) ?? type.Locations[0];
            if (treatment == MemberTreatment.Impossible)
            {
                string reason = member.IsStatic ? "is static and abstract, and belongs to no instance" : "is not public, and only the instance itself may call it";
                context.ReportDiagnostic(Diagnostic.Create(RuleDescriptors.NotDecorated, place, type.Name, $"'{member.Name}' {reason}; move it to another interface"));
            }
            else if (treatment == MemberTreatment.PassOnUnrecorded)
            {
                context.ReportDiagnostic(Diagnostic.Create(RuleDescriptors.PassedOnUnrecorded, place, member.Name));
            }
        }
    }

    /// <summary>While something in the signature is unknown, the user's own errors say all there is to say.</summary>
    private static bool HasErrors(IMethodSymbol method) =>
        method.ReturnType.TypeKind == TypeKind.Error || method.Parameters.Any(static p => p.Type.TypeKind == TypeKind.Error);

    private static readonly SymbolDisplayFormat s_parameter = SymbolDisplayFormat.MinimallyQualifiedFormat
        .WithParameterOptions(SymbolDisplayParameterOptions.IncludeParamsRefOut | SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName);
}
