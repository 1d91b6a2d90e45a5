using System.Runtime.CompilerServices;
using AgentOps.Log;

namespace AgentOps.Recording;

/// <summary>
/// What a thread keeps to record without asking anyone: its chunk of the log, its encoding buffer, and the ambient session of
/// the execution context it saw last.
/// </summary>
/// <remarks>
/// The ambient cache is sound because an <see cref="ExecutionContext"/> never changes: every <see cref="AsyncLocal{T}"/> write
/// installs a new one. A process-wide epoch retires all caches at once when a session ends.
/// </remarks>
internal sealed class ThreadRecorder : ChunkCursor
{
    [ThreadStatic]
    private static ThreadRecorder? t_current;

    private static int s_epoch = 1;

    private ExecutionContext? _context;
    private int _contextEpoch;
    private Ambient? _ambient;
    private PayloadBuilder? _scratch;
    private EventLogWriter? _log;

    public static ThreadRecorder Current => t_current ??= new ThreadRecorder();

    /// <summary>Makes every thread look its session up again.</summary>
    public static void AdvanceEpoch() => Interlocked.Increment(ref s_epoch);

    /// <summary>The ambient session of the current flow; <see langword="null"/> if there is none or it has ended.</summary>
    public Ambient? ResolveAmbient()
    {
        ExecutionContext? context = ExecutionContext.Capture();
        if (context is not null && ReferenceEquals(context, _context) && _contextEpoch == Volatile.Read(ref s_epoch))
            return _ambient;
        return LookUp(context);
    }

    /// <summary>Writes a frame to this thread's chunk.</summary>
    public long Write(
        EventLogWriter log, FrameType type, byte flags, ulong word8, ulong word16, ReadOnlySpan<byte> payload, long ticks)
    {
        if (!ReferenceEquals(log, _log))
        {
            unsafe
            {
                Cursor = null;
            }
            _log = log;
        }
        return FrameWriter.Write(log, this, type, flags, word8, word16, payload, ticks);
    }

    /// <summary>Lends the encoding buffer. Encoding may run user code that records calls of its own, which then get another one.</summary>
    public PayloadBuilder RentBuilder(int limit)
    {
        PayloadBuilder builder = _scratch ?? new PayloadBuilder(limit);
        _scratch = null;
        builder.Reset(limit);
        return builder;
    }

    public void ReturnBuilder(PayloadBuilder builder) => _scratch = builder;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Ambient? LookUp(ExecutionContext? context)
    {
        int epoch = Volatile.Read(ref s_epoch);
        Ambient? ambient = Ambient.Current;
        if (ambient is { Target.HasEnded: true })
            ambient = null;
        // With the flow suppressed there is no context to recognise next time.
        _context = context;
        _contextEpoch = context is null ? 0 : epoch;
        _ambient = ambient;
        return ambient;
    }
}
