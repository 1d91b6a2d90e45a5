using System.Runtime.CompilerServices;

namespace AgentOps.Tests;

internal static class ModuleSetup
{
    [ModuleInitializer]
    internal static void Initialize() => TestLogs.Use();
}
