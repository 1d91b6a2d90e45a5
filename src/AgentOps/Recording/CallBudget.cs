using System.Diagnostics;

namespace AgentOps.Recording;

/// <summary>
/// What recorded calls ask and tell the budget of their session. Derived from in one place only, which no program that sets no budget
/// reaches, so that it is not compiled into those.
/// </summary>
[StackTraceHidden]
internal abstract class CallBudget
{
    /// <summary>The number of the session.</summary>
    public abstract uint Session { get; }

    /// <summary>Before a call is recorded and made. Runs code of the user's, so nothing may be begun in the log.</summary>
    /// <param name="site">The call site's number.</param>
    /// <param name="facts">What is known of the site.</param>
    /// <param name="arguments">Words that stand for the arguments, the same for the same.</param>
    /// <exception cref="BudgetExceededException">The call is not to be made.</exception>
    public abstract void Admit(uint site, in SiteFacts facts, ulong arguments);

    /// <summary>After a model call was begun.</summary>
    /// <param name="span">The call.</param>
    /// <param name="scope">What is known of it, and the model call around it.</param>
    public abstract void Started(long span, ModelCallScope scope);

    /// <summary>A model call of late; <see langword="null"/> if the span is none.</summary>
    public abstract ModelCallScope? ScopeOf(long span);

    /// <summary>The model call that a flow is in, if it is in this session: one inside another session's call is none of that one's.</summary>
    public ModelCallScope? ScopeIn(Ambient? ambient) => ReferenceEquals(ambient?.Target.Budget, this) ? ambient.ModelCall : null;

    /// <summary>The session has started; time counts from here.</summary>
    public abstract void Begin();

    /// <summary>A model call says what it used.</summary>
    public abstract void Used(long span, LlmResult result);

    /// <summary>A call failed.</summary>
    public abstract void Failed();

    /// <summary>Takes a record by hand, which can no longer be refused.</summary>
    /// <param name="record">The record.</param>
    /// <param name="span">Where it stands in the log.</param>
    /// <param name="parent">The span that it is a child of.</param>
    public abstract void Counted(ManualRecord record, long span, long parent);

    /// <summary>Cancelled when a limit is reached.</summary>
    public abstract CancellationToken Token { get; }

    /// <summary>What is used so far.</summary>
    public abstract BudgetUsage GetUsage();

    /// <summary>The session has ended: nothing is limited any more.</summary>
    public abstract void Stop();
}
