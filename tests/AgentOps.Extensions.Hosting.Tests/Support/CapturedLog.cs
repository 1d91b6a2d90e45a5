using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace AgentOps.Extensions.Hosting.Tests.Support;

/// <summary>A record as another provider of the same factory gets it.</summary>
internal sealed record CapturedRecord(string Category, LogLevel Level, EventId Id, string Message, IReadOnlyDictionary<string, object?> Values, IReadOnlyList<object?> Scopes)
{
    /// <summary>A value of any scope.</summary>
    public object? Scoped(string name) => Scopes.OfType<IEnumerable<KeyValuePair<string, object?>>>().SelectMany(static s => s).FirstOrDefault(p => p.Key == name).Value;
}

/// <summary>Keeps what is logged.</summary>
internal sealed class CapturedLog : ILoggerProvider, ISupportExternalScope
{
    private IExternalScopeProvider? _scopes;

    public ConcurrentQueue<CapturedRecord> Records { get; } = new();

    public IReadOnlyList<CapturedRecord> Of(string category) => [.. Records.Where(r => r.Category == category)];

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    private sealed class Logger(CapturedLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => log._scopes?.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var scopes = new List<object?>();
            log._scopes?.ForEachScope(static (scope, all) => all.Add(scope), scopes);
            Dictionary<string, object?> values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? pairs.ToDictionary() : [];
            log.Records.Enqueue(new CapturedRecord(category, logLevel, eventId, formatter(state, exception), values, scopes));
        }
    }
}
