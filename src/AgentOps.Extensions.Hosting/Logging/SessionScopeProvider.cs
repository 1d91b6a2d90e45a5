using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AgentOps.Extensions.Hosting.Logging;

/// <summary>Adds the session of the current flow, if there is one, before the scopes of another provider.</summary>
internal sealed class SessionScopeProvider(IExternalScopeProvider inner) : IExternalScopeProvider
{
    public void ForEachScope<TState>(Action<object?, TState> callback, TState state)
    {
        if (Session.Current is { } session)
            callback(new SessionScope(session, Session.CurrentAgent), state);
        inner.ForEachScope(callback, state);
    }

    public IDisposable Push(object? state) => inner.Push(state);

    /// <summary>
    /// The provider that a logger factory with these options makes for itself, which tells of activities too. It makes none where it is given one, so
    /// a factory that does nothing else is asked for it.
    /// </summary>
    public static IExternalScopeProvider Usual(IOptionsMonitor<LoggerFilterOptions> filters, IOptions<LoggerFactoryOptions> options)
    {
        using var catcher = new ScopeCatcher();
        using var factory = new LoggerFactory([catcher], filters, options);
        return catcher.Scopes ?? new LoggerExternalScopeProvider();
    }

    private sealed class ScopeCatcher : ILoggerProvider, ISupportExternalScope
    {
        public IExternalScopeProvider? Scopes { get; private set; }

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => Scopes = scopeProvider;

        public ILogger CreateLogger(string categoryName) => Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public void Dispose()
        {
        }
    }
}
