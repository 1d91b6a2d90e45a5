using System.ComponentModel;
using System.Diagnostics;

namespace AgentOps.Recording;

/// <summary>
/// A recorded call as the parent of what is recorded in its flow, across awaits, threads and <c>Task.WhenAll</c>, from
/// <see cref="CallScope.Publish"/> to <see cref="Leave"/>.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly struct CallFlow
{
    private readonly Ambient? _outer;
    private readonly ExecutionContext? _before;
    private readonly ExecutionContext? _inside;
    private readonly ThreadRecorder? _thread;

    internal CallFlow(ThreadRecorder thread, Ambient? outer, ExecutionContext? before, ExecutionContext? inside)
    {
        _thread = thread;
        _outer = outer;
        _before = before;
        _inside = inside;
    }

    /// <summary>Makes a call the parent again, on whatever thread its work goes on; nothing if there is no session, or it has ended by now.</summary>
    internal static CallFlow Into(long span, RecordingTarget? target) =>
        target is null or { HasEnded: true } ? default : ThreadRecorder.Current.Publish(span, target);

    /// <summary>
    /// Gives the flow its former parent back. Restores the whole context when the call left it as it was; otherwise only the
    /// parent, so that what the call set for its caller stays.
    /// </summary>
    public void Leave()
    {
        if (_thread is null)
            return;
        if (_before is not null && ReferenceEquals(ExecutionContext.Capture(), _inside))
            _thread.Leave(_before, _outer);
        else
            Ambient.Current = _outer;
    }
}
