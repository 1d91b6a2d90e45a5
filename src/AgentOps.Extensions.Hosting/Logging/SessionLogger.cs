using System.Diagnostics;
using AgentOps.Recording;
using Microsoft.Extensions.Logging;

namespace AgentOps.Extensions.Hosting.Logging;

/// <summary>Writes the records of one category to the session that they are written in. Of what is written outside any session nothing is looked at.</summary>
internal sealed class SessionLogger(string category, AgentOpsLoggerOptions options, IExternalScopeProvider? scopes) : ILogger
{
    /// <summary>What is logged while a record's own values are read, by code of theirs, does not join: it could go on without end.</summary>
    [ThreadStatic]
    private static bool t_isWriting;

    [ThreadStatic]
    private static List<object?>? t_scopes;

    public IExternalScopeProvider? Scopes { get; set; } = scopes;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => Scopes?.Push(state);

    public bool IsEnabled(LogLevel logLevel) => logLevel >= options.MinimumLevel && logLevel < LogLevel.None && !t_isWriting && LogEntry.HasSession;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
            return;
        t_isWriting = true;
        try
        {
            Write(logLevel, eventId, state, exception, formatter);
        }
        catch (Exception)
        {
            // A record that cannot be read in one logger cannot in the others, which tell the program. The recorder never does.
        }
        finally
        {
            t_isWriting = false;
            t_scopes?.Clear();
        }
    }

    private void Write<TState>(LogLevel level, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string>? formatter)
    {
        var values = state as IReadOnlyList<KeyValuePair<string, object?>>;
        string? template = values is null ? null : LogValues.TemplateOf(values);
        bool withholds = RecordingGate.WithholdsArguments;
        Activity? activity = options.IncludeTrace && Activity.Current is { IdFormat: ActivityIdFormat.W3C } current ? current : null;
        var entry = new LogEntry
        {
            Category = category,
            Severity = (int)level,
            EventId = eventId.Id,
            EventName = eventId.Name,
            Message = withholds ? null : MessageOf(values, template, state, exception, formatter),
            Template = template,
            Exception = exception,
            TraceId = activity?.TraceId.ToHexString(),
            SpanId = activity?.SpanId.ToHexString(),
        };
        if (!entry.TryBegin(out PayloadWriter payload))
            return;
        payload.BeginArray();
        if (options.IncludeScopes && !withholds)
            WriteScopes(payload);
        payload.Close();
        LogEntry.BeginValues(payload);
        if (values is not null && !withholds)
            LogValues.WriteNamed(payload, values);
        LogEntry.End(payload, exception);
    }

    /// <summary>The text as every logger has it; where a secret would stand in it, put together anew without.</summary>
    private static string? MessageOf<TState>(
        IReadOnlyList<KeyValuePair<string, object?>>? values, string? template, TState state, Exception? exception, Func<TState, Exception?, string>? formatter)
    {
        if (values is null || !LogValues.NeedCare(values))
            return formatter is null ? state?.ToString() : formatter(state, exception);
        return template is null ? "[redacted]" : LogTemplate.Render(template, values);
    }

    private void WriteScopes(PayloadWriter payload)
    {
        if (Scopes is null)
            return;
        List<object?> found = t_scopes ??= [];
        Scopes.ForEachScope(static (scope, all) => all.Add(scope), found);
        int most = Math.Min(found.Count, PayloadWriter.MaxItems);
        for (int i = 0; i < most; i++)
        {
            // Which session it is needs no telling in it.
            if (found[i] is not SessionScope)
                LogValues.WriteScope(payload, found[i]);
        }
        payload.WriteRest(found.Count, isMap: false);
    }
}
