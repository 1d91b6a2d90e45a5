using AgentOps.Extensions.Hosting.Tests.Support;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AgentOps.Extensions.Hosting.Tests.Hosting;

/// <summary>Real hosts, with nothing in them but what a test puts there and a provider that keeps the log.</summary>
internal static class Hosts
{
    public static (IHost Host, CapturedLog Log) Build(Action<HostApplicationBuilder> configure)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        var log = new CapturedLog();
        builder.Logging.AddProvider(log);
        configure(builder);
        return (builder.Build(), log);
    }
}
