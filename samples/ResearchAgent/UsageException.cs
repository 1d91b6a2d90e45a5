namespace ResearchAgent;

/// <summary>The command line or the environment is wrong; the message is the one line that says how.</summary>
internal sealed class UsageException(string message) : Exception(message);
