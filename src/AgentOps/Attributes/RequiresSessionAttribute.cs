namespace AgentOps;

/// <summary>
/// Says that a method wants a session open when it is called, and leaves opening one to its caller. Rule AOPS0501 speaks at entry
/// points that reach a call of it without one, in every project that references the package, and is silent inside of it.
/// </summary>
/// <remarks>
/// For public methods of libraries that call recorded methods, and for entry points around which something that no rule can see
/// opens a session: a middleware, a fixture, a host. Has no effect at run time.
/// </remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = true)]
public sealed class RequiresSessionAttribute : Attribute;
