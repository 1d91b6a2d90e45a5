namespace AgentOps.Tool.Diagnosis;

internal enum FindingLevel
{
    /// <summary>A fact.</summary>
    Info,

    Good,

    /// <summary>To be known, but nothing is wrong with recording.</summary>
    Warning,

    Bad,
}

/// <summary>What one check found.</summary>
/// <param name="Name">What was checked.</param>
/// <param name="Level">How it stands.</param>
/// <param name="Text">What was found.</param>
/// <param name="Mend">What to do about it.</param>
internal sealed record Finding(string Name, FindingLevel Level, string Text, string? Mend = null);
