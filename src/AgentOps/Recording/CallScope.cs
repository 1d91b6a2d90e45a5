using System.ComponentModel;
using System.Diagnostics;
using AgentOps.Log;

namespace AgentOps.Recording;

/// <summary>
/// One recorded call, from generated code: <see cref="Arguments"/>, <see cref="Begin"/>, the call itself inside an exception
/// filter that asks <see cref="Fault"/>, <see cref="Leave"/>, and one of the ends. Nothing here throws.
/// </summary>
/// <remarks>
/// Between <see cref="Begin"/> and <see cref="Leave"/> the call is the parent of what is recorded in its flow, across awaits,
/// threads and <c>Task.WhenAll</c>.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly struct CallScope
{
    private readonly CallSpan _span;
    private readonly Ambient? _outer;
    private readonly ExecutionContext? _before;
    private readonly ExecutionContext? _inside;

    private CallScope(CallSpan span, Ambient? outer, ExecutionContext? before, ExecutionContext? inside)
    {
        _span = span;
        _outer = outer;
        _before = before;
        _inside = inside;
    }

    private bool IsRecorded => _span.Id != 0;

    /// <summary>Decides whether the call is recorded and, if so, gives the writer for its arguments.</summary>
    /// <param name="site">The call site's number.</param>
    /// <param name="session">The session that the call was given as an argument; it wins over the ambient one.</param>
    public static PayloadWriter Arguments(uint site, RecordingTarget? session)
    {
        try
        {
            ThreadRecorder thread = ThreadRecorder.Current;
            Ambient? ambient = thread.ResolveAmbient();
            RecordingTarget? target = session is { HasEnded: false } ? session : ambient?.Target;
            if (target is null)
            {
                Recorder.CountCallOutsideFlow();
                return default;
            }
            long parent = ReferenceEquals(ambient?.Target, target) ? ambient.Span : 0;
            return new PayloadWriter(thread.RentBuilder(Recorder.MaxPayloadBytes), site, target, parent);
        }
        catch (Exception e)
        {
            Recorder.ReportInternalError(e);
            return default;
        }
    }

    /// <summary>Writes the start of the call and makes it the parent of what is recorded inside.</summary>
    public static CallScope Begin(PayloadWriter arguments)
    {
        try
        {
            CallSpan span = CallSpan.Start(arguments.Site, arguments.Target, arguments.Parent, arguments.Builder);
            ThreadRecorder.Current.ReturnBuilder(arguments.Builder);
            if (span.Id == 0)
                return default;
            Ambient? outer = Ambient.Current;
            ExecutionContext? before = ExecutionContext.Capture();
            Ambient.Current = new Ambient(span.Target, span.Id);
            return new CallScope(span, outer, before, ExecutionContext.Capture());
        }
        catch (Exception e)
        {
            Recorder.ReportInternalError(e);
            return default;
        }
    }

    /// <summary>
    /// Gives the flow its former parent back. Restores the whole context when the call left it as it was; otherwise only the
    /// parent, so that what the call set for its caller stays.
    /// </summary>
    public void Leave()
    {
        if (!IsRecorded)
            return;
        if (_before is not null && ReferenceEquals(ExecutionContext.Capture(), _inside))
            ExecutionContext.Restore(_before);
        else
            Ambient.Current = _outer;
    }

    /// <summary>The exception filter: records what leaves the call and declines to handle it.</summary>
    /// <returns>Always <see langword="false"/>.</returns>
    public bool Fault(Exception exception)
    {
        if (IsRecorded)
        {
            try
            {
                _span.EndFaulted(exception);
            }
            catch (Exception e)
            {
                Recorder.ReportInternalError(e);
            }
        }
        return false;
    }

    /// <summary>Ends a call that returns nothing.</summary>
    public void End()
    {
        if (!IsRecorded)
            return;
        try
        {
            _span.End(FrameFlags.Ok, null);
        }
        catch (Exception e)
        {
            Recorder.ReportInternalError(e);
        }
    }

    /// <summary>Ends a call with its result.</summary>
    public void End<T>(T result, ResultCapture<T> capture)
    {
        if (!IsRecorded)
            return;
        try
        {
            _span.EndWith(FrameFlags.Ok, result, capture);
        }
        catch (Exception e)
        {
            Recorder.ReportInternalError(e);
        }
    }

    /// <summary>Ends the call when the task does. A task that is complete already is returned as it is.</summary>
    /// <returns>A task that ends exactly as <paramref name="task"/> does: same result, same exceptions, same token.</returns>
    public Task End(Task task)
    {
        if (!IsRecorded || task is null)
        {
            End();
            return task!;
        }
        return RecordedTask.Observe(task, _span);
    }

    /// <inheritdoc cref="End(Task)"/>
    public Task<T> End<T>(Task<T> task, ResultCapture<T> capture)
    {
        if (!IsRecorded || task is null)
        {
            End();
            return task!;
        }
        return RecordedTask<T>.Observe(task, _span, capture);
    }

    /// <inheritdoc cref="End(Task)"/>
    public ValueTask End(ValueTask task)
    {
        if (!IsRecorded)
            return task;
        if (task.IsCompletedSuccessfully)
        {
            // Reading the result is what a pooled source counts as consuming it; the caller gets a completed one instead.
            task.GetAwaiter().GetResult();
            End();
            return default;
        }
        return new ValueTask(RecordedTask.Observe(task.AsTask(), _span));
    }

    /// <inheritdoc cref="End(Task)"/>
    public ValueTask<T> End<T>(ValueTask<T> task, ResultCapture<T> capture)
    {
        if (!IsRecorded)
            return task;
        if (task.IsCompletedSuccessfully)
        {
            T result = task.Result;
            End(result, capture);
            return new ValueTask<T>(result);
        }
        return new ValueTask<T>(RecordedTask<T>.Observe(task.AsTask(), _span, capture));
    }

    /// <summary>Ends the call when its stream is read to the end, fails, or is left.</summary>
    public IAsyncEnumerable<T> End<T>(IAsyncEnumerable<T> stream, ResultCapture<T> capture)
    {
        if (!IsRecorded || stream is null)
        {
            End();
            return stream!;
        }
        return new RecordedStream<T>(stream, _span, capture);
    }
}
