using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AgentOps.Extensions.Hosting.Tests.Support;

/// <summary>The logging of a program, without a host.</summary>
internal sealed class Loggers : IDisposable
{
    private readonly ServiceProvider _services;

    private Loggers(ServiceProvider services) => _services = services;

    public CapturedLog Captured => _services.GetRequiredService<CapturedLog>();

    public static Loggers Create(Action<ILoggingBuilder> configure) => new(new ServiceCollection()
        .AddSingleton<CapturedLog>()
        .AddSingleton<ILoggerProvider>(static services => services.GetRequiredService<CapturedLog>())
        .AddLogging(logging => configure(logging.SetMinimumLevel(LogLevel.Trace)))
        .BuildServiceProvider());

    public static Loggers Joined(Action<AgentOpsLoggerOptions>? configure = null) => Create(logging => logging.AddAgentOps(configure));

    public ILogger Of(string category) => _services.GetRequiredService<ILoggerFactory>().CreateLogger(category);

    public void Dispose() => _services.Dispose();
}
