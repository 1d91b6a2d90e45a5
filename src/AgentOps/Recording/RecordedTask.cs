using System.Diagnostics;
using AgentOps.Log;

namespace AgentOps.Recording;

/// <summary>
/// Stands in for a task of any origin that was pending when a recorded call returned. It hangs on the task before anyone else
/// can, so it is that task's only continuation, runs inline at its completion, and passes on the outcome exactly. A task that
/// nobody has started yet is left in its place, since its caller is to start it.
/// </summary>
/// <remarks>
/// Attaching to the task and returning it would push the caller's own continuation off its thread; an <c>async</c> wrapper
/// would lose all but the first exception and turn a faulted <see cref="OperationCanceledException"/> into a cancellation.
/// </remarks>
[StackTraceHidden]
internal sealed class RecordedTask : TaskCompletionSource
{
    private readonly Task _task;
    private readonly long _span;

    private RecordedTask(Task task, long span)
        : base(task.AsyncState)
    {
        _task = task;
        _span = span;
    }

    public static Task Observe(Task task, long span)
    {
        if (task.IsCompleted)
        {
            RecordEnd(task, span);
            return task;
        }
        if (task.Status == TaskStatus.Created)
        {
            OnCompletionOf(task, () => RecordEnd(task, span));
            return task;
        }
        var recorded = new RecordedTask(task, span);
        OnCompletionOf(task, recorded.OnCompleted);
        return recorded.Task;
    }

    /// <summary>
    /// Whether an awaiter runs its continuation inline where the task completes. Where somebody's context or scheduler is current it
    /// would hop to the pool instead, and the caller would go on later than it does unrecorded.
    /// </summary>
    public static bool AwaitersRunInline => SynchronizationContext.Current is null && TaskScheduler.Current == TaskScheduler.Default;

    /// <summary>Runs an action inline where the task completes.</summary>
    public static void OnCompletionOf(Task task, Action action)
    {
        if (AwaitersRunInline)
            task.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(action);
        else
            task.ContinueWith(static (_, state) => ((Action)state!)(), action, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    public static void RecordEnd(Task task, long span)
    {
        try
        {
            if (!RecordFailure(task, span))
                CallSpan.End(span, FrameFlags.Ok);
        }
        catch (Exception e)
        {
            Recorder.ReportInternalError(e);
        }
    }

    /// <summary>Records an end that is not a success.</summary>
    /// <returns><see langword="false"/> if the task succeeded.</returns>
    public static bool RecordFailure(Task task, long span)
    {
        if (task.IsCompletedSuccessfully)
            return false;
        CallSpan.Fault(span, FailureOf(task));
        return true;
    }

    /// <summary>The exception of a task that did not succeed, as awaiting it throws it.</summary>
    public static Exception FailureOf(Task task)
    {
        if (task.IsFaulted)
            return task.Exception!.InnerExceptions[0];
        try
        {
            task.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException e)
        {
            return e;
        }
        throw new InvalidOperationException("The task succeeded.");
    }

    private void OnCompleted()
    {
        RecordEnd(_task, _span);
#if NET10_0_OR_GREATER
        SetFromTask(_task);
#else
        if (_task.IsCanceled)
            SetCanceled(((OperationCanceledException)FailureOf(_task)).CancellationToken);
        else if (_task.IsFaulted)
            SetException(_task.Exception!.InnerExceptions);
        else
            SetResult();
#endif
    }
}

/// <inheritdoc cref="RecordedTask"/>
[StackTraceHidden]
internal sealed class RecordedTask<T> : TaskCompletionSource<T>
{
    private readonly Task<T> _task;
    private readonly long _span;
    private readonly ResultCapture<T> _capture;

    private RecordedTask(Task<T> task, long span, ResultCapture<T> capture)
        : base(task.AsyncState)
    {
        _task = task;
        _span = span;
        _capture = capture;
    }

    public static Task<T> Observe(Task<T> task, long span, ResultCapture<T> capture)
    {
        if (task.IsCompleted)
        {
            RecordEnd(task, span, capture);
            return task;
        }
        if (task.Status == TaskStatus.Created)
        {
            RecordedTask.OnCompletionOf(task, () => RecordEnd(task, span, capture));
            return task;
        }
        var recorded = new RecordedTask<T>(task, span, capture);
        RecordedTask.OnCompletionOf(task, recorded.OnCompleted);
        return recorded.Task;
    }

    public static void RecordEnd(Task<T> task, long span, ResultCapture<T> capture)
    {
        try
        {
            if (!RecordedTask.RecordFailure(task, span))
                CallSpan.End(span, task.Result, capture);
        }
        catch (Exception e)
        {
            Recorder.ReportInternalError(e);
        }
    }

    private void OnCompleted()
    {
        RecordEnd(_task, _span, _capture);
#if NET10_0_OR_GREATER
        SetFromTask(_task);
#else
        if (_task.IsCanceled)
            SetCanceled(((OperationCanceledException)RecordedTask.FailureOf(_task)).CancellationToken);
        else if (_task.IsFaulted)
            SetException(_task.Exception!.InnerExceptions);
        else
            SetResult(_task.Result);
#endif
    }
}
