using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AgentOps.Extensions.Hosting;

/// <summary>Records of the log that are written inside a session join its events. Added by <c>logging.AddAgentOps()</c>; public so that filters can name it.</summary>
[ProviderAlias("AgentOps")]
public sealed class AgentOpsLoggerProvider : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentDictionary<string, Logging.SessionLogger> _loggers = new(StringComparer.Ordinal);
    private readonly AgentOpsLoggerOptions _options;
    private IExternalScopeProvider? _scopes;

    /// <summary>A provider with these options, which are read now.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is <see langword="null"/>.</exception>
    public AgentOpsLoggerProvider(IOptions<AgentOpsLoggerOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Value;
    }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => OwnCategories.Contains(categoryName)
        ? NullLogger.Instance
        : _loggers.GetOrAdd(categoryName, static (name, provider) => new Logging.SessionLogger(name, provider._options, provider._scopes), this);

    /// <inheritdoc/>
    public void SetScopeProvider(IExternalScopeProvider scopeProvider)
    {
        _scopes = scopeProvider;
        foreach (Logging.SessionLogger logger in _loggers.Values)
            logger.Scopes = scopeProvider;
    }

    /// <summary>Nothing is held on to.</summary>
    public void Dispose()
    {
    }
}
