using AgentOps.Extensions.Hosting;
using AgentOps.Extensions.Hosting.Events;
using AgentOps.Extensions.Hosting.Lifetime;
using AgentOps.Extensions.Hosting.Logging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.Logging;

/// <summary>Joins a program's log and its sessions, in both directions.</summary>
public static class AgentOpsLoggingBuilderExtensions
{
    /// <summary>Records of the log that are written inside a session join its events, with level, category, values, exception and scopes.</summary>
    /// <param name="logging">The logging of the host.</param>
    /// <param name="configure">Sets the options; may be left out.</param>
    /// <exception cref="ArgumentNullException"><paramref name="logging"/> is <see langword="null"/>.</exception>
    public static ILoggingBuilder AddAgentOps(this ILoggingBuilder logging, Action<AgentOpsLoggerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(logging);
        if (configure is not null)
            logging.Services.Configure(configure);
        logging.Services.AddOptions();
        logging.Services.TryAddEnumerable(ServiceDescriptor.Singleton<ILoggerProvider, AgentOpsLoggerProvider>());
        return logging;
    }

    /// <summary>
    /// All loggers that show scopes see <c>AgentOps.SessionId</c> inside a session, and inside a call of an agent <c>AgentOps.AgentId</c> and
    /// <c>AgentOps.AgentName</c>.
    /// </summary>
    /// <param name="logging">The logging of the host.</param>
    /// <exception cref="ArgumentNullException"><paramref name="logging"/> is <see langword="null"/>.</exception>
    public static ILoggingBuilder AddAgentOpsScopes(this ILoggingBuilder logging)
    {
        ArgumentNullException.ThrowIfNull(logging);
        IServiceCollection services = logging.Services;
        if (services.Any(static s => s.ServiceType == typeof(SessionScopeProvider)))
            return logging;
        services.AddLogging();
        services.AddSingleton(static provider => new SessionScopeProvider(SessionScopeProvider.Usual(
            provider.GetRequiredService<IOptionsMonitor<LoggerFilterOptions>>(), provider.GetRequiredService<IOptions<LoggerFactoryOptions>>())));
        services.AddSingleton<IExternalScopeProvider>(static provider => provider.GetRequiredService<SessionScopeProvider>());
        return logging;
    }

    /// <summary>Every call, error, and start and end of a session is written to the log too, in the category <c>AgentOps.Events</c>, up to half a second after it was recorded.</summary>
    /// <param name="logging">The logging of the host.</param>
    /// <param name="configure">Sets the options; may be left out.</param>
    /// <exception cref="ArgumentNullException"><paramref name="logging"/> is <see langword="null"/>.</exception>
    public static ILoggingBuilder AddAgentOpsEvents(this ILoggingBuilder logging, Action<AgentOpsEventLogOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(logging);
        if (configure is not null)
            logging.Services.Configure(configure);
        logging.Services.AddOptions();
        HostedFirst.Add<EventLogging>(logging.Services);
        return logging;
    }
}
