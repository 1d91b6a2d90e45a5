namespace AgentOps;

/// <summary>
/// Leaves out of the record every call that the marked code makes: a method, a local function or a lambda, all members of a type,
/// or a whole assembly. The calls are compiled as they are written, with nothing of the recorder in between, and no rule speaks of them.
/// </summary>
/// <remarks>
/// The mark is the caller's: calls of a marked method from elsewhere are recorded as its own attributes say. For one call, mark a
/// local function or lambda that makes it: <c>[DoNotRecord] string Ping() =&gt; tools.Ping();</c>
/// </remarks>
[AttributeUsage(
    AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface
        | AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property | AttributeTargets.Event | AttributeTargets.Field,
    Inherited = false)]
public sealed class DoNotRecordAttribute : Attribute;
