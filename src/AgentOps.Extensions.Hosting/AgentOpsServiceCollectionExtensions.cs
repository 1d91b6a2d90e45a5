using AgentOps.Extensions.Hosting;
using AgentOps.Extensions.Hosting.Lifetime;
using AgentOps.Extensions.Hosting.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Makes a host record.</summary>
public static class AgentOpsServiceCollectionExtensions
{
    /// <summary>
    /// Sets the recorder up when the host starts, before its other services, and brings what was recorded to the disk when it stops, after them.
    /// May be called several times: what is configured adds up.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is <see langword="null"/>.</exception>
    public static IServiceCollection AddAgentOps(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<AgentOpsOptions>().ValidateOnStart();
        services.AddLogging();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AgentOpsOptions>, OptionsCheck>());
        HostedFirst.Add<RecorderLifetime>(services);
        return services;
    }

    /// <inheritdoc cref="AddAgentOps(IServiceCollection)"/>
    /// <param name="services">The services of the host.</param>
    /// <param name="configure">Sets the options.</param>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static IServiceCollection AddAgentOps(this IServiceCollection services, Action<AgentOpsOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return services.AddAgentOps().Configure(configure);
    }

    /// <summary>Likewise, with settings of a configuration section. A key that is unknown, or has a bad value, keeps the host from starting, with a message that names it.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="section">The section, such as <c>configuration.GetSection("AgentOps")</c>. It may be empty.</param>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static IServiceCollection AddAgentOps(this IServiceCollection services, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return services.AddAgentOps().AddSingleton<IConfigureOptions<AgentOpsOptions>>(new SectionReader(section));
    }
}
