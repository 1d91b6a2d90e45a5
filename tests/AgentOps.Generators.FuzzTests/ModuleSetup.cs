using System.Runtime.CompilerServices;
using AgentOps.TestSupport;

namespace AgentOps.Generators.FuzzTests;

internal static class ModuleSetup
{
    [ModuleInitializer]
    internal static void Initialize() => TestLogs.Use();
}
