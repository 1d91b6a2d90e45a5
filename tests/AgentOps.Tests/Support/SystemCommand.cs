using System.Diagnostics;

namespace AgentOps.Tests.Support;

/// <summary>Programs of the system that make a file system behave in a way that only root can bring about.</summary>
internal static class SystemCommand
{
    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message has what it wrote to standard error.</exception>
    public static void Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"'{program} {string.Join(' ', arguments)}' failed ({error.Trim()}). Tests of real disks mount file systems and give folders away, and so run as root.");
    }
}
