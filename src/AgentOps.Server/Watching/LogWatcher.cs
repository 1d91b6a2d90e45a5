using AgentOps.Events;
using AgentOps.Server.Live;
using AgentOps.Server.Store;
using Microsoft.Data.Sqlite;

namespace AgentOps.Server.Watching;

/// <summary>Watches the logs below a folder, of processes that live and of those that died, and brings what they hold into the store.</summary>
internal sealed partial class LogWatcher(IEventStore store, string folder, ChangeSignal changes, WatchHealth health, TimeProvider time, ILogger<LogWatcher> log) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(250);

    private readonly Dictionary<string, WatchedLog> _logs = new(StringComparer.Ordinal);
    private readonly Queue<(DateTimeOffset At, int Events)> _recent = new();
    private long _events;
    private string? _lastProblem;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken).ConfigureAwait(false);
                await Task.Delay(s_interval, time, stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <summary>Looks at every log once.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        int stored = 0;
        foreach (string directory in DirectoriesNow(problems))
        {
            if (!_logs.TryGetValue(directory, out WatchedLog? watched))
                _logs.Add(directory, watched = new WatchedLog(directory));
            stored += await StepAsync(watched, directory, problems, cancellationToken).ConfigureAwait(false);
        }
        bool changed = await RollUpAsync(problems, cancellationToken).ConfigureAwait(false);
        Report(stored, problems);
        if (changed || stored > 0)
            changes.Set();
    }

    private IReadOnlyList<string> DirectoriesNow(List<string> problems)
    {
        try
        {
            return Directory.Exists(folder) ? LogStore.DirectoriesBelow(folder) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add($"'{folder}' cannot be looked through: {e.Message}");
            return [];
        }
    }

    private async Task<int> StepAsync(WatchedLog watched, string directory, List<string> problems, CancellationToken cancellationToken)
    {
        try
        {
            int stored = await watched.StepAsync(store, cancellationToken).ConfigureAwait(false);
            problems.AddRange(watched.Problems);
            return stored;
        }
        catch (SqliteException e)
        {
            problems.Add(StoreProblem(e));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // One log that cannot be read, for whatever reason, is no reason to show none.
            problems.Add($"'{directory}' cannot be read: {e.Message}");
        }
        return 0;
    }

    private async Task<bool> RollUpAsync(List<string> problems, CancellationToken cancellationToken)
    {
        try
        {
            return await store.RollUpAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (SqliteException e)
        {
            problems.Add(StoreProblem(e));
            return false;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            problems.Add($"What was read is not summed up: {e.Message}");
            return false;
        }
    }

    private void Report(int stored, List<string> problems)
    {
        DateTimeOffset now = time.GetUtcNow();
        _events += stored;
        if (stored > 0)
            _recent.Enqueue((now, stored));
        while (_recent.TryPeek(out (DateTimeOffset At, int Events) oldest) && now - oldest.At > TimeSpan.FromSeconds(10))
            _recent.Dequeue();
        health.State = new WatchState
        {
            Folder = folder,
            Logs = _logs.Count,
            OpenLogs = _logs.Values.Count(static watched => !watched.IsOver),
            Events = _events,
            Rate = _recent.Sum(static look => look.Events) / 10.0,
            Problems = [.. problems.Distinct(StringComparer.Ordinal)],
        };
        if (problems.Count > 0 && problems[0] != _lastProblem)
            LogProblem(log, problems[0]);
        _lastProblem = problems.Count > 0 ? problems[0] : null;
    }

    private static string StoreProblem(SqliteException e) => e.SqliteErrorCode == 13
        ? "The disk is full: nothing is stored until there is room, and nothing is lost as long as the logs are kept."
        : $"Nothing is stored: {e.Message}";

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "{Problem}")]
    private static partial void LogProblem(ILogger log, string problem);
}
