using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Calls;

/// <summary>A file of the compilation. Two trees may have one path, so each says the how many-th of its path it is.</summary>
internal sealed class SourceFile(SyntaxTree tree, int ordinal) : IEquatable<SourceFile>
{
    public SyntaxTree Tree { get; } = tree;

    public int Ordinal { get; } = ordinal;

    public static IEnumerable<SourceFile> AllOf(Compilation compilation)
    {
        var seen = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            seen.TryGetValue(tree.FilePath, out int ordinal);
            seen[tree.FilePath] = ordinal + 1;
            yield return new SourceFile(tree, ordinal);
        }
    }

    public bool Equals(SourceFile? other) => other is not null && ReferenceEquals(Tree, other.Tree) && Ordinal == other.Ordinal;

    public override bool Equals(object? obj) => Equals(obj as SourceFile);

    public override int GetHashCode() => RuntimeHelpers.GetHashCode(Tree);
}
