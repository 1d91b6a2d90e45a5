using System.Composition;
using AgentOps.CodeFixes.Editing;
using AgentOps.Generators.Declarations;
using AgentOps.Generators.Emit;
using AgentOps.Generators.Llm;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeRefactorings;

namespace AgentOps.CodeFixes.Refactorings;

/// <summary>Offers to record a method as a model call that returns what a model answers, or a task or stream of it.</summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(RecordLlmRefactoring)), Shared]
public sealed class RecordLlmRefactoring : MarkRefactoring
{
    private protected override string Attribute => RecordedAttributeNames.Llm;

    private protected override string Title => "Record as LLM call";

    private protected override Task<IMethodSymbol?> FindAsync(MendPlace place) =>
        Task.FromResult(DeclaredAt(place) is { } method && ResultShape.Of(method).Type is { } type && IsAnswer(type) ? method : null);

    /// <summary>Clients wrap answers in responses of their transport.</summary>
    private static bool IsAnswer(ITypeSymbol type) =>
        LlmReading.IsResult(type) || (type is INamedTypeSymbol { IsGenericType: true, Name: "ClientResult" or "Response" or "NullableResponse" } wrapper && LlmReading.IsResult(wrapper.TypeArguments[0]));
}
