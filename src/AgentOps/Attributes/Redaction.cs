namespace AgentOps;

/// <summary>How much of a value is kept out of the record. Where several marks meet, the strictest wins.</summary>
public enum Redaction
{
    /// <summary>The event says that something was there, and nothing else. The value is not even read.</summary>
    Erase = 0,

    /// <summary>
    /// A keyed digest of the value's text takes its place: equal values have equal digests, so they can be told apart and followed
    /// through a log, and nobody can try out guesses without the key, see <see cref="RecorderOptions.RedactionKey"/>. For text,
    /// numbers, dates, identifiers and bytes; anything else is erased.
    /// </summary>
    Hash = 1,

    /// <summary>
    /// The last four characters are kept, of texts of at least twelve; shorter ones are erased. For text, numbers, dates and
    /// identifiers; anything else is erased.
    /// </summary>
    Mask = 2,

    /// <summary>The value is recorded as it is, although its name looks like that of a secret.</summary>
    None = 3,
}
