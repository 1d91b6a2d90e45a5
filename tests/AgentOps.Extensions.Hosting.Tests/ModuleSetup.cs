using System.Runtime.CompilerServices;

namespace AgentOps.Extensions.Hosting.Tests;

internal static class ModuleSetup
{
    [ModuleInitializer]
    internal static void Initialize() => TestLogs.Use();
}
