using System.Runtime.InteropServices;
using AgentOps.Log;

namespace AgentOps;

/// <summary>What the machine is that a session runs on.</summary>
internal static class HostFacts
{
    public static void Write(PayloadBuilder payload)
    {
        payload.Tag(PayloadTag.Object);
        Fact("host_name", Environment.MachineName);
        Fact("os", RuntimeInformation.OSDescription);
        Fact("architecture", RuntimeInformation.ProcessArchitecture.ToString());
        Fact("runtime", RuntimeInformation.FrameworkDescription);
        payload.WriteName("processors");
        payload.Write((long)Environment.ProcessorCount);
        payload.WriteName("memory_bytes");
        payload.Write(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
        payload.WriteName("process_id");
        payload.Write((long)Environment.ProcessId);
        payload.Tag(PayloadTag.Close);

        void Fact(string name, string value)
        {
            payload.WriteName(name);
            payload.Write(value);
        }
    }
}
