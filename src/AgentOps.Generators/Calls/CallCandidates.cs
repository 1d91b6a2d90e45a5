using System.Collections.Immutable;
using AgentOps.Generators.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentOps.Generators.Calls;

/// <summary>The calls of one file whose method has a recorded name. Holds positions only; binding decides what they are.</summary>
/// <remarks>Where every use is wanted, a file without such calls may be a candidate too: for its method groups, say.</remarks>
internal sealed class CallCandidates(SourceFile file, ImmutableArray<int> positions) : IEquatable<CallCandidates>
{
    public SourceFile File { get; } = file;

    /// <summary>Where the names of the called methods start.</summary>
    public ImmutableArray<int> Positions { get; } = positions;

    /// <summary>Looks at the text first: most files mention no recorded name, and their syntax is never walked.</summary>
    public static ImmutableArray<CallCandidates> Find(SourceFile file, SearchTerms terms, CancellationToken cancellation)
    {
        RecordedNames names = terms.Names;
        if (terms.FindsNothing)
            return [];
        if (!terms.ReachesEveryFile && !terms.MayStandIn(file.Tree.GetText(cancellation)))
            return [];
        ImmutableArray<int>.Builder? positions = null;
        foreach (SyntaxNode node in file.Tree.GetRoot(cancellation).DescendantNodes())
        {
            if (node is InvocationExpressionSyntax call && CallSyntax.NameOf(call) is { } name && names.Contains(name.Identifier.ValueText))
                (positions ??= ImmutableArray.CreateBuilder<int>()).Add(name.SpanStart);
        }
        if (positions is null)
            return terms.FindsAllUses ? [new CallCandidates(file, [])] : [];
        return [new CallCandidates(file, positions.ToImmutable())];
    }

    public bool Equals(CallCandidates? other) => other is not null && File.Equals(other.File) && Positions.SequenceEqual(other.Positions);

    public override bool Equals(object? obj) => Equals(obj as CallCandidates);

    public override int GetHashCode() => File.GetHashCode();
}

/// <summary>How calls are written.</summary>
internal static class CallSyntax
{
    /// <summary>The name of the called method; <see langword="null"/> for calls that no interceptor can take, such as <c>f()()</c>.</summary>
    public static SimpleNameSyntax? NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        SimpleNameSyntax name => name,
        _ => null,
    };

    /// <summary>Where a call is shown to a person: at its method's name.</summary>
    public static SyntaxNode PlaceOf(InvocationExpressionSyntax call) => (SyntaxNode?)NameOf(call) ?? call;

    /// <summary>The call whose method name starts at a position.</summary>
    public static InvocationExpressionSyntax? At(SyntaxNode root, int namePosition)
    {
        for (SyntaxNode? node = root.FindToken(namePosition).Parent; node is not null; node = node.Parent)
        {
            if (node is InvocationExpressionSyntax call)
                return NameOf(call)?.SpanStart == namePosition ? call : null;
        }
        return null;
    }
}
