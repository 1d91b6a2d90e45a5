using System.ClientModel;

namespace ResearchAgent;

/// <summary>Says in one line what went wrong.</summary>
internal static class FailureText
{
    public static string Of(Exception exception)
    {
        // The client wraps a failed connection twice; the innermost exception is the one that names the cause.
        Exception cause = exception switch
        {
            AggregateException { InnerExceptions: [.., { } last] } => last,
            ClientResultException { Status: 0, InnerException: { } inner } => inner,
            _ => exception,
        };
        return OneLine(cause.Message);
    }

    public static string OneLine(string text) =>
        string.Join(' ', text.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
