namespace AgentOps.Recording;

/// <summary>The budgets of the sessions that are open. Thread-safe; finding one waits for nobody.</summary>
internal static class CallBudgets
{
    private static readonly object s_lock = new();

    // By the number of the session, which rises. Replaced, not changed.
    private static CallBudget[] s_budgets = [];

    /// <summary>How many there are: zero, as in most programs, and nobody need look further.</summary>
    public static int Count;

    public static void Add(CallBudget budget)
    {
        lock (s_lock)
        {
            CallBudget[] budgets = s_budgets;
            var more = new CallBudget[budgets.Length + 1];
            // A session that got its number earlier may come later by a moment.
            int index = budgets.Length;
            while (index > 0 && budgets[index - 1].Session > budget.Session)
                index--;
            Array.Copy(budgets, more, index);
            more[index] = budget;
            Array.Copy(budgets, index, more, index + 1, budgets.Length - index);
            Replace(more);
        }
    }

    public static void Remove(CallBudget budget)
    {
        lock (s_lock)
        {
            CallBudget[] budgets = s_budgets;
            int index = Array.IndexOf(budgets, budget);
            if (index < 0)
                return;
            var fewer = new CallBudget[budgets.Length - 1];
            Array.Copy(budgets, fewer, index);
            Array.Copy(budgets, index + 1, fewer, index, fewer.Length - index);
            Replace(fewer);
        }
    }

    /// <summary>The budget of a session by its number.</summary>
    public static CallBudget? Of(uint session)
    {
        CallBudget[] budgets = Volatile.Read(ref s_budgets);
        int low = 0;
        int high = budgets.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            uint candidate = budgets[middle].Session;
            if (candidate == session)
                return budgets[middle];
            if (candidate < session)
                low = middle + 1;
            else
                high = middle - 1;
        }
        return null;
    }

    /// <summary>The budget of the session that a call belongs to.</summary>
    public static CallBudget? OfCall(long span) =>
        FaultOrigins.TryReadStart(span, out _, out uint session) ? Of(session) : ThreadRecorder.Enter().ActiveAmbient?.Target.Budget;

    private static void Replace(CallBudget[] budgets)
    {
        Volatile.Write(ref s_budgets, budgets);
        Volatile.Write(ref Count, budgets.Length);
    }
}
