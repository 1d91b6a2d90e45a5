using System.Collections.Immutable;
using System.Globalization;
using AgentOps.Generators.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentOps.Generators.Calls;

/// <summary>The calls of one file whose method has a recorded name. Holds positions only; binding decides what they are.</summary>
internal sealed class CallCandidates(SourceFile file, ImmutableArray<int> positions) : IEquatable<CallCandidates>
{
    public SourceFile File { get; } = file;

    /// <summary>Where the names of the called methods start.</summary>
    public ImmutableArray<int> Positions { get; } = positions;

    /// <summary>Looks at the text first: most files mention no recorded name, and their syntax is never walked.</summary>
    public static ImmutableArray<CallCandidates> Find(SourceFile file, RecordedNames names, CancellationToken cancellation)
    {
        if (names.IsEmpty || !Mentions(file.Tree.GetText(cancellation), names))
            return [];
        ImmutableArray<int>.Builder? positions = null;
        foreach (SyntaxNode node in file.Tree.GetRoot(cancellation).DescendantNodes())
        {
            if (node is InvocationExpressionSyntax call && CallSyntax.NameOf(call) is { } name && names.Contains(name.Identifier.ValueText))
                (positions ??= ImmutableArray.CreateBuilder<int>()).Add(name.SpanStart);
        }
        return positions is null ? [] : [new CallCandidates(file, positions.ToImmutable())];
    }

    public bool Equals(CallCandidates? other) => other is not null && File.Equals(other.File) && Positions.SequenceEqual(other.Positions);

    public override bool Equals(object? obj) => Equals(obj as CallCandidates);

    public override int GetHashCode() => File.GetHashCode();

    private static bool Mentions(SourceText text, RecordedNames names)
    {
        char[] buffer = System.Buffers.ArrayPool<char>.Shared.Rent(4096);
        try
        {
            uint hash = 0;
            int length = 0;
            for (int start = 0; start < text.Length; start += buffer.Length)
            {
                int count = Math.Min(buffer.Length, text.Length - start);
                text.CopyTo(start, buffer, 0, count);
                for (int i = 0; i < count; i++)
                {
                    char c = buffer[i];
                    switch (Classify(c))
                    {
                        case CharacterClass.Identifier:
                            hash = IdentifierHash.Next(hash, c);
                            length++;
                            continue;
                        case CharacterClass.MayHideIdentifier:
                            return true;
                    }
                    if (length > 0 && names.ContainsHash(IdentifierHash.Finish(hash, length)))
                        return true;
                    hash = 0;
                    length = 0;
                }
            }
            return length > 0 && names.ContainsHash(IdentifierHash.Finish(hash, length));
        }
        finally
        {
            System.Buffers.ArrayPool<char>.Shared.Return(buffer);
        }
    }

    private enum CharacterClass
    {
        Other,
        Identifier,
        MayHideIdentifier,
    }

    /// <summary>Unicode escapes and format characters spell an identifier differently from its value, so they count as a match.</summary>
    private static CharacterClass Classify(char c)
    {
        if (c < 128)
        {
            bool identifier = (uint)((c | 32) - 'a') < 26 || c == '_' || (uint)(c - '0') < 10;
            return identifier ? CharacterClass.Identifier : c == '\\' ? CharacterClass.MayHideIdentifier : CharacterClass.Other;
        }
        return char.GetUnicodeCategory(c) switch
        {
            UnicodeCategory.Format => CharacterClass.MayHideIdentifier,
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber
                or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.Surrogate or UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.ConnectorPunctuation => CharacterClass.Identifier,
            _ => CharacterClass.Other,
        };
    }
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
