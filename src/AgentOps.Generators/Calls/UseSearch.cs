using AgentOps.Generators.Declarations;
using Microsoft.CodeAnalysis.Text;

namespace AgentOps.Generators.Calls;

/// <summary>What is searched in the text of files: the terms of calls and declarations and, at a build, all other uses. Compared by value, so that files are searched again only when it changes.</summary>
internal sealed class UseSearch : IEquatable<UseSearch>
{
    private static readonly RecordedNames s_none = new([]);

    private readonly RecordedNames _marks;

    public UseSearch(DeclarationShape shape)
    {
        Terms = shape.Terms;
        FindsAllUses = shape.WantsReport;
        _marks = FindsAllUses ? shape.Attributes : s_none;
        Syntax = FindsAllUses ? CompilerMadeSyntaxes.Calling(Names) : CompilerMadeSyntax.None;
    }

    /// <summary>What is looked for in any case.</summary>
    public SearchTerms Terms { get; }

    /// <summary>Names of recorded methods.</summary>
    public RecordedNames Names => Terms.Calls;

    /// <summary>Whether uses that are no calls are searched as well: they are counted at a build, and of no use while code is typed.</summary>
    public bool FindsAllUses { get; }

    /// <summary>The syntax by which the compiler may call a method of a recorded name.</summary>
    public CompilerMadeSyntax Syntax { get; }

    public bool FindsNothing => Terms.IsEmpty && !FindsAllUses;

    public bool ReachesEveryFile => Syntax != CompilerMadeSyntax.None;

    /// <summary>Whether one of the names may stand in a file; <see langword="false"/> is certain.</summary>
    public bool MayStandIn(SourceText text) => MentionedNames.In(text, Terms.Mentioned) || (FindsAllUses && MentionedNames.In(text, _marks));

    /// <summary>Whether a local function with this attribute is marked as a recorded method.</summary>
    public bool IsMark(string attribute) => _marks.Contains(attribute);

    public bool Equals(UseSearch? other) =>
        other is not null && FindsAllUses == other.FindsAllUses && Terms.Equals(other.Terms) && _marks.Equals(other._marks);

    public override bool Equals(object? obj) => Equals(obj as UseSearch);

    public override int GetHashCode() => Terms.GetHashCode();
}
