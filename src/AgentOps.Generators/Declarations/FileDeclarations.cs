using AgentOps.Generators.Support;

namespace AgentOps.Generators.Declarations;

/// <summary>
/// What other files can see of one file. Two are equal when their fingerprints are: then no call in any other file binds
/// differently, and the names below are the same, since the fingerprint covers them.
/// </summary>
internal sealed class FileDeclarations(
    Fingerprint fingerprint, (string Attribute, string Method)[] attributedMethods, (string Alias, string Target)[] aliases, HiddenNamespaces hidden)
    : IEquatable<FileDeclarations>
{
    /// <summary>Simple names of attributes on methods and their parameters, with the method's name.</summary>
    public (string Attribute, string Method)[] AttributedMethods { get; } = attributedMethods;

    /// <summary>Using aliases, with the simple name of what they stand for. A type whose members need no name has an empty one.</summary>
    public (string Alias, string Target)[] Aliases { get; } = aliases;

    /// <summary>The namespaces that its types hide.</summary>
    public HiddenNamespaces Hidden { get; } = hidden;

    private Fingerprint Fingerprint { get; } = fingerprint;

    public bool Equals(FileDeclarations? other) => other is not null && Fingerprint == other.Fingerprint;

    public override bool Equals(object? obj) => Equals(obj as FileDeclarations);

    public override int GetHashCode() => Fingerprint.GetHashCode();
}

/// <summary>Namespaces that nothing can name any more, because a type outside of all namespaces has their name.</summary>
[Flags]
internal enum HiddenNamespaces
{
    None = 0,

    /// <summary><c>AgentOps</c>: no attribute of it can be written, and nothing of it be named by generated code.</summary>
    Runtime = 1,

    /// <summary><c>System</c>: nothing that is generated could be compiled, and hardly anything else.</summary>
    Platform = 2,
}
