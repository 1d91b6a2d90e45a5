using System.Runtime.CompilerServices;

namespace AgentOps.Extensions.AI.Tests;

internal static class ModuleSetup
{
    [ModuleInitializer]
    internal static void Initialize() => TestLogs.Use();
}
