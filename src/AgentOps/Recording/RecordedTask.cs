using AgentOps.Log;

namespace AgentOps.Recording;

/// <summary>
/// Stands in for a task that was pending when a recorded call returned. It hangs on the task before anyone else can, so it
/// is that task's only continuation, runs inline at its completion, and passes on the outcome exactly.
/// </summary>
/// <remarks>
/// Attaching to the task and returning it would push the caller's own continuation off its thread; an <c>async</c> wrapper
/// would lose all but the first exception and turn a faulted <see cref="OperationCanceledException"/> into a cancellation.
/// </remarks>
internal sealed class RecordedTask : TaskCompletionSource
{
    private readonly Task _task;
    private readonly CallSpan _span;

    private RecordedTask(Task task, CallSpan span)
        : base(task.AsyncState)
    {
        _task = task;
        _span = span;
    }

    public static Task Observe(Task task, CallSpan span)
    {
        if (task.IsCompleted)
        {
            RecordEnd(task, span);
            return task;
        }
        var recorded = new RecordedTask(task, span);
        task.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(recorded.OnCompleted);
        return recorded.Task;
    }

    /// <summary>Records an end that is not a success.</summary>
    /// <returns><see langword="false"/> if the task succeeded.</returns>
    public static bool RecordFailure(Task task, CallSpan span)
    {
        if (task.IsCanceled)
            span.End(FrameFlags.Cancelled, null);
        else if (task.IsFaulted)
            span.EndFaulted(task.Exception!.InnerExceptions[0]);
        else
            return false;
        return true;
    }

    /// <summary>The token of a cancelled task, which only its exception tells.</summary>
    public static CancellationToken TokenOf(Task task)
    {
        try
        {
            task.GetAwaiter().GetResult();
            return default;
        }
        catch (OperationCanceledException e)
        {
            return e.CancellationToken;
        }
    }

    private static void RecordEnd(Task task, CallSpan span)
    {
        try
        {
            if (!RecordFailure(task, span))
                span.End(FrameFlags.Ok, null);
        }
        catch (Exception e)
        {
            Recorder.ReportInternalError(e);
        }
    }

    private void OnCompleted()
    {
        RecordEnd(_task, _span);
        if (_task.IsCanceled)
            SetCanceled(TokenOf(_task));
        else if (_task.IsFaulted)
            SetException(_task.Exception!.InnerExceptions);
        else
            SetResult();
    }
}

/// <inheritdoc cref="RecordedTask"/>
internal sealed class RecordedTask<T> : TaskCompletionSource<T>
{
    private readonly Task<T> _task;
    private readonly CallSpan _span;
    private readonly ResultCapture<T> _capture;

    private RecordedTask(Task<T> task, CallSpan span, ResultCapture<T> capture)
        : base(task.AsyncState)
    {
        _task = task;
        _span = span;
        _capture = capture;
    }

    public static Task<T> Observe(Task<T> task, CallSpan span, ResultCapture<T> capture)
    {
        if (task.IsCompleted)
        {
            RecordEnd(task, span, capture);
            return task;
        }
        var recorded = new RecordedTask<T>(task, span, capture);
        task.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(recorded.OnCompleted);
        return recorded.Task;
    }

    private static void RecordEnd(Task<T> task, CallSpan span, ResultCapture<T> capture)
    {
        try
        {
            if (!RecordedTask.RecordFailure(task, span))
                span.EndWith(FrameFlags.Ok, task.Result, capture);
        }
        catch (Exception e)
        {
            Recorder.ReportInternalError(e);
        }
    }

    private void OnCompleted()
    {
        RecordEnd(_task, _span, _capture);
        if (_task.IsCanceled)
            SetCanceled(RecordedTask.TokenOf(_task));
        else if (_task.IsFaulted)
            SetException(_task.Exception!.InnerExceptions);
        else
            SetResult(_task.Result);
    }
}
