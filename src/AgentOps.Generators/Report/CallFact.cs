using AgentOps.Generators.Calls;
using AgentOps.Generators.Support;
using Microsoft.CodeAnalysis.Text;

namespace AgentOps.Generators.Report;

/// <summary>What became of one use of a recorded method. Texts and numbers only, so that a cached fact keeps nothing alive.</summary>
internal sealed record CallFact(int Line, int Column, RecordedKind? Kind, string? Name, string Method, RefusalReason Outcome)
{
    public static CallFact Of(CallUse use)
    {
        LinePosition start = use.Place.SyntaxTree.GetLineSpan(use.Place.Span).StartLinePosition;
        string method = use.Method is null ? use.MethodName : TypeNames.Describe(use.Method);
        return new CallFact(start.Line + 1, start.Character + 1, use.Recorded?.Kind, use.Recorded?.Name, method, use.Outcome);
    }
}

/// <summary>The facts of one file.</summary>
internal sealed record FileFacts(string File, EquatableArray<CallFact> Facts)
{
    /// <summary>The same facts where none is recorded because the compiler cannot tell the file from another.</summary>
    public FileFacts AsDuplicate() => this with
    {
        Facts = new EquatableArray<CallFact>([.. Facts.Items.Select(static fact =>
            fact.Outcome == RefusalReason.None ? fact with { Outcome = RefusalReason.DuplicateContent } : fact)]),
    };
}

/// <summary>All that the report of a project is written from; without a project there is none.</summary>
internal sealed record ReportInput(string? Project, EquatableArray<FileFacts> Files);
