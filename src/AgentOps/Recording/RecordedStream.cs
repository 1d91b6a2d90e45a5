using System.Diagnostics;
using System.Threading.Tasks.Sources;
using AgentOps.Log;

namespace AgentOps.Recording;

/// <summary>
/// A stream that a recorded call returned. Its event ends when the stream does: read to its end, failed, or left early. Each
/// further enumeration is an event of its own.
/// </summary>
internal sealed class RecordedStream<T>(IAsyncEnumerable<T> source, long span, RecordingTarget? target, ResultCapture<T> capture) : IAsyncEnumerable<T>
{
    private int _enumerations;

    [StackTraceHidden]
    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        long current = Interlocked.Increment(ref _enumerations) == 1 ? span : Again();
        IAsyncEnumerator<T> items;
        try
        {
            items = source.GetAsyncEnumerator(cancellationToken);
        }
        catch (Exception e) when (CallSpan.Fault(current, e))
        {
            throw;
        }
        return current == 0 ? items : new RecordedEnumerator<T>(items, current, target, capture);
    }

    /// <summary>Starts a call of its own, without a site: its parent says what it is.</summary>
    private long Again()
    {
        try
        {
            return target is { HasEnded: false }
                ? ThreadRecorder.Current.Write(FrameType.CallStart, FrameFlags.Ok, (ulong)target.Handle << 32, (ulong)span, default)
                : 0;
        }
        catch (Exception e)
        {
            Recorder.ReportInternalError(e);
            return 0;
        }
    }
}

/// <summary>Reads a recorded stream, and ends its event whatever way reading ends.</summary>
/// <remarks>
/// While the stream's own code runs, its event is the parent of what that code records. A pending step is handed to the consumer
/// as it is, and recorded when the consumer reads its outcome: a task in between would add a frame to stack traces and let the
/// consumer go on at another moment than it does unrecorded.
/// </remarks>
[StackTraceHidden]
internal sealed class RecordedEnumerator<T>(IAsyncEnumerator<T> items, long span, RecordingTarget? target, ResultCapture<T> capture)
    : IAsyncEnumerator<T>, IValueTaskSource<bool>, IValueTaskSource
{
    private const int MaxItems = 64;

    /// <summary>What the summary around the items takes.</summary>
    private const int SummaryBytes = 256;

    private readonly PayloadBuilder _captured = new(Recorder.MaxPayloadBytes - SummaryBytes);
    private readonly long _startTicks = Stopwatch.GetTimestamp();
    private ValueTask<bool> _moving;
    private ValueTask _disposing;
    private LlmResult? _llm;
    private long _count;
    private long _firstTicks;
    private bool _ended;

    public T Current => items.Current;

    public ValueTask<bool> MoveNextAsync()
    {
        CallFlow flow = target is null ? default : ThreadRecorder.Current.Publish(span, target);
        ValueTask<bool> moved;
        try
        {
            moved = items.MoveNextAsync();
        }
        catch (Exception e) when (FaultOnce(e))
        {
            throw;
        }
        finally
        {
            flow.Leave();
        }
        if (!moved.IsCompletedSuccessfully)
        {
            _moving = moved;
            return new ValueTask<bool>(this, 0);
        }
        bool more = moved.Result;
        OnMoved(more);
        return new ValueTask<bool>(more);
    }

    public ValueTask DisposeAsync()
    {
        ValueTask disposing;
        try
        {
            disposing = items.DisposeAsync();
        }
        catch (Exception e) when (FaultOnce(e))
        {
            throw;
        }
        _disposing = disposing;
        if (!_disposing.IsCompletedSuccessfully)
            return new ValueTask(this, 0);
        ((IValueTaskSource)this).GetResult(0);
        return default;
    }

    bool IValueTaskSource<bool>.GetResult(short token)
    {
        bool more;
        try
        {
            more = _moving.GetAwaiter().GetResult();
        }
        catch (Exception e) when (FaultOnce(e))
        {
            throw;
        }
        OnMoved(more);
        return more;
    }

    void IValueTaskSource.GetResult(short token)
    {
        try
        {
            _disposing.GetAwaiter().GetResult();
        }
        catch (Exception e) when (FaultOnce(e))
        {
            throw;
        }
        End(FrameFlags.Abandoned);
    }

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) =>
        StatusOf(_moving.IsCompletedSuccessfully, _moving.IsFaulted, _moving.IsCanceled);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) =>
        StatusOf(_disposing.IsCompletedSuccessfully, _disposing.IsFaulted, _disposing.IsCanceled);

    void IValueTaskSource<bool>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        var awaiter = _moving.ConfigureAwait((flags & ValueTaskSourceOnCompletedFlags.UseSchedulingContext) != 0).GetAwaiter();
        if ((flags & ValueTaskSourceOnCompletedFlags.FlowExecutionContext) != 0)
            awaiter.OnCompleted(() => continuation(state));
        else
            awaiter.UnsafeOnCompleted(() => continuation(state));
    }

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        var awaiter = _disposing.ConfigureAwait((flags & ValueTaskSourceOnCompletedFlags.UseSchedulingContext) != 0).GetAwaiter();
        if ((flags & ValueTaskSourceOnCompletedFlags.FlowExecutionContext) != 0)
            awaiter.OnCompleted(() => continuation(state));
        else
            awaiter.UnsafeOnCompleted(() => continuation(state));
    }

    private static ValueTaskSourceStatus StatusOf(bool succeeded, bool faulted, bool cancelled) =>
        succeeded ? ValueTaskSourceStatus.Succeeded
        : faulted ? ValueTaskSourceStatus.Faulted
        : cancelled ? ValueTaskSourceStatus.Canceled
        : ValueTaskSourceStatus.Pending;

    private bool FaultOnce(Exception exception)
    {
        if (!_ended)
        {
            _ended = true;
            WriteUsage();
            CallSpan.Fault(span, exception);
        }
        return false;
    }

    private void OnMoved(bool more)
    {
        if (!more)
        {
            End(FrameFlags.Ok);
            return;
        }
        if (_count++ == 0)
            _firstTicks = Stopwatch.GetTimestamp();
        try
        {
            T item = items.Current;
            if (capture.ReadLlm is { } read)
                CallSpan.ReadGuarded(read, _llm ??= new LlmResult(), item);
            if (_count <= MaxItems && !_captured.IsTruncated && capture.Encode is { } encode)
                CallSpan.EncodeGuarded(_captured, item, encode);
        }
        catch (Exception e)
        {
            Recorder.ReportInternalError(e);
        }
    }

    private void End(byte outcome)
    {
        if (_ended)
            return;
        _ended = true;
        try
        {
            WriteUsage();
            ThreadRecorder thread = ThreadRecorder.Current;
            PayloadBuilder result = thread.RentBuilder(Recorder.MaxPayloadBytes);
            WriteSummary(result);
            CallSpan.End(span, outcome, result);
            thread.ReturnBuilder(result);
        }
        catch (Exception e)
        {
            Recorder.ReportInternalError(e);
        }
    }

    private void WriteUsage()
    {
        if (_llm is { } llm)
            CallSpan.WriteUsage(span, llm);
    }

    /// <summary>What a stream event returns: how many items, when the first came, and, if captured, the items or the text they make.</summary>
    private void WriteSummary(PayloadBuilder result)
    {
        result.Tag(PayloadTag.Object);
        result.WriteName("item_count");
        result.Write(_count);
        if (_count > 0)
        {
            result.WriteName("time_to_first_ns");
            result.Write((long)Stopwatch.GetElapsedTime(_startTicks, _firstTicks).TotalNanoseconds);
        }
        if (capture.Encode is null)
        {
            result.Tag(PayloadTag.Close);
            return;
        }
        if (_llm?.Text is { } text)
        {
            result.WriteName("text");
            result.Write(text);
        }
        else
        {
            result.WriteName("items");
            result.Tag(PayloadTag.Array);
            result.Append(_captured.Written);
            if (_count > MaxItems)
                result.WriteOmitted(_count - MaxItems);
            result.Tag(PayloadTag.Close);
        }
        result.Tag(PayloadTag.Close);
        if (_llm?.Text is null && _captured.IsTruncated)
            result.Truncate();
    }
}
