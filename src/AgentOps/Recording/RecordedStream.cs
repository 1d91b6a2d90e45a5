using System.Diagnostics;
using AgentOps.Log;

namespace AgentOps.Recording;

/// <summary>
/// A stream that a recorded call returned. Its event ends when the stream does: read to its end, failed, or left early. Each
/// further enumeration is an event of its own.
/// </summary>
internal sealed class RecordedStream<T>(IAsyncEnumerable<T> source, CallSpan span, ResultCapture<T> capture) : IAsyncEnumerable<T>
{
    private int _enumerations;

    [StackTraceHidden]
    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        CallSpan current = Interlocked.Increment(ref _enumerations) == 1 ? span : Again();
        IAsyncEnumerator<T> items;
        try
        {
            items = source.GetAsyncEnumerator(cancellationToken);
        }
        catch (Exception e) when (RecordedEnumerator<T>.Fault(current, e))
        {
            throw;
        }
        return current.Id == 0 ? items : new RecordedEnumerator<T>(items, current, capture);
    }

    private CallSpan Again()
    {
        try
        {
            return span.Target.HasEnded ? default : CallSpan.Start(0, span.Target, span.Id, null);
        }
        catch (Exception e)
        {
            Recorder.ReportInternalError(e);
            return default;
        }
    }
}

/// <summary>Reads a recorded stream, and ends its event whatever way reading ends.</summary>
/// <remarks>While the stream's own code runs, its event is the parent of what that code records.</remarks>
[StackTraceHidden]
internal sealed class RecordedEnumerator<T>(IAsyncEnumerator<T> items, CallSpan span, ResultCapture<T> capture) : IAsyncEnumerator<T>
{
    private const int MaxItems = 64;

    private readonly PayloadBuilder _captured = new(Recorder.MaxPayloadBytes);
    private readonly Ambient _inside = new(span.Target, span.Id);
    private LlmResult? _llm;
    private long _count;
    private long _firstTicks;
    private bool _ended;

    public T Current => items.Current;

    public static bool Fault(CallSpan span, Exception exception)
    {
        if (span.Id == 0)
            return false;
        try
        {
            span.EndFaulted(exception);
        }
        catch (Exception e)
        {
            Recorder.ReportInternalError(e);
        }
        return false;
    }

    public ValueTask<bool> MoveNextAsync()
    {
        Ambient? outer = Ambient.Current;
        ExecutionContext? before = ExecutionContext.Capture();
        Ambient.Current = _inside;
        ExecutionContext? inside = ExecutionContext.Capture();
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
            if (before is not null && ReferenceEquals(ExecutionContext.Capture(), inside))
                ExecutionContext.Restore(before);
            else
                Ambient.Current = outer;
        }
        if (!moved.IsCompletedSuccessfully)
            return AwaitMove(moved);
        bool more = moved.Result;
        OnMoved(more);
        return new ValueTask<bool>(more);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await items.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (FaultOnce(e))
        {
            throw;
        }
        End(FrameFlags.Abandoned);
    }

    private async ValueTask<bool> AwaitMove(ValueTask<bool> moving)
    {
        bool more;
        try
        {
            more = await moving.ConfigureAwait(false);
        }
        catch (Exception e) when (FaultOnce(e))
        {
            throw;
        }
        OnMoved(more);
        return more;
    }

    private bool FaultOnce(Exception exception)
    {
        if (!_ended)
        {
            _ended = true;
            WriteUsage();
            Fault(span, exception);
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
                CallSpan.Guarded(read, _llm ??= new LlmResult(), item);
            if (_count <= MaxItems && !_captured.IsTruncated)
            {
                int mark = _captured.Length;
                try
                {
                    capture.Encode(new PayloadWriter(_captured, 0, span.Target, 0), item);
                }
                catch (Exception e)
                {
                    _captured.ReplaceByFailure(mark, e.GetType().ToString());
                }
            }
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
            span.End(outcome, result);
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
            span.WriteUsage(llm);
    }

    /// <summary>What a stream event returns: how many items, when the first came, and the items or the text they make.</summary>
    private void WriteSummary(PayloadBuilder result)
    {
        result.Tag(PayloadTag.Object);
        result.WriteName("item_count");
        result.Write(_count);
        if (_count > 0)
        {
            result.WriteName("time_to_first_ns");
            result.Write(ClockSnapshot.Take().ToNanoseconds(_firstTicks - span.StartTicks));
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
    }
}
