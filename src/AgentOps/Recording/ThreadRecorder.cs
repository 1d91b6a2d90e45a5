using System.Runtime.CompilerServices;
using AgentOps.Log;

namespace AgentOps.Recording;

/// <summary>
/// What a thread keeps to record without asking anyone: its chunk of the log, its encoders, and the ambient session of the
/// execution context it saw last.
/// </summary>
/// <remarks>
/// The ambient cache is sound because an <see cref="ExecutionContext"/> never changes: every <see cref="AsyncLocal{T}"/> write
/// installs a new one. A process-wide epoch retires all caches at once when a session ends.
/// </remarks>
internal sealed unsafe class ThreadRecorder : OwnedCursor
{
    private const int NoEpoch = -1;

    [ThreadStatic]
    private static ThreadRecorder? t_current;

    private ExecutionContext? _context;
    private int _contextEpoch = NoEpoch;
    private Ambient? _ambient;
    private RecordingTarget? _target;
    private PayloadBuilder? _scratch;

    /// <summary>The ambient session's number in the upper half, as call frames have it; 0 if there is no session, or it has a <see cref="Budget"/>.</summary>
    public ulong SessionWord { get; private set; }

    /// <summary>Whether nothing is recorded here at all.</summary>
    public bool HasNoSession { get; private set; } = true;

    /// <summary>The budget of the ambient session; <see langword="null"/> if there is none.</summary>
    public CallBudget? Budget { get; private set; }

    /// <summary>The same, or 0 if arguments are withheld: calls that have some need no other test then.</summary>
    public ulong CapturingSessionWord { get; private set; }

    /// <summary>The span around the current flow; 0 for none.</summary>
    public long ParentSpan { get; private set; }

    /// <summary>Encodes plain values where their frame will stand. Nothing else may run on this thread until the frame is committed.</summary>
    public PayloadBuilder InPlace { get; } = new(PayloadBuilder.MaxLimit);

    /// <summary>The ambient session of the current flow; <see langword="null"/> if there is none or it has ended.</summary>
    public Ambient? ActiveAmbient => _ambient;

    public static ThreadRecorder Current => t_current ?? Create();

    /// <summary>This thread's recorder, with the session of the current flow looked up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ThreadRecorder Enter()
    {
        ThreadRecorder? thread = t_current;
        ExecutionContext? context = ExecutionContext.Capture();
        return thread is not null && ReferenceEquals(context, thread._context) && thread._contextEpoch == RecordingGate.Epoch
            ? thread
            : LookUp(context);
    }

    /// <summary>Room for a frame in this thread's chunk, which nobody takes away until <see cref="Unpin"/>.</summary>
    /// <returns>Where the frame goes; <see langword="null"/> if there is no room in the log, which is counted.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte* Pin(int bytes)
    {
        Volatile.Write(ref Busy, 1);
        byte* frame = Cursor;
        return (byte*)((nuint)Limit & *Alive) - frame >= bytes ? frame : Refill(bytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Unpin() => Volatile.Write(ref Busy, 0);

    /// <summary>Writes a frame whose payload stands elsewhere.</summary>
    /// <returns>The frame's position, 0 if there was no room.</returns>
    public long Write(FrameType type, byte flags, ulong word8, ulong word16, ReadOnlySpan<byte> payload, long ticks = 0)
    {
        if (Recorder.Log is not { } log)
            return 0;
        Volatile.Write(ref Busy, 1);
        long position = FrameWriter.Write(log, this, type, flags, word8, word16, payload, ticks);
        Unpin();
        return position;
    }

    /// <summary>Lends an encoder. Encoding may run user code that records calls of its own, which then get another one.</summary>
    public PayloadBuilder RentBuilder(int limit)
    {
        PayloadBuilder? builder = _scratch;
        if (builder is null)
            return new PayloadBuilder(limit);
        _scratch = null;
        builder.Reset(limit);
        return builder;
    }

    public void ReturnBuilder(PayloadBuilder builder) => _scratch = builder;

    /// <summary>Makes a call the parent of what is recorded from here on in this flow.</summary>
    public CallFlow Publish(long span, RecordingTarget target)
    {
        ExecutionContext? before = ExecutionContext.Capture();
        Ambient? outer = before is not null && ReferenceEquals(before, _context) ? _ambient : Ambient.Current;
        Ambient inside = target.Budget is { } budget ? MakeBudgeted(budget, target, span, outer) : new Ambient(target, span);
        Ambient.Current = inside;
        ExecutionContext? context = ExecutionContext.Capture();
        Switch(context, target, inside);
        return new CallFlow(this, outer, before, context);
    }

    /// <summary>Goes back to what was around a call that left its flow as it was.</summary>
    public void Leave(ExecutionContext before, Ambient? outer)
    {
        ExecutionContext.Restore(before);
        Switch(before, outer?.Target, outer);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static BudgetedAmbient MakeBudgeted(CallBudget budget, RecordingTarget target, long span, Ambient? outer) =>
        new(target, span, budget.ScopeOf(span) ?? budget.ScopeIn(outer));

    /// <summary>Takes up what the flow is in now, so that the next call need not look it up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Switch(ExecutionContext? context, RecordingTarget? target, Ambient? ambient)
    {
        if (context is null || _contextEpoch == NoEpoch || !ReferenceEquals(target, _target))
        {
            Remember(context, Volatile.Read(ref RecordingGate.Epoch), ambient);
            return;
        }
        // To and fro between calls of one session, which was open at the epoch that is kept here: if it ended since, that epoch
        // is past, and the next call looks again.
        _ambient = ambient;
        ParentSpan = ambient is null ? 0 : ambient.Span;
        _context = context;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Remember(ExecutionContext? context, int epoch, Ambient? ambient)
    {
        ambient = Ambient.InnermostOf(ambient);
        RecordingTarget? target = ambient?.Target;
        if (!ReferenceEquals(target, _target))
            SwitchTo(target);
        ParentSpan = ambient is null ? 0 : ambient.Span;
        _ambient = ambient;
        _context = context;
        // With the flow suppressed there is no context to recognise next time.
        _contextEpoch = context is null ? NoEpoch : epoch;
    }

    private void SwitchTo(RecordingTarget? target)
    {
        _target = target;
        Budget = target?.Budget;
        HasNoSession = target is null;
        // A session with a budget looks to the fast path like none; whoever finds none asks for the budget before giving up.
        SessionWord = target is null || Budget is not null ? 0 : (ulong)target.Handle << 32;
        CapturingSessionWord = RecordingGate.WithholdsArguments ? 0 : SessionWord;
    }

    public override void ForgetContext()
    {
        // One reference; the owner at most looks up once more than it need. The ambient session is our own and stays.
        _context = Ambient.NoContext;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ThreadRecorder Create()
    {
        var thread = new ThreadRecorder();
        t_current = thread;
        Recorder.Start().Reclaimer.Register(thread);
        return thread;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ThreadRecorder LookUp(ExecutionContext? context)
    {
        ThreadRecorder thread = Current;
        // Read first: a session that ends meanwhile advances it, and the next call looks again.
        int epoch = Volatile.Read(ref RecordingGate.Epoch);
        thread.Remember(context, epoch, Ambient.Current);
        return thread;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private byte* Refill(int bytes)
    {
        try
        {
            if (Recorder.Log is { } log && log.ClaimChunk(this, bytes))
                return Cursor;
        }
        catch (Exception e)
        {
            Recorder.ReportInternalError(e);
        }
        Unpin();
        return null;
    }
}
