using System.Numerics;
using AgentOps;

namespace Misuse;

/// <summary>Family 03: values that are recorded otherwise than one would think.</summary>
public static class Data
{
    [RecordTool] public static int Solve(Complex number) => 1; // AOPS0301

    [RecordTool] public static bool Login(string user, string password) => user == password; // AOPS0302

    [RecordTool]
    public static Task<bool> TryFindAsync(string key, out int index) // AOPS0304
    {
        index = key.Length;
        return Task.FromResult(true);
    }
}
