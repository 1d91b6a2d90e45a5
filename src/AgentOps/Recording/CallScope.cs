using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using AgentOps.Events;
using AgentOps.Log;

namespace AgentOps.Recording;

/// <summary>
/// One recorded call, from generated code: a start, the call itself inside an exception filter that asks <see cref="Fault"/>,
/// and one of the ends. Nothing here throws, but a start in a session whose owner chose <see cref="BudgetAction.Stop"/>. Small enough to live in two registers.
/// </summary>
/// <remarks>
/// A call whose arguments are few words starts with <c>Start(site, word, …)</c>. Any other asks <see cref="EnterInPlace"/>, if
/// nothing of the user's can run while its values are written, or <see cref="Enter"/> for a writer, and starts with that. A scope
/// belongs to the thread that made it; calls that end elsewhere end through the task or stream they return.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct CallScope
{
    private const int StartBytes = 32;
    private const int EndBytes = 24;

    /// <summary>Less than this is not worth beginning to write in.</summary>
    private const int SmallestRoom = 256;

    private readonly ThreadRecorder? _thread;
    private readonly long _span;

    private CallScope(ThreadRecorder thread, long span)
    {
        _thread = thread;
        _span = span;
    }

    /// <summary>Whether the call is recorded.</summary>
    public bool IsRecorded => _span != 0;

    internal long Span => _span;

    /// <summary>Starts a call without arguments.</summary>
    /// <param name="site">The call site's number.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static CallScope Start(uint site)
    {
        ThreadRecorder thread = ThreadRecorder.Enter();
        if (thread.SessionWord != 0)
            return Write(thread, site);
        return thread.HasNoSession ? NotRecorded() : Unusual(thread, site, 0, 0, 0, 0, 0);
    }

    /// <summary>Starts a call whose arguments are the given words, see <see cref="PayloadWriter.Word(int)"/>.</summary>
    /// <inheritdoc cref="Start(uint)" path="/param[@name='site']"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static CallScope Start(uint site, ulong word0)
    {
        ThreadRecorder thread = ThreadRecorder.Enter();
        if (thread.CapturingSessionWord != 0)
            return Write(thread, site, word0);
        return thread.HasNoSession ? NotRecorded() : Unusual(thread, site, 1, word0, 0, 0, 0);
    }

    /// <inheritdoc cref="Start(uint, ulong)"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static CallScope Start(uint site, ulong word0, ulong word1)
    {
        ThreadRecorder thread = ThreadRecorder.Enter();
        if (thread.CapturingSessionWord != 0)
            return Write(thread, site, word0, word1);
        return thread.HasNoSession ? NotRecorded() : Unusual(thread, site, 2, word0, word1, 0, 0);
    }

    /// <inheritdoc cref="Start(uint, ulong)"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static CallScope Start(uint site, ulong word0, ulong word1, ulong word2)
    {
        ThreadRecorder thread = ThreadRecorder.Enter();
        if (thread.CapturingSessionWord != 0)
            return Write(thread, site, word0, word1, word2);
        return thread.HasNoSession ? NotRecorded() : Unusual(thread, site, 3, word0, word1, word2, 0);
    }

    /// <inheritdoc cref="Start(uint, ulong)"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static CallScope Start(uint site, ulong word0, ulong word1, ulong word2, ulong word3)
    {
        ThreadRecorder thread = ThreadRecorder.Enter();
        if (thread.CapturingSessionWord != 0)
            return Write(thread, site, word0, word1, word2, word3);
        return thread.HasNoSession ? NotRecorded() : Unusual(thread, site, 4, word0, word1, word2, word3);
    }

    /// <summary>Decides whether the call is recorded and, if so, gives a writer for plain values, straight into the log.</summary>
    /// <param name="site">The call site's number.</param>
    public static PayloadWriter EnterInPlace(uint site)
    {
        ThreadRecorder thread = ThreadRecorder.Enter();
        if (thread.SessionWord == 0)
        {
            // What a budget runs of the user's must find nothing begun in the log.
            if (!thread.HasNoSession)
                return Enter(site, null);
            RecordingGate.CallsWithoutSession++;
            return default;
        }
        byte* frame = thread.Pin(SmallestRoom);
        if (frame == null)
            return default;
        PayloadBuilder payload = thread.InPlace;
        payload.ResetDirect(frame + StartBytes, thread.End, Recorder.MaxPayloadBytes);
        payload.Word8 = site | thread.SessionWord;
        payload.Word16 = (ulong)thread.ParentSpan;
        return new PayloadWriter(payload);
    }

    /// <summary>Decides whether the call is recorded and, if so, gives a writer for values of any kind.</summary>
    /// <param name="site">The call site's number.</param>
    /// <param name="session">The session that the call was given as an argument; it wins over the ambient one.</param>
    public static PayloadWriter Enter(uint site, RecordingTarget? session)
    {
        try
        {
            ThreadRecorder thread = ThreadRecorder.Enter();
            RecordingTarget? ambient = thread.ActiveAmbient?.Target;
            RecordingTarget? target = session is { HasEnded: false } ? session : ambient;
            if (target is null)
            {
                RecordingGate.CallsWithoutSession++;
                return default;
            }
            PayloadBuilder payload = thread.RentBuilder(Recorder.MaxPayloadBytes);
            payload.Word8 = site | ((ulong)target.Handle << 32);
            payload.Word16 = ReferenceEquals(ambient, target) ? (ulong)thread.ParentSpan : 0;
            return new PayloadWriter(payload);
        }
        catch (Exception e)
        {
            Recorder.ReportInternalError(e);
            return default;
        }
    }

    /// <summary>Starts a call whose arguments stand in <paramref name="arguments"/>.</summary>
    public static CallScope Start(PayloadWriter arguments)
    {
        PayloadBuilder payload = arguments.Builder;
        ThreadRecorder thread = ThreadRecorder.Current;
        CallBudget? budget = null;
        if (CallBudgets.Count != 0 && !payload.IsDirect && !IsAdmitted(thread, payload, out budget))
            return default;
        if (budget is not null)
            return StartBudgeted(budget, thread, payload);
        long span = Commit(thread, payload, FrameType.CallStart, FrameFlags.Ok);
        return new CallScope(thread, span);
    }

    /// <summary>Makes the call the parent of what is recorded inside it.</summary>
    /// <param name="call">The call, just started.</param>
    /// <param name="session">As given to <see cref="Enter"/>.</param>
    public static CallFlow Publish(CallScope call, RecordingTarget? session)
    {
        if (call._span == 0)
            return default;
        try
        {
            ThreadRecorder thread = call._thread!;
            RecordingTarget? target = session is { HasEnded: false } ? session : thread.ActiveAmbient?.Target;
            return target is null ? default : thread.Publish(call._span, target);
        }
        catch (Exception e)
        {
            Recorder.ReportInternalError(e);
            return default;
        }
    }

    /// <summary>The exception filter: records what leaves the call and declines to handle it.</summary>
    /// <returns>Always <see langword="false"/>.</returns>
    public static bool Fault(CallScope call, Exception exception) => CallSpan.Fault(call._span, exception);

    /// <summary>Ends a call that returns nothing.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void End(CallScope call)
    {
        if (call._span != 0)
            EndWords(call, 0, 0);
    }

    /// <summary>Ends a call whose result is the given word, see <see cref="PayloadWriter.Word(int)"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void End(CallScope call, ulong word)
    {
        if (RecordingGate.WithholdsResults)
            End(call);
        else if (call._span != 0)
            EndWords(call, 1, word);
    }

    /// <summary>A writer for the result of a recorded call, if it is a plain value.</summary>
    public static PayloadWriter Return(CallScope call)
    {
        ThreadRecorder thread = call._thread!;
        byte* frame = thread.Pin(SmallestRoom);
        PayloadBuilder payload = frame == null ? thread.RentBuilder(Recorder.MaxPayloadBytes) : thread.InPlace;
        if (frame != null)
            payload.ResetDirect(frame + EndBytes, thread.End, Recorder.MaxPayloadBytes);
        payload.Word8 = (ulong)call._span;
        return new PayloadWriter(payload);
    }

    /// <summary>A writer for the result of a recorded call, whatever it is.</summary>
    public static PayloadWriter ReturnGuarded(CallScope call)
    {
        PayloadBuilder payload = call._thread!.RentBuilder(Recorder.MaxPayloadBytes);
        payload.Word8 = (ulong)call._span;
        return new PayloadWriter(payload);
    }

    /// <summary>Ends a recorded call whose result stands in <paramref name="result"/>.</summary>
    public static void End(PayloadWriter result) => Commit(ThreadRecorder.Current, result.Builder, FrameType.CallEnd, FrameFlags.Ok);

    /// <summary>Ends a call with a result of any kind.</summary>
    public static void End<T>(CallScope call, T result, ResultCapture<T> capture)
    {
        if (call._span != 0)
            CallSpan.End(call._span, result, capture);
    }

    /// <summary>Ends the call when the task does. A task that is complete already is returned as it is.</summary>
    /// <returns>A task that ends exactly as <paramref name="task"/> does: same result, same exceptions, same token.</returns>
    public static Task End(CallScope call, Task task)
    {
        if (call._span == 0 || task is null)
        {
            End(call);
            return task!;
        }
        return RecordedTask.Observe(task, call._span);
    }

    /// <inheritdoc cref="End(CallScope, Task)"/>
    public static Task<T> End<T>(CallScope call, Task<T> task, ResultCapture<T> capture)
    {
        if (call._span == 0 || task is null)
        {
            End(call);
            return task!;
        }
        return RecordedTask<T>.Observe(task, call._span, capture);
    }

    /// <summary>Ends the call when the task of an <c>async</c> method does, which has one exception at most. Costs one object if it is pending.</summary>
    /// <inheritdoc cref="End(CallScope, Task)" path="/returns"/>
    public static Task EndAsync(CallScope call, Task task)
    {
        if (call._span == 0)
            return task;
        return task.IsCompleted || !RecordedTask.AwaitersRunInline ? RecordedTask.Observe(task, call._span) : TaskObserver.Observe(task, call._span);
    }

    /// <inheritdoc cref="EndAsync(CallScope, Task)"/>
    public static Task<T> EndAsync<T>(CallScope call, Task<T> task, ResultCapture<T> capture)
    {
        if (call._span == 0)
            return task;
        return task.IsCompleted || !RecordedTask.AwaitersRunInline
            ? RecordedTask<T>.Observe(task, call._span, capture)
            : TaskObserver<T>.Observe(task, call._span, capture);
    }

    /// <inheritdoc cref="End(CallScope, Task)"/>
    public static ValueTask End(CallScope call, ValueTask task)
    {
        if (call._span == 0)
            return task;
        if (task.IsCompletedSuccessfully)
        {
            // Reading the result is what a pooled source counts as consuming it; the caller gets a completed one instead.
            task.GetAwaiter().GetResult();
            End(call);
            return default;
        }
        return new ValueTask(RecordedTask.Observe(task.AsTask(), call._span));
    }

    /// <inheritdoc cref="End(CallScope, Task)"/>
    public static ValueTask<T> End<T>(CallScope call, ValueTask<T> task, ResultCapture<T> capture)
    {
        if (call._span == 0)
            return task;
        if (task.IsCompletedSuccessfully)
        {
            T result = task.Result;
            CallSpan.End(call._span, result, capture);
            return new ValueTask<T>(result);
        }
        return new ValueTask<T>(RecordedTask<T>.Observe(task.AsTask(), call._span, capture));
    }

    /// <inheritdoc cref="EndAsync(CallScope, Task)"/>
    public static ValueTask EndAsync(CallScope call, ValueTask task) =>
        call._span == 0 || task.IsCompleted || !RecordedTask.AwaitersRunInline ? End(call, task) : ValueTaskObserver.Observe(task, call._span);

    /// <inheritdoc cref="EndAsync(CallScope, Task)"/>
    public static ValueTask<T> EndAsync<T>(CallScope call, ValueTask<T> task, ResultCapture<T> capture) =>
        call._span == 0 || task.IsCompleted || !RecordedTask.AwaitersRunInline ? End(call, task, capture) : ValueTaskObserver<T>.Observe(task, call._span, capture);

    /// <summary>Ends the call when its stream is read to the end, fails, or is left.</summary>
    /// <param name="call">The call.</param>
    /// <param name="stream">What it returned.</param>
    /// <param name="capture">Takes the items.</param>
    /// <param name="session">As given to <see cref="Enter"/>.</param>
    public static IAsyncEnumerable<T> End<T>(CallScope call, IAsyncEnumerable<T> stream, ResultCapture<T> capture, RecordingTarget? session)
    {
        if (call._span == 0 || stream is null)
        {
            End(call);
            return stream!;
        }
        return new RecordedStream<T>(stream, call._span, TargetOf(session), capture);
    }

    /// <inheritdoc cref="End{T}(CallScope, IAsyncEnumerable{T}, ResultCapture{T}, RecordingTarget?)"/>
    public static IAsyncEnumerator<T> End<T>(CallScope call, IAsyncEnumerator<T> stream, ResultCapture<T> capture, RecordingTarget? session)
    {
        if (call._span == 0 || stream is null)
        {
            End(call);
            return stream!;
        }
        return new RecordedEnumerator<T>(stream, call._span, TargetOf(session), capture);
    }

    /// <summary>
    /// Ends the call: when its sequence is read to the end, fails, or is left, if an iterator method made it; at once, if it is a
    /// collection or anything else, which is returned as it is.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="sequence">What it returned.</param>
    /// <param name="whole">Takes a collection.</param>
    /// <param name="capture">Takes the items.</param>
    /// <param name="session">As given to <see cref="Enter"/>.</param>
    public static IEnumerable<T> End<T>(
        CallScope call, IEnumerable<T> sequence, ResultCapture<IEnumerable<T>> whole, ResultCapture<T> capture, RecordingTarget? session)
    {
        if (call._span == 0)
            return sequence;
        if (sequence is not null && RecordedSequence<T>.IsIterator(sequence))
            return new RecordedSequence<T>(sequence, call._span, TargetOf(session), capture);
        CallSpan.End(call._span, sequence!, whole);
        return sequence!;
    }

    /// <summary>Ends the call when its iterator is read to the end, fails, or is left; at once, if it is anything else.</summary>
    /// <inheritdoc cref="End{T}(CallScope, IAsyncEnumerable{T}, ResultCapture{T}, RecordingTarget?)"/>
    public static IEnumerator<T> End<T>(CallScope call, IEnumerator<T> stream, ResultCapture<T> capture, RecordingTarget? session)
    {
        if (call._span == 0 || stream is null)
        {
            End(call);
            return stream!;
        }
        if (RecordedSequence<T>.IsIterator(stream))
            return new RecordedIterator<T>(stream, call._span, TargetOf(session), capture);
        CallSpan.EndOpaque(call._span, stream.GetType().ToString());
        return stream;
    }

    private static RecordingTarget? TargetOf(RecordingTarget? session) =>
        session is { HasEnded: false } ? session : ThreadRecorder.Enter().ActiveAmbient?.Target;

    /// <summary>Commits a payload that a writer holds, in place or from its own buffer.</summary>
    internal static long Commit(ThreadRecorder thread, PayloadBuilder payload, FrameType type, byte flags)
    {
        if (payload.IsTruncated)
        {
            flags |= FrameFlags.Truncated;
            Recorder.Log?.Losses.Count(LossReason.PayloadTruncated);
        }
        long position = payload.IsDirect
            ? FrameWriter.CommitInPlace(thread, type, flags, payload.Word8, payload.Word16, payload.Length)
            : thread.Write(type, flags, payload.Word8, payload.Word16, payload.Written);
        thread.Unpin();
        if (!ReferenceEquals(payload, thread.InPlace))
            thread.ReturnBuilder(payload);
        return position;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static CallScope Write(ThreadRecorder thread, uint site) => StartWords(thread, thread.SessionWord, site, 0, 0, 0, 0, 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static CallScope Write(ThreadRecorder thread, uint site, ulong word0) => StartWords(thread, thread.SessionWord, site, 1, word0, 0, 0, 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static CallScope Write(ThreadRecorder thread, uint site, ulong word0, ulong word1) => StartWords(thread, thread.SessionWord, site, 2, word0, word1, 0, 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static CallScope Write(ThreadRecorder thread, uint site, ulong word0, ulong word1, ulong word2) =>
        StartWords(thread, thread.SessionWord, site, 3, word0, word1, word2, 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static CallScope Write(ThreadRecorder thread, uint site, ulong word0, ulong word1, ulong word2, ulong word3) =>
        StartWords(thread, thread.SessionWord, site, 4, word0, word1, word2, word3);

    private static CallScope NotRecorded()
    {
        RecordingGate.CallsWithoutSession++;
        return default;
    }

    /// <summary>A call in a session that has a budget, or whose arguments are withheld.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static CallScope Unusual(ThreadRecorder thread, uint site, int words, ulong word0, ulong word1, ulong word2, ulong word3)
    {
        // Which agent it is that is called is no argument.
        if (RecordingGate.WithholdsArguments)
            words = PayloadWord.TagOf(word0) == PayloadTag.Agent ? 1 : 0;
        if (thread.SessionWord == 0)
            return Budgeted(thread, site, words, word0, word1, word2, word3);
        return words == 0 ? Write(thread, site) : Write(thread, site, word0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static CallScope Budgeted(ThreadRecorder thread, uint site, int words, ulong word0, ulong word1, ulong word2, ulong word3)
    {
        CallBudget budget = thread.Budget!;
        RecordingTarget target = thread.ActiveAmbient!.Target;
        ulong session = (ulong)target.Handle << 32;
        SiteFacts facts = CallSites.FactsOf(site);
        budget.Admit(site, facts, CallDigest.Of(words, word0, word1, word2, word3));
        // Whoever is told of a limit may end the session.
        if (target.HasEnded)
            return default;
        CallScope call = StartWords(thread, session, site, words, word0, word1, word2, word3);
        if (facts.Kind == EventKind.Llm)
            Started(budget, thread, site, call._span, askedModel: null);
        return call;
    }

    /// <summary>Asks the budget of the session that a payload is for, if it has one.</summary>
    /// <returns>Whether the call is recorded: whoever is told of a limit may end the session.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool IsAdmitted(ThreadRecorder thread, PayloadBuilder payload, out CallBudget? budget)
    {
        var session = (uint)(payload.Word8 >> 32);
        budget = CallBudgets.Of(session);
        if (budget is null)
            return true;
        try
        {
            var site = (uint)payload.Word8;
            budget.Admit(site, CallSites.FactsOf(site), CallDigest.Of(payload.Written));
        }
        catch
        {
            thread.ReturnBuilder(payload);
            throw;
        }
        if (CallBudgets.Of(session) is not null)
            return true;
        thread.ReturnBuilder(payload);
        return false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static CallScope StartBudgeted(CallBudget budget, ThreadRecorder thread, PayloadBuilder payload)
    {
        var site = (uint)payload.Word8;
        bool isModelCall = CallSites.FactsOf(site).Kind == EventKind.Llm;
        string? asked = isModelCall ? EventFactory.RequestModelOf(payload.Written) : null;
        long span = Commit(thread, payload, FrameType.CallStart, FrameFlags.Ok);
        if (isModelCall)
            Started(budget, thread, site, span, asked);
        return new CallScope(thread, span);
    }

    private static void Started(CallBudget budget, ThreadRecorder thread, uint site, long span, string? askedModel)
    {
        if (span == 0)
            return;
        CallSiteInfo? info = CallSites.Find(site);
        budget.Started(span, new ModelCallScope(info?.Provider, askedModel ?? info?.Model, budget.ScopeIn(thread.ActiveAmbient)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static CallScope StartWords(ThreadRecorder thread, ulong session, uint site, int words, ulong word0, ulong word1, ulong word2, ulong word3)
    {
        int length = StartBytes + (words * sizeof(ulong));
        byte* frame = thread.Pin(length);
        if (frame == null)
            return default;
        ulong word8 = site | session;
        ulong word16 = (ulong)thread.ParentSpan;
        uint prefix = FrameHeader.Prefix(length, FrameType.CallStart, FrameFlags.Ok);
        uint crc = FrameChecksum.Step(~0u, prefix);
        crc = FrameChecksum.Step(crc, word8);
        crc = FrameChecksum.Step(crc, word16);
        *(ulong*)(frame + 8) = word8;
        *(ulong*)(frame + 16) = word16;
        if (words > 0)
        {
            *(ulong*)(frame + 32) = word0;
            crc = FrameChecksum.Step(crc, word0);
        }
        if (words > 1)
        {
            *(ulong*)(frame + 40) = word1;
            crc = FrameChecksum.Step(crc, word1);
        }
        if (words > 2)
        {
            *(ulong*)(frame + 48) = word2;
            crc = FrameChecksum.Step(crc, word2);
        }
        if (words > 3)
        {
            *(ulong*)(frame + 56) = word3;
            crc = FrameChecksum.Step(crc, word3);
        }
        thread.Cursor = frame + length;
        long ticks = Stopwatch.GetTimestamp();
        *(long*)(frame + 24) = ticks;
        Volatile.Write(ref Unsafe.AsRef<ulong>(frame), prefix | ((ulong)FrameChecksum.Finish(crc, ticks) << 32));
        thread.WriteThrough?.WriteThrough(frame, length);
        thread.Unpin();
        return new CallScope(thread, (long)frame + thread.Bias);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void EndWords(CallScope call, int words, ulong word)
    {
        ThreadRecorder thread = call._thread!;
        int length = EndBytes + (words * sizeof(ulong));
        byte* frame = thread.Pin(length);
        if (frame == null)
            return;
        uint prefix = FrameHeader.Prefix(length, FrameType.CallEnd, FrameFlags.Ok);
        uint crc = FrameChecksum.Step(~0u, prefix);
        crc = FrameChecksum.Step(crc, (ulong)call._span);
        *(long*)(frame + 8) = call._span;
        if (words > 0)
        {
            *(ulong*)(frame + 24) = word;
            crc = FrameChecksum.Step(crc, word);
        }
        thread.Cursor = frame + length;
        long ticks = Stopwatch.GetTimestamp();
        *(long*)(frame + 16) = ticks;
        Volatile.Write(ref Unsafe.AsRef<ulong>(frame), prefix | ((ulong)FrameChecksum.Finish(crc, ticks) << 32));
        thread.WriteThrough?.WriteThrough(frame, length);
        thread.Unpin();
    }
}
