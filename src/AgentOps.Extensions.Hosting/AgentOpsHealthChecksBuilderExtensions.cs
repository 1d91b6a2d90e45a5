using AgentOps.Extensions.Hosting.Health;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the recorder to the health checks of a program.</summary>
public static class AgentOpsHealthChecksBuilderExtensions
{
    /// <summary>
    /// Checks the recorder: unhealthy while events are dropped; degraded while it records to memory only, its log has a problem, or something was lost
    /// within the last five minutes. Where it writes, and what it lost by reason, is in the data.
    /// </summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="name">The name of the check.</param>
    /// <param name="failureStatus">What dropped events are reported as; <see cref="HealthStatus.Unhealthy"/> when left out.</param>
    /// <param name="tags">Tags to select checks by.</param>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    public static IHealthChecksBuilder AddAgentOps(
        this IHealthChecksBuilder builder, string name = "agentops", HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton(static _ => new RecorderHealthCheck());
        return builder.Add(new HealthCheckRegistration(name, static services => services.GetRequiredService<RecorderHealthCheck>(), failureStatus, tags));
    }
}
