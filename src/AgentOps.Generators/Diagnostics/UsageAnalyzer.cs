using System.Collections.Immutable;
using AgentOps.Generators.Calls;
using AgentOps.Generators.Emit;
using AgentOps.Generators.Llm;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentOps.Generators.Diagnostics;

/// <summary>Says at methods that call models which of them have unknown usage, and how it can be read.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UsageAnalyzer : DiagnosticAnalyzer
{
    private const string Marks = "mark the members of '{0}' that count tokens with [TokenUsage]";
    private const string Text = "return the client's response instead of the text in it, or a type of your own whose members that count tokens are marked with [TokenUsage]";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [RuleDescriptors.UnknownUsage];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        AnalyzedProject.Analyze(context, static (start, settings) =>
        {
            if (settings.IsSwitchedOn)
                start.RegisterSymbolAction(Analyze, SymbolKind.Method);
        });
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (!RecordedMethod.IsMarked(method) || RecordedMethod.OfDeclaration(method) is not { Kind: RecordedKind.Llm })
            return;
        var shape = ResultShape.Of(method);
        if (shape.Type is { } type && LlmReading.For(type, shape.IsRead, isKept: true, context.Compilation) is { BindsUsage: true })
            return;
        if (method.Locations.FirstOrDefault(static l => l.IsInSource) is { } location)
            context.ReportDiagnostic(Diagnostic.Create(RuleDescriptors.UnknownUsage, location, method.Name, AdviceFor(shape.Type)));
    }

    private static string AdviceFor(ITypeSymbol? result)
    {
        if (result is null)
            return "return the client's response, or record the call by hand with session.RecordLlm";
        if (StreamedBy(result) is { } item)
        {
            string streamed = TypeNames.Short(item);
            return $"declare the result as IAsyncEnumerable<{streamed}> or IEnumerable<{streamed}>, without a task around it, so that it can be read along";
        }
        bool isOwn = result is INamedTypeSymbol { SpecialType: SpecialType.None, IsTupleType: false, TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.Interface } && result.Locations.Any(static l => l.IsInSource);
        return isOwn ? string.Format(System.Globalization.CultureInfo.InvariantCulture, Marks, TypeNames.Short(result)) : Text;
    }

    /// <summary>The item of a result that is read item by item, but comes as something that cannot be replaced by a stream.</summary>
    private static ITypeSymbol? StreamedBy(ITypeSymbol result) => result is not INamedTypeSymbol { SpecialType: SpecialType.None } type
        ? null
        : type.AllInterfaces.Add(type).FirstOrDefault(static i =>
            i is { MetadataName: "IAsyncEnumerable`1" or "IEnumerable`1", ContainingNamespace: { Name: "Generic" } } && LlmReading.IsResult(i.TypeArguments[0]))?.TypeArguments[0];
}
