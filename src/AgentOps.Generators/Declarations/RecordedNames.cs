namespace AgentOps.Generators.Declarations;

/// <summary>The simple names of all recorded methods that a call could mean. More names than there are methods: binding decides.</summary>
internal sealed class RecordedNames : IEquatable<RecordedNames>
{
    /// <summary>Stands for operators and accessors that are marked: they are called where no name stands.</summary>
    public const string OfOperators = "op_";

    private readonly HashSet<string> _names;
    private readonly HashSet<uint> _hashes;

    public RecordedNames(IEnumerable<string> names)
    {
        _names = new HashSet<string>(names, StringComparer.Ordinal);
        _hashes = [.. _names.Select(static name => IdentifierHash.Of(name))];
    }

    /// <summary>The names of several sets.</summary>
    public static RecordedNames Union(IEnumerable<RecordedNames> sets) => new(sets.SelectMany(static set => set._names));

    public bool IsEmpty => _names.Count == 0;

    public bool Contains(string name) => _names.Contains(name);

    public bool ContainsHash(uint hash) => _hashes.Contains(hash);

    /// <summary>All names in ordinal order, joined for the assembly's manifest.</summary>
    public string Join() => string.Join(";", _names.OrderBy(static n => n, StringComparer.Ordinal));

    public bool Equals(RecordedNames? other) => other is not null && _names.SetEquals(other._names);

    public override bool Equals(object? obj) => Equals(obj as RecordedNames);

    public override int GetHashCode() => _names.Count;
}

/// <summary>A hash of an identifier that can be fed character by character while text is scanned.</summary>
internal static class IdentifierHash
{
    public static uint Next(uint hash, char c) => (hash ^ c) * 16777619;

    public static uint Finish(uint hash, int length) => hash ^ (uint)length;

    public static uint Of(string identifier)
    {
        uint hash = 0;
        foreach (char c in identifier)
            hash = Next(hash, c);
        return Finish(hash, identifier.Length);
    }
}
