using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AgentOps.Log;

namespace AgentOps.Recording;

/// <summary>Stands in for the pending value task of an <c>async</c> method; see <see cref="TaskObserver"/>.</summary>
/// <remarks>
/// A task made by the ordinary builder may be awaited twice, as the one it stands for may. A pooled one costs no object but may
/// not; programs that await each value task once, as the guidelines say, can ask for it.
/// </remarks>
[StackTraceHidden]
internal static class ValueTaskObserver
{
    public static ValueTask Observe(ValueTask task, long span) =>
        Recorder.PoolsValueTasks ? Pooled.Observe(task, span) : Plain.Observe(task, span);

    private static Exception? EndOf(ValueTask task, long span)
    {
        try
        {
            task.GetAwaiter().GetResult();
        }
        catch (Exception e)
        {
            CallSpan.Fault(span, e);
            return e;
        }
        CallSpan.End(span, FrameFlags.Ok);
        return null;
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Plain : IAsyncStateMachine
    {
        private AsyncValueTaskMethodBuilder _builder;
        private ValueTask _task;
        private long _span;

        public static ValueTask Observe(ValueTask task, long span)
        {
            var machine = new Plain { _builder = AsyncValueTaskMethodBuilder.Create(), _task = task, _span = span };
            ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter awaiter = task.ConfigureAwait(false).GetAwaiter();
            machine._builder.AwaitUnsafeOnCompleted(ref awaiter, ref machine);
            return machine._builder.Task;
        }

        public void MoveNext()
        {
            if (EndOf(_task, _span) is { } failure)
                _builder.SetException(failure);
            else
                _builder.SetResult();
        }

        public readonly void SetStateMachine(IAsyncStateMachine stateMachine)
        {
            // The builder boxes the machine itself.
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Pooled : IAsyncStateMachine
    {
        private PoolingAsyncValueTaskMethodBuilder _builder;
        private ValueTask _task;
        private long _span;

        public static ValueTask Observe(ValueTask task, long span)
        {
            var machine = new Pooled { _builder = PoolingAsyncValueTaskMethodBuilder.Create(), _task = task, _span = span };
            ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter awaiter = task.ConfigureAwait(false).GetAwaiter();
            machine._builder.AwaitUnsafeOnCompleted(ref awaiter, ref machine);
            return machine._builder.Task;
        }

        public void MoveNext()
        {
            if (EndOf(_task, _span) is { } failure)
                _builder.SetException(failure);
            else
                _builder.SetResult();
        }

        public readonly void SetStateMachine(IAsyncStateMachine stateMachine)
        {
            // The builder boxes the machine itself.
        }
    }
}

/// <inheritdoc cref="ValueTaskObserver"/>
[StackTraceHidden]
internal static class ValueTaskObserver<T>
{
    public static ValueTask<T> Observe(ValueTask<T> task, long span, ResultCapture<T> capture) =>
        Recorder.PoolsValueTasks ? Pooled.Observe(task, span, capture) : Plain.Observe(task, span, capture);

    private static Exception? EndOf(ValueTask<T> task, long span, ResultCapture<T> capture, out T result)
    {
        try
        {
            result = task.GetAwaiter().GetResult();
        }
        catch (Exception e)
        {
            CallSpan.Fault(span, e);
            result = default!;
            return e;
        }
        CallSpan.End(span, result, capture);
        return null;
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Plain : IAsyncStateMachine
    {
        private AsyncValueTaskMethodBuilder<T> _builder;
        private ValueTask<T> _task;
        private long _span;
        private ResultCapture<T> _capture;

        public static ValueTask<T> Observe(ValueTask<T> task, long span, ResultCapture<T> capture)
        {
            var machine = new Plain { _builder = AsyncValueTaskMethodBuilder<T>.Create(), _task = task, _span = span, _capture = capture };
            ConfiguredValueTaskAwaitable<T>.ConfiguredValueTaskAwaiter awaiter = task.ConfigureAwait(false).GetAwaiter();
            machine._builder.AwaitUnsafeOnCompleted(ref awaiter, ref machine);
            return machine._builder.Task;
        }

        public void MoveNext()
        {
            if (EndOf(_task, _span, _capture, out T result) is { } failure)
                _builder.SetException(failure);
            else
                _builder.SetResult(result);
        }

        public readonly void SetStateMachine(IAsyncStateMachine stateMachine)
        {
            // The builder boxes the machine itself.
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Pooled : IAsyncStateMachine
    {
        private PoolingAsyncValueTaskMethodBuilder<T> _builder;
        private ValueTask<T> _task;
        private long _span;
        private ResultCapture<T> _capture;

        public static ValueTask<T> Observe(ValueTask<T> task, long span, ResultCapture<T> capture)
        {
            var machine = new Pooled { _builder = PoolingAsyncValueTaskMethodBuilder<T>.Create(), _task = task, _span = span, _capture = capture };
            ConfiguredValueTaskAwaitable<T>.ConfiguredValueTaskAwaiter awaiter = task.ConfigureAwait(false).GetAwaiter();
            machine._builder.AwaitUnsafeOnCompleted(ref awaiter, ref machine);
            return machine._builder.Task;
        }

        public void MoveNext()
        {
            if (EndOf(_task, _span, _capture, out T result) is { } failure)
                _builder.SetException(failure);
            else
                _builder.SetResult(result);
        }

        public readonly void SetStateMachine(IAsyncStateMachine stateMachine)
        {
            // The builder boxes the machine itself.
        }
    }
}
