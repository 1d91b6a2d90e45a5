using System.Collections.Concurrent;
using System.Diagnostics;
using AgentOps.Events;
using AgentOps.Pricing;
using AgentOps.Recording;

namespace AgentOps.Budgets;

/// <summary>Keeps the account of one session's budget. Thread-safe.</summary>
/// <remarks>
/// Counts of calls are exact and advance without a lock; what model calls use is counted under one, for such calls are rare. Notices are
/// given on the thread that reached the limit, outside of every lock.
/// </remarks>
#pragma warning disable CA1001 // A source without a timer holds nothing, and its token outlives the session.
[StackTraceHidden]
internal sealed class BudgetTracker : CallBudget
#pragma warning restore CA1001
{
    /// <summary>More model calls than are under way at a time; what is beyond ended without a word of its usage.</summary>
    private const int MaxModelCalls = 4096;

    private static readonly BudgetLimit[] s_limits = Enum.GetValues<BudgetLimit>();

    private readonly Session _session;
    private readonly Budget _budget;
    private readonly PriceTable? _prices;
    private readonly RepeatTable? _repeats;
    private readonly CancellationTokenSource _source = new();
    private readonly ITimer? _timer;
    private readonly long _startedAt;
    private readonly object _lock = new();
    private readonly ConcurrentDictionary<long, ModelCallScope> _modelCalls = [];
    private readonly List<BudgetLimit> _reached = [];
    private readonly int[] _warned = new int[s_limits.Length];
    private readonly int[] _exceeded = new int[s_limits.Length];
    private readonly long _callsOfInterest;
    private readonly long _repeatsOfInterest;

    private long _calls;
    private long _errors;
    private long _tokens;
    private decimal _cost;
    private long _started;
    private long _priced;
    private long _explained;
    private BudgetNotice? _refusal;

    private BudgetTracker(Session session, Budget budget)
    {
        _session = session;
        _budget = budget;
        // Read now, where a price file that is none can still be named to whoever asked for prices.
        _prices = budget.MaxCost is null ? null : budget.Prices ?? PriceTable.Default;
        _repeats = budget.MaxRepeats is null ? null : new RepeatTable();
        _callsOfInterest = budget.MaxCalls is { } calls ? WarningOf(calls) : long.MaxValue;
        _repeatsOfInterest = budget.MaxRepeats is { } repeats ? WarningOf(repeats) : long.MaxValue;
        _startedAt = budget.TimeProvider.GetTimestamp();
        if (budget.MaxDuration is { } duration)
        {
            _timer = budget.TimeProvider.CreateTimer(static tracker => ((BudgetTracker)tracker!).OnTime(), this, duration * budget.WarnAt, Timeout.InfiniteTimeSpan);
        }
    }

    public static CallBudget Start(Session session, Budget budget) => new BudgetTracker(session, budget);

    public override uint Session => _session.Handle;

    public override CancellationToken Token => _source.Token;

    public override BudgetUsage GetUsage()
    {
        lock (_lock)
        {
            return new BudgetUsage(
                _cost, _started - _priced - _explained, _tokens, Elapsed, Volatile.Read(ref _calls), Volatile.Read(ref _errors), [.. _reached]);
        }
    }

    /// <summary>Model calls whose usage is still waited for.</summary>
    internal int OpenModelCalls => _modelCalls.Count;

    public override void Stop()
    {
        _timer?.Dispose();
        _modelCalls.Clear();
    }

    public override void Admit(uint site, ulong arguments)
    {
        if (Volatile.Read(ref _refusal) is { } refusal)
            throw new BudgetExceededException(refusal);
        bool isBeyond = Interlocked.Increment(ref _calls) is var calls && calls >= _callsOfInterest && OnCalls(calls);
        if (_repeats is not null && CallSites.FactsOf(site) is { Kind: EventKind.Tool } facts)
            isBeyond |= OnRepeat(site, facts, arguments);
        if (isBeyond && _budget.AtLimit == BudgetAction.Stop)
        {
            // The call that goes beyond a limit is not made; it is not a call then. One that another thread began within the limit is.
            Interlocked.Decrement(ref _calls);
            throw new BudgetExceededException(Volatile.Read(ref _refusal)!);
        }
    }

    public override void Started(long span, ModelCallScope scope)
    {
        if (_modelCalls.Count >= MaxModelCalls)
        {
            foreach (long old in _modelCalls.Keys.Order().Take(MaxModelCalls / 2))
                _modelCalls.TryRemove(old, out _);
        }
        _modelCalls[span] = scope;
        lock (_lock)
            _started++;
    }

    public override ModelCallScope? ScopeOf(long span) => _modelCalls.GetValueOrDefault(span);

    public override void Used(long span, LlmResult result)
    {
        _modelCalls.TryRemove(span, out ModelCallScope? scope);
        OnUsed(scope ?? new ModelCallScope(null, null, outer: null), result);
    }

    public override void Failed()
    {
        long errors = Interlocked.Increment(ref _errors);
        if (_budget.MaxErrors is { } max)
            Check(BudgetLimit.Errors, errors, max, isReachedAtMax: true);
    }

    public override void Counted(ManualRecord record, long parent)
    {
        if (Interlocked.Increment(ref _calls) is var calls && calls >= _callsOfInterest)
            OnCalls(calls);
        if (record is not LlmRecord llm)
            return;
        lock (_lock)
            _started++;
        OnUsed(new ModelCallScope(null, null, ScopeOf(parent) ?? Ambient.Innermost?.ModelCall), llm.ToResult());
    }

    private TimeSpan Elapsed => _budget.TimeProvider.GetElapsedTime(_startedAt);

    private bool OnCalls(long calls) => _budget.MaxCalls is { } max && Check(BudgetLimit.Calls, calls, max, isReachedAtMax: false);

    private bool OnRepeat(uint site, SiteFacts facts, ulong arguments)
    {
        // Places that call the same tool are different sites; the tool is the same.
        int count = _repeats!.Count(CallDigest.Mix(arguments, (uint)facts.NameHash));
        return count >= _repeatsOfInterest
            && Check(BudgetLimit.Repeats, count, _budget.MaxRepeats!.Value, isReachedAtMax: false, CallSites.Find(site)?.Name);
    }

    private void OnUsed(ModelCallScope scope, LlmResult result)
    {
        TokenUsage? usage = LlmFrames.UsageOf(result);
        if (usage is null && result.ReportedCost is null)
            return;
        long tokens;
        decimal cost;
        lock (_lock)
        {
            if (!scope.HasKnownInside)
                Count(scope, usage, result);
            for (ModelCallScope? outer = scope.Outer; outer is { HasKnownInside: false }; outer = outer.Outer)
            {
                outer.HasKnownInside = true;
                Uncount(outer);
            }
            tokens = _tokens;
            cost = _cost;
        }
        if (_budget.MaxTokens is { } maxTokens)
            Check(BudgetLimit.Tokens, tokens, maxTokens, isReachedAtMax: true);
        if (_budget.MaxCost is { } maxCost)
            Check(BudgetLimit.Cost, cost, maxCost, isReachedAtMax: true);
    }

    private void Count(ModelCallScope scope, TokenUsage? usage, LlmResult result)
    {
        scope.IsCounted = true;
        scope.Tokens = (usage?.InputTokens ?? 0) + (usage?.OutputTokens ?? 0);
        scope.Cost = result.ReportedCost is >= 0 and { } reported ? reported : CostOf(usage, scope, result);
        _tokens += scope.Tokens;
        _cost += scope.Cost ?? 0;
        if (scope.Cost is not null)
            _priced++;
    }

    private decimal? CostOf(TokenUsage? usage, ModelCallScope scope, LlmResult result) =>
        _prices?.CostOf(usage, scope.Provider ?? result.Provider, result.Model ?? scope.Model, result.ServiceTier).Usd;

    /// <summary>What a call said of itself gives way to what those inside it say.</summary>
    private void Uncount(ModelCallScope scope)
    {
        _explained++;
        if (!scope.IsCounted)
            return;
        _tokens -= scope.Tokens;
        _cost -= scope.Cost ?? 0;
        if (scope.Cost is not null)
            _priced--;
    }

    private void OnTime()
    {
        if (_session.IsEnded || _budget.MaxDuration is not { } max)
            return;
        TimeSpan elapsed = Elapsed;
        Check(BudgetLimit.Duration, Seconds(elapsed), Seconds(max), isReachedAtMax: true);
        if (elapsed < max)
            _timer?.Change(max - elapsed, Timeout.InfiniteTimeSpan);
    }

    private static decimal Seconds(TimeSpan time) => (decimal)time.Ticks / TimeSpan.TicksPerSecond;

    /// <summary>From when on a count is worth a warning.</summary>
    private long WarningOf(long max) => Math.Max(1, (long)Math.Ceiling(max * _budget.WarnAt));

    /// <summary>Warns, or does what is to be done at the limit; either once a limit.</summary>
    /// <returns>Whether the limit is reached.</returns>
    private bool Check(BudgetLimit limit, decimal used, decimal max, bool isReachedAtMax, string? tool = null)
    {
        if (used > max || (isReachedAtMax && used == max))
        {
            var notice = new BudgetNotice(_session.Id, limit, used, max, IsExceeded: true, tool);
            // Before anything else: other threads may be beyond the limit by now.
            if (_budget.AtLimit == BudgetAction.Stop)
                Interlocked.CompareExchange(ref _refusal, notice, null);
            if (Interlocked.Exchange(ref _exceeded[(int)limit], 1) == 0)
                Exceed(notice);
            return true;
        }
        if (_budget.WarnAt < 1 && used >= max * (decimal)_budget.WarnAt && Interlocked.Exchange(ref _warned[(int)limit], 1) == 0)
        {
            var notice = new BudgetNotice(_session.Id, limit, used, max, IsExceeded: false, tool);
            var record = new ActionRecord("budget_warning") { Logs = notice.Message };
            record.Params["limit"] = limit.ToString();
            record.Params["used"] = used;
            record.Params["max"] = max;
            _session.RecordUncounted(record);
            Tell(notice);
        }
        return false;
    }

    private void Exceed(BudgetNotice notice)
    {
        lock (_lock)
            _reached.Add(notice.Limit);
        _session.RecordUncounted(new ErrorRecord { ErrorType = "budget_exceeded", Code = notice.Limit.ToString(), Details = notice.Message });
        Tell(notice);
        if (_budget.AtLimit != BudgetAction.Report)
        {
            // On another thread: what is registered with the token is the user's, and may take its time.
            _ = _source.CancelAsync();
        }
    }

    private void Tell(BudgetNotice notice)
    {
        try
        {
            _budget.OnNotice?.Invoke(notice);
        }
        catch (Exception e)
        {
            Recorder.ReportRejectedInput($"Budget.OnNotice threw {e.GetType()}: {ErrorFrames.MessageOf(e)} It was told: {notice.Message}");
        }
    }
}
