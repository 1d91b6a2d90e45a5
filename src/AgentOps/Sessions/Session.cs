using System.Diagnostics;
using AgentOps.Log;
using AgentOps.Recording;

namespace AgentOps;

/// <summary>
/// One run of an agent: everything recorded between its start and its end belongs to it. The session that was started last in
/// a flow is that flow's ambient one, across awaits and threads; any number may run side by side.
/// </summary>
/// <remarks>Thread-safe. After the start nothing here throws; what cannot be recorded is counted in <see cref="RecorderHealth"/>.</remarks>
public sealed partial class Session : RecordingTarget, IAsyncDisposable, IDisposable
{
    private static int s_handles;

    private readonly object _lock = new();
    private readonly bool _resumed;
    private readonly Action<PayloadBuilder>? _hostFacts;
    private SessionFacts _facts;
    private EndState _endState;

    private Session(Guid id, bool resumed, SessionOptions? options)
        : base((uint)Interlocked.Increment(ref s_handles), Ambient.Innermost)
    {
        options ??= new SessionOptions();
        _facts = SessionFacts.From(options);
        Id = id;
        Name = options.Name;
        TraceContext = options.TraceContext;
        _resumed = resumed;
        _hostFacts = options.HostFacts;
        if (options is { Budget: { } budget, BudgetKeeper: { } keep })
            Budget = keep(this, budget.Copy());

        Log = Recorder.Start();
        StartedAt = Log.GetUtcNow();
        Log.Definitions.SetSession(Handle, EncodeDefinition());
        if (Budget is not null)
            CallBudgets.Add(Budget);
        Recorder.SessionOpened();
        Ambient.Current = new Ambient(this, 0);
        Budget?.Begin();
    }

    /// <summary>The session of the current flow; <see langword="null"/> if there is none.</summary>
    public static Session? Current => Ambient.Innermost?.Target as Session;

    /// <summary>
    /// The agent that the recorded call around the current flow is attributed to; <see langword="null"/> if there is none, or the call began so
    /// long ago that its part of the log is closed. Looked up in the log, so not for every call of a tight loop.
    /// </summary>
    public static Events.AgentIdentity? CurrentAgent =>
        Ambient.Innermost is { Span: not 0, Target: Session session } ambient ? Recording.CurrentAgent.Of(session.Log, ambient.Span) : null;

    /// <summary>The session's id; a version 7 UUID unless it was resumed under another.</summary>
    public Guid Id { get; }

    /// <summary>The name given at the start.</summary>
    public string? Name { get; }

    /// <summary>The distributed trace that it is part of, as given at the start; <see langword="null"/> if none was.</summary>
    public TraceContext? TraceContext { get; }

    /// <summary>When this process started or resumed the session, in UTC.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>When it ended, in UTC; <see langword="null"/> while it is open.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>How it ended; <see cref="EndState.Indeterminate"/> while it is open.</summary>
    public EndState EndState => _endState;

    /// <summary>Why it ended so, if somebody said.</summary>
    public string? EndStateReason { get; private set; }

    /// <summary>Whether it has ended. Nothing new is recorded then; calls that were under way still get their end.</summary>
    public bool IsEnded => HasEnded;

    /// <summary>The tags as they are now.</summary>
    public IReadOnlyList<string> Tags => Volatile.Read(ref _facts).Tags;

    /// <summary>The custom metrics as they are now.</summary>
    public IReadOnlyDictionary<string, MetricValue> Metrics => Volatile.Read(ref _facts).Metrics;

    /// <summary>
    /// Cancelled when a limit of the session's budget is reached; never, if it has none. Pass it to what your agent does, so that it
    /// stops there.
    /// </summary>
    public CancellationToken CancellationToken => Budget?.Token ?? CancellationToken.None;

    /// <summary>What the session has used of its budget so far; <see langword="null"/> if it has none.</summary>
    public BudgetUsage? BudgetUsage => Budget?.GetUsage();

    internal EventLogWriter Log { get; }

    /// <summary>Starts a session and makes it the ambient one of the current flow.</summary>
    /// <param name="options">Name, tags, metrics; may be left out.</param>
    /// <exception cref="ArgumentException">A tag is null or empty, or a metric has no name or no finite value.</exception>
    /// <exception cref="InvalidDataException">The budget limits cost, and the price file of <see cref="Pricing.PriceTable.Default"/> is none.</exception>
    /// <exception cref="IOException">The budget limits cost, and that file cannot be read.</exception>
    public static Session Start(SessionOptions? options = null) => new(NewId(), resumed: false, options);

    /// <summary>Goes on with a session that was started elsewhere, so that several processes write one session.</summary>
    /// <param name="id">The id of the session.</param>
    /// <param name="options">Tags and metrics to add; may be left out.</param>
    /// <exception cref="ArgumentException"><paramref name="id"/> is empty, or see <see cref="Start"/>.</exception>
    public static Session Resume(Guid id, SessionOptions? options = null)
    {
        if (id == Guid.Empty)
            throw new ArgumentException("The session id is empty. Pass the Id of the session that was started.", nameof(id));
        return new Session(id, resumed: true, options);
    }

    /// <summary>Goes on with a session whose id came as text: a command line argument, an environment variable, a header.</summary>
    /// <param name="id">The id of the session, as text.</param>
    /// <exception cref="ArgumentNullException"><paramref name="id"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="id"/> is not a UUID.</exception>
    public static Session Resume(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (!Guid.TryParse(id, out Guid parsed))
        {
            throw new ArgumentException(
                $"'{id}' is not a session id. Pass the Id of a session, a UUID such as 0198c5a2-7b1e-7c3d-9f00-1a2b3c4d5e6f.", nameof(id));
        }
        return Resume(parsed);
    }

    /// <summary>Runs <paramref name="body"/> in a session that ends Success, or Fail with the exception's reason; the exception goes on unchanged.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="body"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">See <see cref="Start"/>.</exception>
    [StackTraceHidden]
    public static async Task RunAsync(SessionOptions? options, Func<Session, Task> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        await using Session session = Start(options);
        try
        {
            await body(session).ConfigureAwait(false);
        }
        catch (Exception e) when (session.Failed(e))
        {
            throw;
        }
        session.End(EndState.Success);
    }

    /// <inheritdoc cref="RunAsync(SessionOptions?, Func{Session, Task})"/>
    /// <returns>What <paramref name="body"/> returned.</returns>
    [StackTraceHidden]
    public static async Task<T> RunAsync<T>(SessionOptions? options, Func<Session, Task<T>> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        await using Session session = Start(options);
        T result;
        try
        {
            result = await body(session).ConfigureAwait(false);
        }
        catch (Exception e) when (session.Failed(e))
        {
            throw;
        }
        session.End(EndState.Success);
        return result;
    }

    /// <summary>Adds tags; those that are there already stay once.</summary>
    public void AddTags(params string[] tags) => ChangeTags(tags, keep: true);

    /// <summary>Replaces all tags.</summary>
    public void SetTags(params string[] tags) => ChangeTags(tags, keep: false);

    /// <summary>Sets a custom metric; a later value replaces an earlier one.</summary>
    public void SetMetric(string name, MetricValue value)
    {
        if (string.IsNullOrWhiteSpace(name))
            Recorder.ReportRejectedInput("SetMetric was called without a name; the metric was ignored. Name every metric.");
        else if (!value.IsRecordable)
            Recorder.ReportRejectedInput($"SetMetric(\"{name}\") was given {value}; the metric was ignored. A number metric is finite.");
        else
            Change(facts => facts.WithMetric(name, value));
    }

    /// <summary>
    /// Adds to a number metric, which begins at 0: a counter. Exact for whole numbers up to 2⁵³, and with any number of threads at once.
    /// </summary>
    /// <param name="name">The metric.</param>
    /// <param name="delta">What to add; may be negative, must be finite.</param>
    public void AddToMetric(string name, double delta)
    {
        if (string.IsNullOrWhiteSpace(name))
            Recorder.ReportRejectedInput("AddToMetric was called without a name; nothing was added. Name every metric.");
        else if (!double.IsFinite(delta))
            Recorder.ReportRejectedInput($"AddToMetric(\"{name}\") was given {MetricValue.FromNumber(delta)}; nothing was added. Add a finite number.");
        else
            Change(facts => Added(facts, name, delta));
    }

    /// <summary>Ends the session. The first end counts; later ones do nothing.</summary>
    /// <param name="state">How it ended.</param>
    /// <param name="reason">Why, in words.</param>
    public void End(EndState state = EndState.Indeterminate, string? reason = null)
    {
        if (state is not (EndState.Indeterminate or EndState.Success or EndState.Fail))
        {
            Recorder.ReportRejectedInput($"End was given the end state {(int)state}, which is none; Indeterminate was recorded.");
            state = EndState.Indeterminate;
        }
        lock (_lock)
        {
            if (HasEnded)
                return;
            EndedAt = Log.GetUtcNow();
            _endState = state;
            EndStateReason = reason;
            HasEnded = true;
        }
        try
        {
            var payload = new PayloadBuilder(SessionFacts.MaxDefinitionBytes);
            payload.Write(EndedAt.Value);
            payload.Write((long)state);
            payload.Write(reason);
            Log.Definitions.RemoveSession(Handle);
            Log.Definitions.Append(FrameType.SessionEnd, Handle, SessionFacts.Counted(payload), Stopwatch.GetTimestamp());
        }
        catch (Exception e)
        {
            Recorder.ReportInternalError(e);
        }
        if (Budget is not null)
        {
            CallBudgets.Remove(Budget);
            Budget.Stop();
        }
        Recorder.SessionClosed();
        if (ReferenceEquals(Ambient.Current?.Target, this))
            Ambient.Current = Ambient.Innermost;
    }

    /// <summary>Ends the session as <see cref="EndState.Indeterminate"/> unless it has ended.</summary>
    public void Dispose() => End();

    /// <inheritdoc cref="Dispose"/>
    public ValueTask DisposeAsync()
    {
        End();
        return ValueTask.CompletedTask;
    }

    private static Guid NewId() =>
#if NET9_0_OR_GREATER
        Guid.CreateVersion7();
#else
        Version7Uuid.Create(DateTimeOffset.UtcNow);
#endif

    private bool Failed(Exception exception)
    {
        End(EndState.Fail, $"{exception.GetType().FullName}: {ErrorFrames.MessageOf(exception)}");
        return false;
    }

    private void ChangeTags(string[]? tags, bool keep)
    {
        if (tags is null || Array.Exists(tags, string.IsNullOrWhiteSpace))
        {
            Recorder.ReportRejectedInput("A tag was null or empty and was ignored. A tag needs at least one visible character.");
            tags = tags is null ? [] : Array.FindAll(tags, tag => !string.IsNullOrWhiteSpace(tag));
            if (tags.Length == 0)
                return;
        }
        Change(facts => facts.WithTags(tags, keep));
    }

    private static SessionFacts? Added(SessionFacts facts, string name, double delta)
    {
        MetricValue sum = delta;
        if (facts.Metrics.TryGetValue(name, out MetricValue before))
        {
            if (before.Number is not { } number)
            {
                Recorder.ReportRejectedInput($"AddToMetric(\"{name}\") found \"{before}\" there, which is no number; nothing was added. Use another name for the counter.");
                return null;
            }
            sum = number + delta;
        }
        if (sum.IsRecordable)
            return facts.WithMetric(name, sum);
        Recorder.ReportRejectedInput($"AddToMetric(\"{name}\") would leave the range of numbers; nothing was added. Start the counter anew with SetMetric.");
        return null;
    }

    /// <param name="change">Gives the new facts, or <see langword="null"/> to leave them.</param>
    private void Change(Func<SessionFacts, SessionFacts?> change)
    {
        try
        {
            lock (_lock)
            {
                if (HasEnded)
                {
                    Recorder.ReportRejectedInput($"Session {Id} was changed after its end; the change was ignored.");
                    return;
                }
                if (change(_facts) is not { } changed)
                    return;
                Volatile.Write(ref _facts, changed);
                Log.Definitions.SetSession(Handle, EncodeDefinition());
                Log.Definitions.Append(FrameType.SessionUpdate, Handle, _facts.EncodeUpdate(), Stopwatch.GetTimestamp());
            }
        }
        catch (Exception e)
        {
            Recorder.ReportInternalError(e);
        }
    }

    private byte[] EncodeDefinition() => _facts.EncodeDefinition(Id, Name, TraceContext, StartedAt, _resumed, _hostFacts);
}
