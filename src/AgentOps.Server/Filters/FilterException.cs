namespace AgentOps.Server.Filters;

/// <summary>A filter that cannot be understood; the message says what is wrong and what is allowed.</summary>
public sealed class FilterException(string message, int position) : FormatException(message)
{
    /// <summary>Where in the text, from 0.</summary>
    public int Position { get; } = position;
}
