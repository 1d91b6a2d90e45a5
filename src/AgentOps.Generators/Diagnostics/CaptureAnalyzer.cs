using System.Collections.Concurrent;
using System.Collections.Immutable;
using AgentOps.Generators.Calls;
using AgentOps.Generators.Declarations;
using AgentOps.Generators.Emit;
using AgentOps.Generators.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentOps.Generators.Diagnostics;

/// <summary>Says at recorded methods, and at the types they take and return, what is captured otherwise than one would think.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CaptureAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [RuleDescriptors.SecretByName, RuleDescriptors.NamedOnly, RuleDescriptors.InvalidCaptureValue];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        AnalyzedProject.Analyze(context, static (start, settings) =>
        {
            if (!settings.IsSwitchedOn)
                return;
            AnalyzerConfigOptions options = start.Options.AnalyzerConfigOptionsProvider.GlobalOptions;
            bool isValid = CaptureProperty.Read(options, out CaptureLevels capture);
            var seen = new ConcurrentDictionary<ISymbol, bool>(SymbolEqualityComparer.Default);
            start.RegisterSymbolAction(c => AnalyzeMethod(c, isValid ? capture : CaptureLevels.None, seen), SymbolKind.Method);
            start.RegisterSymbolAction(AnalyzeMarks, SymbolKind.Property, SymbolKind.Field, SymbolKind.NamedType);
            if (!isValid)
            {
                string text = CaptureProperty.Text(options);
                start.RegisterCompilationEndAction(c => c.ReportDiagnostic(
                    Diagnostic.Create(RuleDescriptors.InvalidCaptureValue, Location.None, text, CaptureProperty.Name, "None, Arguments, Result or All")));
            }
        });
    }

    private static void AnalyzeMethod(SymbolAnalysisContext context, CaptureLevels projectCapture, ConcurrentDictionary<ISymbol, bool> seen)
    {
        var method = (IMethodSymbol)context.Symbol;
        AnalyzeMarks(context);
        if (!RecordedMethod.IsMarked(method) || RecordedMethod.OfDeclaration(method) is not { } recorded)
            return;
        ReportInvalid(context, method.GetAttributes());
        CaptureLevels capture = recorded.Capture ?? projectCapture;
        var reach = new CapturedReach(context.Compilation, seen);
        if ((capture & CaptureLevels.Arguments) != 0)
        {
            foreach (IParameterSymbol parameter in method.Parameters.Where(static p => p.RefKind != RefKind.Out))
                AnalyzeValue(context, reach, parameter, parameter.Type, RedactionPolicy.Of(parameter), "[Redact]", parameter.Name);
        }
        if ((capture & CaptureLevels.Result) == 0)
            return;
        foreach (IParameterSymbol parameter in method.Parameters.Where(static p => p.RefKind == RefKind.Out))
            AnalyzeValue(context, reach, parameter, parameter.Type, RedactionPolicy.Of(parameter), "[Redact]", parameter.Name);
        if (ResultShape.Of(method).Type is { } result)
            AnalyzeValue(context, reach, method, result, RedactionPolicy.OfResult(method), "[return: Redact]", "What '" + method.Name + "' returns");
    }

    /// <param name="context">Where to report.</param>
    /// <param name="reach">Finds what else is captured with the value.</param>
    /// <param name="symbol">Where it is declared.</param>
    /// <param name="type">Its type.</param>
    /// <param name="secrecy">What is decided for it.</param>
    /// <param name="mark">The attribute that would say so.</param>
    /// <param name="name">What it is called.</param>
    private static void AnalyzeValue(
        SymbolAnalysisContext context, CapturedReach reach, ISymbol symbol, ITypeSymbol type, Secrecy secrecy, string mark, string name)
    {
        if (CapturePolicy.IsSkipped(type))
            return;
        if (secrecy.IsByName)
        {
            Report(context, symbol, RuleDescriptors.SecretByName, Quoted(name), mark, mark.Replace("Redact", "Redact(Redaction.None)"));
            return;
        }
        if (secrecy.Redaction != Redaction.None)
            return;
        if (CapturedReach.WhyNamedOnly(type) is { } reason)
            Report(context, symbol, RuleDescriptors.NamedOnly, Quoted(name), reason);
        foreach (ISymbol member in reach.SecretsByName(type))
            Report(context, member, RuleDescriptors.SecretByName, Quoted(member.Name), "[Redact]", "[Redact(Redaction.None)]");
    }

    private static string Quoted(string name) => name.Contains(' ') ? name : $"'{name}'";

    /// <summary>Marks with a strength that is none.</summary>
    private static void AnalyzeMarks(SymbolAnalysisContext context)
    {
        IEnumerable<AttributeData> attributes = context.Symbol.GetAttributes();
        if (context.Symbol is IMethodSymbol method)
            attributes = attributes.Concat(method.GetReturnTypeAttributes()).Concat(method.Parameters.SelectMany(static p => p.GetAttributes()));
        foreach (AttributeData attribute in attributes)
        {
            if (attribute.OwnName() == RecordedAttributeNames.Redact && attribute.FirstNumber() is { } number && !RedactMark.IsKnown(number))
                ReportInvalid(context, attribute, number, "Redact", "Redaction.Erase, Hash, Mask or None");
        }
    }

    private static void ReportInvalid(SymbolAnalysisContext context, ImmutableArray<AttributeData> attributes)
    {
        foreach (AttributeData attribute in attributes)
        {
            if (RecordedMethod.IsMark(attribute) && attribute.NamedNumber("Capture") is { } number && (number & ~(int)CaptureLevels.All) != 0)
                ReportInvalid(context, attribute, number, "Capture", "Capture.None, Arguments, Result or All");
        }
    }

    private static void ReportInvalid(SymbolAnalysisContext context, AttributeData attribute, int number, string what, string allowed)
    {
        if (attribute.ApplicationSyntaxReference is { } place)
        {
            Location location = Location.Create(place.SyntaxTree, place.Span);
            context.ReportDiagnostic(Diagnostic.Create(RuleDescriptors.InvalidCaptureValue, location, number, what, allowed));
        }
    }

    private static void Report(SymbolAnalysisContext context, ISymbol symbol, DiagnosticDescriptor rule, params object[] arguments)
    {
        if (symbol.Locations.FirstOrDefault(static l => l.IsInSource) is { } location)
            context.ReportDiagnostic(Diagnostic.Create(rule, location, arguments));
    }
}
