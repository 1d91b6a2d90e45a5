using System.Diagnostics;
using AgentOps.Log;

namespace AgentOps.Recording;

/// <summary>What a recorded call yields one by one, and the end of its event, whatever way reading ends.</summary>
internal sealed class RecordedItems<T>(long span, ResultCapture<T> capture)
{
    private const int MaxItems = 64;

    /// <summary>What the summary around the items takes.</summary>
    private const int SummaryBytes = 256;

    private readonly PayloadBuilder _captured = new(Recorder.MaxPayloadBytes - SummaryBytes);
    private readonly long _startTicks = Stopwatch.GetTimestamp();
    private LlmResult? _llm;
    private long _count;
    private long _firstTicks;
    private bool _ended;

    /// <summary>The exception filter: the first exception ends the event.</summary>
    /// <returns>Always <see langword="false"/>.</returns>
    public bool FaultOnce(Exception exception)
    {
        if (!_ended)
        {
            _ended = true;
            WriteLlm();
            CallSpan.Fault(span, exception);
        }
        return false;
    }

    /// <summary>Takes one item.</summary>
    public void Add(T item)
    {
        if (_count++ == 0)
            _firstTicks = Stopwatch.GetTimestamp();
        try
        {
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

    /// <summary>Ends the event, once.</summary>
    public void End(byte outcome)
    {
        if (_ended)
            return;
        _ended = true;
        try
        {
            WriteLlm();
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

    private void WriteLlm()
    {
        if (_llm is not { } llm)
            return;
        llm.ChunkCount = _count;
        llm.FirstChunkTicks = _firstTicks;
        CallSpan.WriteLlm(span, llm);
    }

    /// <summary>What a stream event returns: how many items, when the first came, and, if captured, the items, unless they are pieces of a text.</summary>
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
        if (capture.Encode is null || _llm?.Text is not null)
        {
            result.Tag(PayloadTag.Close);
            return;
        }
        result.WriteName("items");
        result.Tag(PayloadTag.Array);
        result.Append(_captured.Written);
        if (_count > MaxItems)
            result.WriteOmitted(_count - MaxItems);
        result.Tag(PayloadTag.Close);
        result.Tag(PayloadTag.Close);
        if (_captured.IsTruncated)
            result.Truncate();
    }
}
