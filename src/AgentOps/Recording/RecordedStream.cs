using System.Diagnostics;
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
/// <remarks>While the stream's own code runs, its event is the parent of what that code records.</remarks>
[StackTraceHidden]
internal sealed class RecordedEnumerator<T>(IAsyncEnumerator<T> items, long span, RecordingTarget? target, ResultCapture<T> capture)
    : IAsyncEnumerator<T>
{
    private const int MaxItems = 64;

    private readonly PayloadBuilder _captured = new(Recorder.MaxPayloadBytes);
    private readonly long _startTicks = Stopwatch.GetTimestamp();
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
            if (_count <= MaxItems && !_captured.IsTruncated)
                CallSpan.EncodeGuarded(_captured, item, capture);
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

    /// <summary>What a stream event returns: how many items, when the first came, and the items or the text they make.</summary>
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
