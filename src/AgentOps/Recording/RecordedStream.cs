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
        long current = Interlocked.Increment(ref _enumerations) == 1 ? span : CallSpan.Again(span, target);
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
    private readonly RecordedItems<T> _items = new(span, capture);
    private ValueTask<bool> _moving;
    private ValueTask _disposing;

    public T Current => items.Current;

    public ValueTask<bool> MoveNextAsync()
    {
        CallFlow flow = CallFlow.Into(span, target);
        ValueTask<bool> moved;
        try
        {
            moved = items.MoveNextAsync();
        }
        catch (Exception e) when (_items.FaultOnce(e))
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
        catch (Exception e) when (_items.FaultOnce(e))
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
        catch (Exception e) when (_items.FaultOnce(e))
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
        catch (Exception e) when (_items.FaultOnce(e))
        {
            throw;
        }
        _items.End(FrameFlags.Abandoned);
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

    private void OnMoved(bool more)
    {
        if (!more)
        {
            _items.End(FrameFlags.Ok);
            return;
        }
        T item;
        try
        {
            item = items.Current;
        }
        catch (Exception e)
        {
            Recorder.ReportInternalError(e);
            return;
        }
        _items.Add(item);
    }
}
