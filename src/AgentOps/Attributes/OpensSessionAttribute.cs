namespace AgentOps;

/// <summary>
/// Says that a session is open after a call of the method: a helper that starts one with the name and tags a program uses, or a
/// method that adds a middleware which does. Rules AOPS0501 and AOPS0502 take its word for it.
/// </summary>
/// <remarks>
/// A session that an <c>async</c> method starts is ambient in that method only, and not in the one that awaits it: start it in one that
/// is not. Has no effect at run time.
/// </remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = true)]
public sealed class OpensSessionAttribute : Attribute;
