using System.Runtime.CompilerServices;
using AgentOps.TestSupport;

namespace AgentOps.CodeFixes.Tests;

internal static class ModuleSetup
{
    [ModuleInitializer]
    internal static void Initialize() => TestLogs.Use();
}
