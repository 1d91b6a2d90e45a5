using System.Text;

namespace AgentOps.Generators.Tests;

/// <summary>The bytes of the log as they lie in its files, whatever the reader would make of them.</summary>
internal static class LogBytes
{
    /// <summary>Asserts that a text stands nowhere in the log, in UTF-8 or UTF-16.</summary>
    public static void AssertNotInLog(string secret)
    {
        byte[][] forms = [Encoding.UTF8.GetBytes(secret), Encoding.Unicode.GetBytes(secret)];
        string[] segments = Directory.GetFiles(RecorderHealth.Current.LogDirectory!, "*.seg");
        Assert.NotEmpty(segments);
        foreach (string segment in segments)
        {
            using var file = new FileStream(segment, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            byte[] bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            Assert.All(forms, form => Assert.True(bytes.AsSpan().IndexOf(form) < 0, "The secret is in the log."));
        }
    }
}
