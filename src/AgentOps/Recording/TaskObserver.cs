using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AgentOps.Recording;

/// <summary>
/// Stands in for the pending task of an <c>async</c> method: a state machine with one step, so that task, continuation and state
/// are one object. Such a method fails with one exception and is cancelled by one, which a builder passes on exactly.
/// </summary>
[StackTraceHidden]
[StructLayout(LayoutKind.Auto)]
internal struct TaskObserver : IAsyncStateMachine
{
    private AsyncTaskMethodBuilder _builder;
    private Task _task;
    private long _span;

    public static Task Observe(Task task, long span)
    {
        var machine = new TaskObserver { _builder = AsyncTaskMethodBuilder.Create(), _task = task, _span = span };
        ConfiguredTaskAwaitable.ConfiguredTaskAwaiter awaiter = task.ConfigureAwait(false).GetAwaiter();
        machine._builder.AwaitUnsafeOnCompleted(ref awaiter, ref machine);
        return machine._builder.Task;
    }

    public void MoveNext()
    {
        RecordedTask.RecordEnd(_task, _span);
        if (_task.IsCompletedSuccessfully)
            _builder.SetResult();
        else
            _builder.SetException(RecordedTask.FailureOf(_task));
    }

    public readonly void SetStateMachine(IAsyncStateMachine stateMachine)
    {
        // The builder boxes the machine itself.
    }
}

/// <inheritdoc cref="TaskObserver"/>
[StackTraceHidden]
[StructLayout(LayoutKind.Auto)]
internal struct TaskObserver<T> : IAsyncStateMachine
{
    private AsyncTaskMethodBuilder<T> _builder;
    private Task<T> _task;
    private long _span;
    private ResultCapture<T> _capture;

    public static Task<T> Observe(Task<T> task, long span, ResultCapture<T> capture)
    {
        var machine = new TaskObserver<T> { _builder = AsyncTaskMethodBuilder<T>.Create(), _task = task, _span = span, _capture = capture };
        ConfiguredTaskAwaitable<T>.ConfiguredTaskAwaiter awaiter = task.ConfigureAwait(false).GetAwaiter();
        machine._builder.AwaitUnsafeOnCompleted(ref awaiter, ref machine);
        return machine._builder.Task;
    }

    public void MoveNext()
    {
        RecordedTask<T>.RecordEnd(_task, _span, _capture);
        if (_task.IsCompletedSuccessfully)
            _builder.SetResult(_task.Result);
        else
            _builder.SetException(RecordedTask.FailureOf(_task));
    }

    public readonly void SetStateMachine(IAsyncStateMachine stateMachine)
    {
        // The builder boxes the machine itself.
    }
}
