using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Diagnostics.Sessions;

/// <summary>What the rules of sessions say: what is wrong with the session, and what to write instead.</summary>
internal static class SessionRules
{
    /// <summary>Known when the whole project is: the path from the entry point leads through other methods.</summary>
    public static readonly DiagnosticDescriptor MissingSession = RuleDescriptors.Rule(
        RuleIds.MissingSession, DiagnosticSeverity.Info, "Recorded calls are reached without a session",
        "No session is open when '{0}' is called, so that nothing of it is recorded: {1}; start one before this call with 'using var session = Session.Start();'",
        "What is called outside of any session is not recorded. Start a session in the entry point before this call, mark the method that starts one for it [OpensSession], or mark the entry point [RequiresSession] if something around it does.",
        WellKnownDiagnosticTags.CompilationEnd);

    /// <summary>The same within one method, known while it is typed.</summary>
    public static readonly DiagnosticDescriptor MissingSessionHere = RuleDescriptors.Rule(
        RuleIds.MissingSessionHere, DiagnosticSeverity.Info, "A recorded call is made without a session",
        "No session is open when '{1}' calls '{0}', so that nothing of it is recorded; start one before with 'using var session = Session.Start();'",
        "What is called outside of any session is not recorded. Start a session before this call, mark the method that starts one for it [OpensSession], or mark this one [RequiresSession] if something around it does.");

    public static readonly DiagnosticDescriptor IgnoredSession = RuleDescriptors.Rule(
        RuleIds.IgnoredSession, DiagnosticSeverity.Warning, "The session is started and forgotten",
        "The session that is started here is kept nowhere, so that nothing ends it; write 'using var session = Session.{0}(…);'",
        "A session that nobody holds is ended by nobody: everything later in this flow is recorded to it, and it looks interrupted. Keep it in a variable with 'using'.");

    public static readonly DiagnosticDescriptor SessionNotEnded = RuleDescriptors.Rule(
        RuleIds.SessionNotEnded, DiagnosticSeverity.Warning, "The session is not ended on every path",
        "There is a way out of here on which session '{0}' is not ended; write 'using' before its declaration",
        "A session that is not ended on some path looks interrupted, and what follows in the same flow is recorded to it. Declare it with 'using', which ends it on all of them.");

    public static readonly DiagnosticDescriptor SessionEndedTwice = RuleDescriptors.Rule(
        RuleIds.SessionEndedTwice, DiagnosticSeverity.Warning, "The session has ended already",
        "Session '{0}' has ended on every way to here, and only the first end counts: the state and reason given here are lost; remove this call, or the one before",
        "The first end of a session counts and later ones do nothing. Keep the one that says how the session ended.");

    public static readonly DiagnosticDescriptor SessionUsedAfterEnd = RuleDescriptors.Rule(
        RuleIds.SessionUsedAfterEnd, DiagnosticSeverity.Warning, "The session is used after its end",
        "Session '{0}' has ended on every way to here, so that '{1}' does nothing; call it before the session ends",
        "Nothing is added to a session that has ended. Move the call before the end, or the end behind it.");

    public static readonly DiagnosticDescriptor TaskOutlivesSession = RuleDescriptors.Rule(
        RuleIds.TaskOutlivesSession, DiagnosticSeverity.Warning, "The recorded call outlives its session",
        "The session that is open here ends before the call of '{0}' does, so that nothing is recorded of what happens inside it after that; {1}",
        "A session that is disposed while a recorded call is under way records the call's end, and nothing of what the call does in between. Await the call within the scope of the session.");

    public static readonly DiagnosticDescriptor SessionsPileUp = RuleDescriptors.Rule(
        RuleIds.SessionsPileUp, DiagnosticSeverity.Warning, "Sessions pile up without an end",
        "{0}; {1}",
        "Sessions that are started over and over, or kept in a field, and never ended look interrupted and are kept in memory. End each where it is started, or in the Dispose method of the type that keeps it.");

    public static readonly DiagnosticDescriptor AsyncOpening = RuleDescriptors.Rule(
        RuleIds.AsyncOpening, DiagnosticSeverity.Warning, "An async method opens no session for its caller",
        "'{0}' is marked [OpensSession] and is async, so that a session it starts is open inside '{0}' only, and not in its caller; start the session in a method that is not async, or in the caller, and remove the mark here",
        "What an async method makes ambient is so in that method and in what it calls, and is gone when it returns. Start the session in a method that is not async: it may return the task of one that is.");
}
