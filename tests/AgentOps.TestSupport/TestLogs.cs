using System.Runtime.CompilerServices;

namespace AgentOps.TestSupport;

/// <summary>Gives a test process a log folder of its own, which goes when the process does.</summary>
public static class TestLogs
{
    private static string? s_root;

    /// <summary>The folder that this test process records to.</summary>
    public static string Root => s_root ?? throw new InvalidOperationException("TestLogs.Use was not called by the test project's module initialiser.");

    /// <summary>Makes a fresh temporary folder the place of all logs. Called before anything is recorded.</summary>
    public static void Use()
    {
        s_root = Directory.CreateTempSubdirectory("agentops-tests-").FullName;
        Environment.SetEnvironmentVariable("AGENTOPS_LOG_DIRECTORY", s_root);
        AppDomain.CurrentDomain.ProcessExit += static (_, _) => Delete(s_root);
        RuntimeHelpers.RunClassConstructor(typeof(Recorder).TypeHandle);
    }

    private static void Delete(string root)
    {
        try
        {
            Directory.Delete(root, recursive: true);
        }
        catch (IOException)
        {
            // Mapped files stay on Windows until the process is gone; the system's own clean-up gets them.
        }
    }
}
