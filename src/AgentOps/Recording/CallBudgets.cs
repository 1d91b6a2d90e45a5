using System.Collections.Concurrent;

namespace AgentOps.Recording;

/// <summary>The budgets of the sessions that are open. Thread-safe.</summary>
internal static class CallBudgets
{
    private static readonly ConcurrentDictionary<uint, CallBudget> s_budgets = [];

    /// <summary>How many there are: zero, as in most programs, and nobody need look further.</summary>
    public static int Count;

    public static void Add(uint session, CallBudget budget)
    {
        s_budgets[session] = budget;
        Interlocked.Increment(ref Count);
    }

    public static void Remove(uint session)
    {
        if (s_budgets.TryRemove(session, out _))
            Interlocked.Decrement(ref Count);
    }

    /// <summary>The budget of a session by its number.</summary>
    public static CallBudget? Of(uint session) => s_budgets.GetValueOrDefault(session);

    /// <summary>The budget of the session that a call belongs to.</summary>
    public static CallBudget? OfCall(long span) =>
        FaultOrigins.TryReadStart(span, out _, out uint session) ? Of(session) : (ThreadRecorder.Enter().ActiveAmbient?.Target.Budget);
}
