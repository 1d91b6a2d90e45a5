namespace AgentOps.Server.Live;

/// <summary>Tells that the store has something new, to all who wait for it.</summary>
public sealed class ChangeSignal
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _next = New();
    private long _version = 1;

    /// <summary>How often something came.</summary>
    public long Version
    {
        get
        {
            lock (_gate)
                return _version;
        }
    }

    public void Set()
    {
        TaskCompletionSource told;
        lock (_gate)
        {
            _version++;
            (told, _next) = (_next, New());
        }
        told.SetResult();
    }

    /// <summary>Waits until there is a version other than the one that was seen.</summary>
    public async Task<long> WaitAsync(long seen, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task next;
            lock (_gate)
            {
                if (_version != seen)
                    return _version;
                next = _next.Task;
            }
            await next.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
