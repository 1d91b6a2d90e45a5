using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
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
    /// <summary>More model calls than are under way at a time. Those that ended are remembered for others inside them that are told of later.</summary>
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
    private ModelCallAmounts _used;
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
        if (budget.MaxDuration is not null)
        {
            _timer = budget.TimeProvider.CreateTimer(
                static tracker => ((BudgetTracker)tracker!).OnTime(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public override void Begin()
    {
        if (_budget.MaxDuration is { } duration)
            _timer!.Change(duration * _budget.WarnAt, Timeout.InfiniteTimeSpan);
    }

    public static CallBudget Start(Session session, Budget budget) => new BudgetTracker(session, budget);

    public override uint Session => _session.Handle;

    public override CancellationToken Token => _source.Token;

    public override BudgetUsage GetUsage()
    {
        long calls = Calls;
        lock (_lock)
        {
            return new BudgetUsage(_used.Cost, _used.Unknown, _used.Tokens, Elapsed, calls, Volatile.Read(ref _errors), [.. _reached]);
        }
    }

    /// <summary>Model calls that are remembered.</summary>
    internal int RememberedModelCalls => _modelCalls.Count;

    public override void Stop()
    {
        _timer?.Dispose();
        _modelCalls.Clear();
    }

    public override void Admit(uint site, in SiteFacts facts, ulong arguments)
    {
        if (Volatile.Read(ref _refusal) is { } refusal)
            throw new BudgetExceededException(refusal);
        // What is not recorded cannot be compared.
        bool isWatched = _repeats is not null && facts.Kind == EventKind.Tool && facts.TellsArguments && !RecordingGate.WithholdsArguments;
        bool isBeyond = false;
        // Counting takes most of the time that this does: a call that is counted as a repeat is counted once more only if calls are limited.
        if (!isWatched || LimitsCalls)
            isBeyond = Interlocked.Increment(ref _calls) is var calls && calls >= _callsOfInterest && OnCalls(calls);
        if (isWatched)
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
        lock (_lock)
            _used = _used.Plus(scope.Begin());
        _modelCalls[span] = scope;
    }

    public override ModelCallScope? ScopeOf(long span) => _modelCalls.GetValueOrDefault(span);

    public override void Used(long span, LlmResult result)
    {
        ModelCallScope? scope = ScopeOf(span);
        if (scope is null)
            Started(span, scope = new ModelCallScope(null, null, outer: null));
        OnUsed(scope, result);
    }

    public override void Failed()
    {
        long errors = Interlocked.Increment(ref _errors);
        if (_budget.MaxErrors is { } max)
            Check(BudgetLimit.Errors, errors, max, isReachedAtMax: true);
    }

    public override void Counted(ManualRecord record, long span, long parent)
    {
        if (Interlocked.Increment(ref _calls) is var calls && calls >= _callsOfInterest)
            OnCalls(calls);
        if (record is not LlmRecord llm)
            return;
        var scope = new ModelCallScope(null, null, ScopeOf(parent) ?? (llm.ParentId is null ? ScopeIn(Ambient.Innermost) : null));
        Started(span, scope);
        OnUsed(scope, llm.ToResult());
    }

    private TimeSpan Elapsed => _budget.TimeProvider.GetElapsedTime(_startedAt);

    private bool LimitsCalls => _callsOfInterest != long.MaxValue;

    private long Calls => Volatile.Read(ref _calls) + (_repeats is null || LimitsCalls ? 0 : _repeats.Total);

    private bool OnCalls(long calls) => _budget.MaxCalls is { } max && Check(BudgetLimit.Calls, calls, max, isReachedAtMax: false);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool OnRepeat(uint site, in SiteFacts facts, ulong arguments)
    {
        // Places that call the same tool are different sites; the tool is the same.
        long count = _repeats!.Count(CallDigest.Mix(arguments, (uint)facts.NameHash));
        return count >= _repeatsOfInterest && OnRepeats(count, site);
    }

    private bool OnRepeats(long count, uint site) =>
        Check(BudgetLimit.Repeats, count, _budget.MaxRepeats!.Value, isReachedAtMax: false, CallSites.Find(site)?.Name);

    private void OnUsed(ModelCallScope scope, LlmResult result)
    {
        TokenUsage? usage = LlmFrames.UsageOf(result);
        long? tokens = usage is null ? null : (usage.InputTokens ?? 0) + (usage.OutputTokens ?? 0);
        decimal? cost = CostOf(usage, scope, result);
        ModelCallAmounts used;
        lock (_lock)
            used = _used = _used.Plus(scope.Use(tokens, cost));
        if (_budget.MaxTokens is { } maxTokens)
            Check(BudgetLimit.Tokens, used.Tokens, maxTokens, isReachedAtMax: true);
        if (_budget.MaxCost is { } maxCost)
            Check(BudgetLimit.Cost, used.Cost, maxCost, isReachedAtMax: true);
    }

    private decimal? CostOf(TokenUsage? usage, ModelCallScope scope, LlmResult result) => result.ReportedCost is { } reported
        ? (CostCalculator.IsSane(reported) ? reported : null)
        : _prices?.CostOf(usage, scope.Provider ?? result.Provider, result.Model ?? scope.Model, result.ServiceTier).Usd;

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
    private long WarningOf(long max) => Math.Max(1, (long)Math.Ceiling(max * (decimal)_budget.WarnAt));

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
        if (used < max && used >= max * (decimal)_budget.WarnAt && Interlocked.Exchange(ref _warned[(int)limit], 1) == 0)
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
