using AgentOps.Generators.Adapters;
using AgentOps.Generators.Decorators;

namespace AgentOps.Generators.Declarations;

/// <summary>What a file must mention to be bound at all. Each file's text is scanned for these names once.</summary>
/// <param name="calls">Names of methods whose calls are recorded.</param>
/// <param name="declared">Names of recorded methods that this project declares, whose bodies may be missing.</param>
/// <param name="interfaceMarks">Names under which the attribute of recorded interfaces may stand in source.</param>
/// <param name="factories">How the factories of frameworks may be called.</param>
/// <param name="findsDecorated">Whether calls that name interfaces to decorate are looked for.</param>
internal sealed class SearchTerms(RecordedNames calls, RecordedNames declared, RecordedNames interfaceMarks, FactoryNames factories, bool findsDecorated) : IEquatable<SearchTerms>
{
    private static readonly RecordedNames s_decorating = new(DecoratorInstantiation.Mentioned);

    public RecordedNames Calls { get; } = calls;

    public RecordedNames Declared { get; } = declared;

    public RecordedNames InterfaceMarks { get; } = interfaceMarks;

    public FactoryNames Factories { get; } = factories;

    /// <summary>Whether calls that name interfaces to decorate are looked for.</summary>
    public bool FindsDecorated { get; } = findsDecorated;

    public bool IsEmpty => !FindsDecorated && Calls.IsEmpty && Declared.IsEmpty && InterfaceMarks.IsEmpty && Factories.IsEmpty;

    /// <summary>All of it: what the text is scanned for.</summary>
    public RecordedNames Mentioned { get; } = RecordedNames.Union([calls, declared, interfaceMarks, factories.Mentioned, .. findsDecorated ? (RecordedNames[])[s_decorating] : []]);

    public bool Equals(SearchTerms? other) =>
        other is not null && Calls.Equals(other.Calls) && Declared.Equals(other.Declared) && InterfaceMarks.Equals(other.InterfaceMarks) && Factories.Equals(other.Factories) && FindsDecorated == other.FindsDecorated;

    public override bool Equals(object? obj) => Equals(obj as SearchTerms);

    public override int GetHashCode() => Calls.GetHashCode();
}
