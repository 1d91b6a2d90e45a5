using System.ComponentModel;

namespace AgentOps.Recording;

/// <summary>The test that every recorded call makes first, small enough to vanish into the call site.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RecordingGate
{
    // Plain fields in a class without an initialiser: the JIT and NativeAOT read them with one instruction.
#pragma warning disable CA2211 // Written only by the recorder; a property could not be counted upon to inline into Tier-0 code.

    /// <summary>Sessions that are open in this process; zero means that nothing can be recorded now.</summary>
    public static int Live;

    /// <summary>
    /// Recorded methods that were called while no session was open. Increments are plain, so calls that race may be counted
    /// once; whether there were any is exact.
    /// </summary>
    public static long CallsWithoutSession;

    /// <summary>Whether arguments are kept out of the record in this process. Settled before the first session starts.</summary>
    public static bool WithholdsArguments;

    /// <summary>Whether results are kept out of the record in this process. Settled before the first session starts.</summary>
    public static bool WithholdsResults;

#pragma warning restore CA2211

    /// <summary>Advanced whenever a session ends, so that every thread looks its session up again.</summary>
    internal static int Epoch;
}
