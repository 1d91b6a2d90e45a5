using AgentOps.Generators.Declarations;
using Microsoft.CodeAnalysis.Text;

namespace AgentOps.Generators.Calls;

/// <summary>What is searched in the text of files. Compared by value, so that files are searched again only when it changes.</summary>
internal sealed class SearchTerms : IEquatable<SearchTerms>
{
    private static readonly RecordedNames s_none = new([]);

    private readonly RecordedNames _marks;

    public SearchTerms(DeclarationShape shape)
    {
        Names = shape.Names;
        FindsAllUses = shape.Environment.WantsReport;
        _marks = FindsAllUses ? shape.Attributes : s_none;
        Syntax = FindsAllUses ? CompilerMadeSyntaxes.Calling(Names) : CompilerMadeSyntax.None;
    }

    /// <summary>Names of recorded methods.</summary>
    public RecordedNames Names { get; }

    /// <summary>Whether uses that are no calls are searched as well: they are counted at a build, and of no use while code is typed.</summary>
    public bool FindsAllUses { get; }

    /// <summary>The syntax by which the compiler may call a method of a recorded name.</summary>
    public CompilerMadeSyntax Syntax { get; }

    public bool FindsNothing => Names.IsEmpty && !FindsAllUses;

    public bool ReachesEveryFile => Syntax != CompilerMadeSyntax.None;

    /// <summary>Whether one of the names may stand in a file; <see langword="false"/> is certain.</summary>
    public bool MayStandIn(SourceText text) => MentionedNames.In(text, Names) || (FindsAllUses && MentionedNames.In(text, _marks));

    /// <summary>Whether a local function with this attribute is marked as a recorded method.</summary>
    public bool IsMark(string attribute) => _marks.Contains(attribute);

    public bool Equals(SearchTerms? other) =>
        other is not null && FindsAllUses == other.FindsAllUses && Names.Equals(other.Names) && _marks.Equals(other._marks);

    public override bool Equals(object? obj) => Equals(obj as SearchTerms);

    public override int GetHashCode() => Names.GetHashCode();
}
