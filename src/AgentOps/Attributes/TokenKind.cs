namespace AgentOps;

/// <summary>What a number counts that is marked with <see cref="TokenUsageAttribute"/>.</summary>
public enum TokenKind
{
    /// <summary>Tokens that the model was given; those of caches are among them unless <see cref="TokenUsageAttribute.InputExcludesCache"/> says otherwise.</summary>
    Input,

    /// <summary>Tokens that the model made; those of its reasoning are among them unless <see cref="TokenUsageAttribute.OutputExcludesReasoning"/> says otherwise.</summary>
    Output,

    /// <summary>Input tokens read from a cache.</summary>
    CacheRead,

    /// <summary>Input tokens written to a cache for about five minutes.</summary>
    CacheWrite,

    /// <summary>Input tokens written to a cache for an hour; not counted as <see cref="CacheWrite"/>.</summary>
    CacheWrite1Hour,

    /// <summary>Output tokens spent on reasoning.</summary>
    Reasoning,

    /// <summary>Input tokens that are sound.</summary>
    AudioInput,

    /// <summary>Output tokens that are sound.</summary>
    AudioOutput,
}

/// <summary>How the token counts of one chunk of a stream go with those of the chunks before.</summary>
public enum UsageRule
{
    /// <summary>They stand for the whole answer so far, or come once: the last one counts.</summary>
    Replace,

    /// <summary>They stand for this chunk: all of them are added up.</summary>
    Add,
}
