using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentOps.Generators.Calls;

/// <summary>A file of the compilation. Two trees may have one path, so each says the how many-th of its path it is.</summary>
internal sealed class SourceFile(SyntaxTree tree, int ordinal) : IEquatable<SourceFile>
{
    public SyntaxTree Tree { get; } = tree;

    public int Ordinal { get; } = ordinal;

    /// <summary>Runs on every keystroke over all files, so it allocates what it returns and little else.</summary>
    public static ImmutableArray<SourceFile> AllOf(Compilation compilation)
    {
        ImmutableArray<SyntaxTree> trees = ((CSharpCompilation)compilation).SyntaxTrees;
        var seen = new Dictionary<string, int>(trees.Length, StringComparer.OrdinalIgnoreCase);
        ImmutableArray<SourceFile>.Builder files = ImmutableArray.CreateBuilder<SourceFile>(trees.Length);
        foreach (SyntaxTree tree in trees)
        {
            seen.TryGetValue(tree.FilePath, out int ordinal);
            seen[tree.FilePath] = ordinal + 1;
            files.Add(new SourceFile(tree, ordinal));
        }
        return files.MoveToImmutable();
    }

    public bool Equals(SourceFile? other) => other is not null && ReferenceEquals(Tree, other.Tree) && Ordinal == other.Ordinal;

    public override bool Equals(object? obj) => Equals(obj as SourceFile);

    public override int GetHashCode() => RuntimeHelpers.GetHashCode(Tree);
}
