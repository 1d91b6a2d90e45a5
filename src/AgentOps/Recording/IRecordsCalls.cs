using System.ComponentModel;

namespace AgentOps.Recording;

/// <summary>Marks generated wrappers that record the calls they pass on, so that nobody else records these too.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
#pragma warning disable CA1040 // A type test is all that callers need, and it costs less than any member.
public interface IRecordsCalls;
#pragma warning restore CA1040
