using System.Collections.Immutable;
using AgentOps.Generators.Declarations;
using AgentOps.Generators.Decorators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentOps.Generators.Calls;

/// <summary>What one file may have to do with recording: calls that have a recorded name, and declarations that are to be completed. Holds positions only; binding decides what they are.</summary>
/// <remarks>Where every use is wanted, a file without such calls may be a candidate too: for its method groups, say.</remarks>
internal sealed class CallCandidates(SourceFile file, ImmutableArray<int> positions, ImmutableArray<int> declarations, bool mayHaveOtherUses) : IEquatable<CallCandidates>
{
    public SourceFile File { get; } = file;

    /// <summary>Where the names of the called methods start.</summary>
    public ImmutableArray<int> Positions { get; } = positions;

    /// <summary>Whether the file is bound for its calls, or for other uses of recorded methods.</summary>
    public bool IsBound => mayHaveOtherUses || Positions.Length > 0;

    /// <summary>Where recorded methods without a body and recorded interfaces are declared.</summary>
    public ImmutableArray<int> Declarations { get; } = declarations;

    /// <summary>Looks at the text first: most files mention no recorded name, and their syntax is never walked.</summary>
    public static ImmutableArray<CallCandidates> Find(SourceFile file, UseSearch search, CancellationToken cancellation)
    {
        SearchTerms terms = search.Terms;
        if (search.FindsNothing)
            return [];
        if (!search.ReachesEveryFile && !search.MayStandIn(file.Tree.GetText(cancellation)))
            return [];
        ImmutableArray<int>.Builder? positions = null;
        ImmutableArray<int>.Builder? declarations = null;
        foreach (SyntaxNode node in file.Tree.GetRoot(cancellation).DescendantNodes())
        {
            switch (node)
            {
                case InvocationExpressionSyntax call
                    when CallSyntax.NameOf(call) is { } name && (terms.Calls.Contains(name.Identifier.ValueText) || terms.Factories.MayBe(call, name) || (terms.FindsDecorated && DecoratorInstantiation.MayBe(name))):
                    (positions ??= ImmutableArray.CreateBuilder<int>()).Add(name.SpanStart);
                    break;
                case MethodDeclarationSyntax { Body: null, ExpressionBody: null, AttributeLists.Count: > 0 } method
                    when method.Modifiers.Any(SyntaxKind.PartialKeyword) && terms.Declared.Contains(method.Identifier.ValueText):
                case InterfaceDeclarationSyntax { AttributeLists.Count: > 0 } type when CallSyntax.HasAttribute(type.AttributeLists, terms.InterfaceMarks.Contains):
                    (declarations ??= ImmutableArray.CreateBuilder<int>()).Add(node.SpanStart);
                    break;
            }
        }
        return positions is null && declarations is null && !search.FindsAllUses
            ? []
            : [new CallCandidates(file, positions?.ToImmutable() ?? [], declarations?.ToImmutable() ?? [], search.FindsAllUses)];
    }

    public bool Equals(CallCandidates? other) => other is not null && File.Equals(other.File) && Positions.SequenceEqual(other.Positions) && Declarations.SequenceEqual(other.Declarations) && IsBound == other.IsBound;

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

    /// <summary>Whether one of the attributes has a name that counts.</summary>
    public static bool HasAttribute(SyntaxList<AttributeListSyntax> lists, Func<string, bool> counts)
    {
        foreach (AttributeListSyntax list in lists)
        {
            foreach (AttributeSyntax attribute in list.Attributes)
            {
                if (counts(LastNameOf(attribute.Name)))
                    return true;
            }
        }
        return false;
    }

    /// <summary>The last name of an expression that is made of names; empty for any other.</summary>
    public static string LastNameOf(ExpressionSyntax expression) => expression switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax aliased => aliased.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        _ => "",
    };

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
