using AgentOps.Events;

namespace AgentOps.Tool.Views;

/// <summary>Errors in a line.</summary>
internal static class ErrorText
{
    public static string Of(ErrorEvent error)
    {
        string type = error.ErrorType[(error.ErrorType.LastIndexOf('.') + 1)..];
        string head = error.Code is { Length: > 0 } code ? $"{type} {code}" : type;
        return error.Details is { Length: > 0 } details ? $"{head}: {details}" : head;
    }
}
