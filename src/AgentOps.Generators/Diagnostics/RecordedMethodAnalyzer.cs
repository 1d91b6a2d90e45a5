using System.Collections.Immutable;
using AgentOps.Generators.Bodies;
using AgentOps.Generators.Calls;
using AgentOps.Generators.Emit;
using AgentOps.Generators.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentOps.Generators.Diagnostics;

/// <summary>Says at recorded methods what of their declaration stands in the way of a whole record.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RecordedMethodAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        RuleDescriptors.AsyncVoid, RuleDescriptors.ConflictingMarks, RuleDescriptors.MarksDisagree, RuleDescriptors.CommonName, RuleDescriptors.OutputNotCaptured,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        AnalyzedProject.Analyze(context, static (start, settings) =>
        {
            if (settings.IsSwitchedOn)
                start.RegisterSymbolAction(c => Analyze(c, settings.Capture), SymbolKind.Method);
        });
    }

    private static void Analyze(SymbolAnalysisContext context, CaptureLevels projectCapture)
    {
        var method = (IMethodSymbol)context.Symbol;
        // Of a method in two parts the attributes of both are known to each.
        if (method.MethodKind is not (MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation) || method.PartialDefinitionPart is not null)
            return;
        AnalyzeAsyncVoid(context, method);
        if (!RecordedMethod.IsMarked(method) || RecordedMethod.OfDeclaration(method) is not { } recorded)
            return;
        AnalyzeMarks(context, method);
        AnalyzeOrigins(context, method, recorded);
        if (CommonNames.Contains(method.Name) && method.OverriddenMethod is null && !CallOrigin.OriginsOf(method).Any())
            context.ReportDiagnostic(Diagnostic.Create(RuleDescriptors.CommonName, method.Locations[0], method.Name));
        if (((recorded.Capture ?? projectCapture) & CaptureLevels.Result) != 0)
            AnalyzeOutputs(context, method);
    }

    private static void AnalyzeAsyncVoid(SymbolAnalysisContext context, IMethodSymbol method)
    {
        if (!method.ReturnsVoid || (method.PartialImplementationPart ?? method) is not { } body)
            return;
        if (!body.IsAsync && RecordedBody.RecordsItself(method) && RecordedBody.FindCore(method) is { } core)
            body = core;
        if (body.IsAsync && RecordedMethod.OfDeclaration(method) is not null)
            context.ReportDiagnostic(Diagnostic.Create(RuleDescriptors.AsyncVoid, body.Locations[0], method.Name));
    }

    /// <summary>The first mark counts; others of its kind the compiler reports itself.</summary>
    private static void AnalyzeMarks(SymbolAnalysisContext context, IMethodSymbol method)
    {
        string? first = null;
        foreach (AttributeData attribute in method.GetAttributes())
        {
            if (!RecordedMethod.IsMark(attribute))
                continue;
            string name = attribute.OwnName()!;
            if (first is null)
                first = name;
            else if (first != name && attribute.ApplicationSyntaxReference is { } place)
                context.ReportDiagnostic(Diagnostic.Create(RuleDescriptors.ConflictingMarks, Location.Create(place.SyntaxTree, place.Span), method.Name, Short(first), Short(name)));
        }
    }

    /// <summary>Methods that this one may be called by, and of which something else is recorded, or nothing.</summary>
    private static void AnalyzeOrigins(SymbolAnalysisContext context, IMethodSymbol method, RecordedMethod recorded)
    {
        if (RecordedBody.RecordsItself(method))
            return;
        foreach (IMethodSymbol origin in CallOrigin.OriginsOf(method))
        {
            IMethodSymbol declared = origin.OriginalDefinition;
            // What stands elsewhere or nowhere cannot be marked, and a decorator records whatever it is called by.
            if (declared.IsImplicitlyDeclared || !SymbolEqualityComparer.Default.Equals(declared.ContainingAssembly, context.Compilation.Assembly) || Decorators.DecoratorMembers.IsMarked(declared.ContainingType))
                continue;
            RecordedMethod? other = RecordedMethod.OfDeclaration(declared);
            // An explicit implementation's own name is none that anybody would give an event.
            RecordedMethod own = recorded.Name == method.Name ? recorded with { Name = declared.Name } : recorded;
            if (own == other)
                continue;
            string described = other is null ? "not recorded" : DescribeAs(other, own.Kind == other.Kind && own.Name == other.Name ? " with other options" : "");
            context.ReportDiagnostic(Diagnostic.Create(
                RuleDescriptors.MarksDisagree, method.Locations[0], [declared.Locations[0]], declared.Name, DescribeAs(own, ""), $"{declared.ContainingType.Name}.{declared.Name}", described));
            return;
        }
    }

    private static void AnalyzeOutputs(SymbolAnalysisContext context, IMethodSymbol method)
    {
        if (ResultShape.Of(method).Kind is ResultKind.Void or ResultKind.Value)
            return;
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            if (parameter.RefKind is RefKind.Out or RefKind.Ref && !CapturePolicy.IsSkipped(parameter.Type) && RedactionPolicy.Of(parameter).Redaction == Redaction.None)
                context.ReportDiagnostic(Diagnostic.Create(RuleDescriptors.OutputNotCaptured, parameter.Locations[0], method.Name, parameter.Name));
        }
    }

    private static string DescribeAs(RecordedMethod recorded, string addition) => recorded.Kind switch
    {
        RecordedKind.Tool => $"recorded as the tool '{recorded.Name}'{addition}",
        RecordedKind.Llm => $"recorded as a model call{addition}",
        _ => $"recorded as the action '{recorded.Name}'{addition}",
    };

    private static string Short(string attribute) => $"[{attribute.Substring(0, attribute.Length - "Attribute".Length)}]";
}
