using AgentOps.Events;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AgentOps.Extensions.Hosting.Events;

/// <summary>Follows the log of this process while the host runs, and writes what comes to the host's log.</summary>
internal sealed class EventLogging(ILoggerFactory loggers, IOptions<AgentOpsEventLogOptions> options, TimeProvider? time = null) : IHostedLifecycleService, IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(500);

    private readonly ILogger _logger = loggers.CreateLogger(OwnCategories.Events);
    private readonly AgentOpsEventLogOptions _options = options.Value;
    private readonly EventFeed _feed = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _look = new(1);
    private Task _following = Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        // What an earlier host of this process recorded is none of this one's.
        try
        {
            _feed.ReadNew();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            FollowLog.LookFailed(_logger, e);
        }
        // Nothing of who starts the host flows along: what is written here belongs to no session.
        using (ExecutionContext.IsFlowSuppressed() ? (AsyncFlowControl?)null : ExecutionContext.SuppressFlow())
            _following = Task.Run(FollowAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The last look, when everything else has stopped.</summary>
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        try
        {
            await _following.WaitAsync(cancellationToken).ConfigureAwait(false);
            await Task.Run(Look, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The host's time is up; all of it is in the event log.
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
        _look.Dispose();
    }

    private async Task FollowAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(s_interval, time ?? TimeProvider.System, _stop.Token).ConfigureAwait(false);
                Look();
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The host stops.
        }
    }

    private void Look()
    {
        _look.Wait();
        try
        {
            foreach (AgentEvent e in _feed.ReadNew())
                Write(e);
        }
        catch (Exception e) when (e is not ObjectDisposedException)
        {
            FollowLog.LookFailed(_logger, e);
        }
        finally
        {
            _look.Release();
        }
    }

    private void Write(AgentEvent e)
    {
        string? agent = e.Agent?.Name;
        string status = StatusOf(e);
        double? duration = e.DurationNanoseconds / 1e6;
        switch (e)
        {
            case SessionStartEvent start: EventMessages.SessionStarted(_logger, _options.SessionLevel, start.Name, start.SessionId); break;
            case SessionEndEvent end:
                LogLevel level = end.EndState == EndState.Fail ? _options.ErrorLevel : _options.SessionLevel;
                EventMessages.SessionEnded(_logger, level, end.SessionId, end.EndState, end.Reason);
                break;
            case ActionEvent action: EventMessages.Action(_logger, _options.CallLevel, action.ActionType, status, duration, e.SessionId, e.Id, agent); break;
            case ToolEvent tool: EventMessages.Tool(_logger, _options.CallLevel, tool.Name, status, duration, e.SessionId, e.Id, agent); break;
            case LlmEvent llm:
                long? input = llm.Usage?.InputTokens;
                long? output = llm.Usage?.OutputTokens;
                EventMessages.ModelCall(
                    _logger, _options.CallLevel, llm.Model, llm.Provider, status, duration, input, output, e.SessionId, e.Id, agent);
                break;
            case ErrorEvent error: EventMessages.Error(_logger, _options.ErrorLevel, error.ErrorType, error.Details, e.SessionId, error.TriggerEventId, error.Code, agent); break;
        }
        // Records of the log are there already: that is where they come from.
    }

    private static string StatusOf(AgentEvent e) => e.Status switch
    {
        EventStatus.Ok => "ok",
        EventStatus.Error => "failed",
        EventStatus.Cancelled => "was cancelled",
        EventStatus.Abandoned => "was left",
        _ => "has no end",
    };
}
