namespace AgentOps.Server.Filters;

/// <summary>
/// The filter language: <c>type:tool status:error latency:&gt;2s name:*search* tag:prod -model:gpt-4o has:cost (A OR B)</c>. Conditions beside one
/// another must all hold; <c>OR</c> between them and parentheses around them; <c>-</c> before one, or <c>NOT</c>, turns it round.
/// </summary>
public static class FilterParser
{
    /// <summary>Whoever sends more means no filter.</summary>
    public const int MaxLength = 2000;

    private const int MaxDepth = 32;

    /// <returns><see langword="null"/> if the text has no condition.</returns>
    /// <exception cref="FilterException">It cannot be understood.</exception>
    public static FilterNode? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (text.Length > MaxLength)
            throw new FilterException($"A filter has at most {MaxLength} characters; this one has {text.Length}.", MaxLength);
        var state = new Reader(text);
        FilterNode node = ReadAny(state, 0);
        if (!state.IsAtEnd)
            throw new FilterException("There is a ')' without a '('.", state.Position);
        return node;
    }

    private static FilterNode ReadAny(Reader text, int depth)
    {
        if (depth > MaxDepth)
            throw new FilterException($"Parentheses stand inside one another at most {MaxDepth} deep.", text.Position);
        var parts = new List<FilterNode> { ReadAll(text, depth) };
        while (text.TryTakeWord("OR"))
            parts.Add(ReadAll(text, depth));
        return parts is [FilterNode one] ? one : new AnyOf(parts);
    }

    private static FilterNode ReadAll(Reader text, int depth)
    {
        var parts = new List<FilterNode>();
        while (!text.IsAtEnd && text.Current != ')' && !text.IsWord("OR"))
        {
            if (text.TryTakeWord("AND"))
                continue;
            parts.Add(ReadOne(text, depth));
        }
        if (parts.Count == 0)
            throw new FilterException("A condition is missing here, such as state:fail or cost:>0.10.", text.Position);
        return parts is [FilterNode one] ? one : new AllOf(parts);
    }

    private static FilterNode ReadOne(Reader text, int depth)
    {
        if (text.TryTakeWord("NOT") || text.TryTake('-'))
            return depth < MaxDepth ? new NoneOf(ReadOne(text, depth + 1)) : throw new FilterException("Too many '-' before a condition.", text.Position);
        if (!text.TryTake('('))
            return FilterTerms.Read(text);
        int open = text.Position - 1;
        FilterNode inner = ReadAny(text, depth + 1);
        if (!text.TryTake(')'))
            throw new FilterException("The '(' here has no ')'.", open);
        return inner;
    }

    /// <summary>A place in the text.</summary>
    internal sealed class Reader(string text)
    {
        private int _at = SkipBlanks(text, 0);

        public int Position => _at;

        public bool IsAtEnd => _at >= text.Length;

        public char Current => IsAtEnd ? '\0' : text[_at];

        public bool TryTake(char c)
        {
            if (Current != c || IsAtEnd)
                return false;
            _at = SkipBlanks(text, _at + 1);
            return true;
        }

        public bool IsWord(string word) =>
            string.CompareOrdinal(text, _at, word, 0, word.Length) == 0 && (_at + word.Length >= text.Length || char.IsWhiteSpace(text[_at + word.Length]) || text[_at + word.Length] is '(' or ')');

        public bool TryTakeWord(string word)
        {
            if (!IsWord(word))
                return false;
            _at = SkipBlanks(text, _at + word.Length);
            return true;
        }

        /// <summary>The letters up to a character that ends a name.</summary>
        public string TakeName()
        {
            int from = _at;
            while (!IsAtEnd && !char.IsWhiteSpace(Current) && Current is not (':' or '(' or ')' or '"'))
                _at++;
            return text[from.._at];
        }

        public bool TryTakeColon()
        {
            if (Current != ':')
                return false;
            _at++;
            return true;
        }

        public FilterOperator TakeOperator()
        {
            (FilterOperator found, int length) = (Current, _at + 1 < text.Length ? text[_at + 1] : '\0') switch
            {
                ('>', '=') => (FilterOperator.GreaterOrEqual, 2),
                ('<', '=') => (FilterOperator.LessOrEqual, 2),
                ('>', _) => (FilterOperator.Greater, 1),
                ('<', _) => (FilterOperator.Less, 1),
                _ => (FilterOperator.Is, 0),
            };
            _at += length;
            return found;
        }

        /// <summary>A value: up to a blank or a parenthesis, or anything between quotation marks.</summary>
        public string TakeValue()
        {
            if (Current != '"')
            {
                int from = _at;
                while (!IsAtEnd && !char.IsWhiteSpace(Current) && Current is not ('(' or ')'))
                    _at++;
                string plain = text[from.._at];
                _at = SkipBlanks(text, _at);
                return plain;
            }
            int open = _at++;
            var value = new System.Text.StringBuilder();
            for (; !IsAtEnd && Current != '"'; _at++)
            {
                if (Current == '\\' && _at + 1 < text.Length)
                    _at++;
                value.Append(Current);
            }
            if (IsAtEnd)
                throw new FilterException("The '\"' here is not closed.", open);
            _at = SkipBlanks(text, _at + 1);
            return value.ToString();
        }

        public void SkipBlanks() => _at = SkipBlanks(text, _at);

        private static int SkipBlanks(string text, int at)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
                at++;
            return at;
        }
    }
}
