using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AgentOps.Extensions.Hosting.Lifetime;

/// <summary>Puts services of ours before all other hosted ones, whenever they are added: they start first and stop last.</summary>
internal static class HostedFirst
{
    public static void Add<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TService>(IServiceCollection services)
        where TService : class, IHostedService
    {
        if (services.Any(static s => s.ServiceType == typeof(IHostedService) && s.ImplementationType == typeof(TService)))
            return;
        // The recorder comes before all, and what follows it behind it.
        int place = services.Count > 0 && services[0].ImplementationType == typeof(RecorderLifetime) ? 1 : 0;
        services.Insert(place, ServiceDescriptor.Singleton<IHostedService, TService>());
    }
}
