using System.Globalization;
using AgentOps.Generators.Declarations;
using Microsoft.CodeAnalysis.Text;

namespace AgentOps.Generators.Calls;

/// <summary>Finds names in text without parsing it.</summary>
internal static class MentionedNames
{
    /// <summary>Whether one of the names may stand in the text; <see langword="false"/> is certain.</summary>
    public static bool In(SourceText text, RecordedNames names)
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
