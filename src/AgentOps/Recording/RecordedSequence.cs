using System.Collections;
using System.Diagnostics;
using AgentOps.Log;

namespace AgentOps.Recording;

/// <summary>
/// A sequence that a recorded iterator method returned: nothing of the method has run yet, so its event lasts until the sequence is
/// read to its end, fails, or is left. Each further enumeration is an event of its own.
/// </summary>
/// <remarks>
/// Only what the compiler makes of an iterator method is replaced by this: nobody can name its type, and LINQ knows it as nothing
/// but a sequence. A collection stays what it is, and so does a query, whose <c>Count</c> or <c>Last</c> may take short cuts that
/// a wrapper would hide. Like that object this also reads itself, for programs that look what else it can do.
/// </remarks>
[StackTraceHidden]
internal sealed class RecordedSequence<T>(IEnumerable<T> source, long span, RecordingTarget? target, ResultCapture<T> capture) : IEnumerable<T>, IEnumerator<T>
{
    private int _enumerations;

    T IEnumerator<T>.Current => Own.Current;

    object? IEnumerator.Current => ((IEnumerator)Own).Current;

    private IEnumerator<T> Own => (IEnumerator<T>)source;

    public IEnumerator<T> GetEnumerator()
    {
        long current = Interlocked.Increment(ref _enumerations) == 1 ? span : CallSpan.Again(span, target);
        IEnumerator<T> items;
        try
        {
            items = source.GetEnumerator();
        }
        catch (Exception e) when (CallSpan.Fault(current, e))
        {
            throw;
        }
        return current == 0 ? items : new RecordedIterator<T>(items, current, target, capture);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    bool IEnumerator.MoveNext() => Own.MoveNext();

    void IEnumerator.Reset() => Own.Reset();

    void IDisposable.Dispose() => Own.Dispose();

    /// <summary>Whether an object was made by the compiler for an iterator method: only it may use such names.</summary>
    public static bool IsIterator(object items) => items is IEnumerator<T> && items.GetType().Name.StartsWith('<');
}

/// <summary>Reads what a recorded iterator yields. While its code runs, its event is the parent of what that records.</summary>
[StackTraceHidden]
internal sealed class RecordedIterator<T>(IEnumerator<T> items, long span, RecordingTarget? target, ResultCapture<T> capture) : IEnumerator<T>
{
    private readonly RecordedItems<T> _items = new(span, capture);

    public T Current => items.Current;

    object? IEnumerator.Current => ((IEnumerator)items).Current;

    public bool MoveNext()
    {
        CallFlow flow = CallFlow.Into(span, target);
        bool more;
        try
        {
            more = items.MoveNext();
        }
        catch (Exception e) when (_items.FaultOnce(e))
        {
            throw;
        }
        finally
        {
            flow.Leave();
        }
        if (more)
            _items.Add(items.Current);
        else
            _items.End(FrameFlags.Ok);
        return more;
    }

    public void Reset() => items.Reset();

    public void Dispose()
    {
        // What is left in a finally block runs now, as part of the event.
        CallFlow flow = CallFlow.Into(span, target);
        try
        {
            items.Dispose();
        }
        catch (Exception e) when (_items.FaultOnce(e))
        {
            throw;
        }
        finally
        {
            flow.Leave();
        }
        _items.End(FrameFlags.Abandoned);
    }
}
