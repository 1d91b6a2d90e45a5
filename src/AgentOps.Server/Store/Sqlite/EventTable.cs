using System.Globalization;
using System.Text.Json;
using AgentOps.Events;
using AgentOps.Pricing;
using Microsoft.Data.Sqlite;

namespace AgentOps.Server.Store.Sqlite;

/// <summary>Events as rows and back: the facts, without what was captured.</summary>
internal static class EventTable
{
    /// <summary>What an event says itself, in the order of <see cref="Values"/>.</summary>
    private static readonly string[] s_columns =
    [
        "id", "session", "project", "minute", "kind", "status", "start", "duration", "parent", "name", "truncated",
        "agent_id", "agent", "site_project", "site_method", "site_file", "site_line",
        "model", "request_model", "provider", "service_tier", "response_id", "thread_id", "finish_reason",
        "input", "output", "cached", "reasoning", "cache_write", "cache_write_1h", "audio_in", "audio_out",
        "reported", "aggregate", "first_token", "chunks",
        "code", "details", "trigger_id", "trigger_type", "error_group", "extra",
    ];

    public static int Columns => s_columns.Length;

    public static string InsertText { get; } =
        $"INSERT INTO events({string.Join(", ", s_columns)}) VALUES({string.Join(", ", Enumerable.Range(0, s_columns.Length).Select(Statement.NameOf))}) ON CONFLICT(id) DO NOTHING";

    /// <summary>Takes the row's number behind the values.</summary>
    public static string UpdateText { get; } =
        $"UPDATE events SET {string.Join(", ", s_columns.Select(static (column, i) => $"{column} = {Statement.NameOf(i)}"))} WHERE no = {Statement.NameOf(s_columns.Length)}";

    /// <summary>Columns for <see cref="Read"/>, of events named <c>e</c>.</summary>
    public static string ReadColumns { get; } =
        "(SELECT id FROM sessions WHERE no = e.session), " + string.Join(", ", s_columns.Where(static c => c is not ("session" or "project" or "minute")).Select(static c => $"e.{c}"))
        + ", e.counting, e.cost, e.cost_reason, e.price_table, e.no, e.is_outer";

    public const int NumberColumn = 44;

    /// <summary>What else a session's start, change or end says.</summary>
    private sealed record SessionExtra
    {
        public bool IsResumed { get; init; }

        public IReadOnlyList<string>? Tags { get; init; }

        public Dictionary<string, JsonElement>? Metrics { get; init; }

        public string? Host { get; init; }

        public EndState EndState { get; init; }

        public bool IsCrash { get; init; }
    }

    public static long MinuteOf(DateTimeOffset moment) => moment.UtcTicks / TimeSpan.TicksPerMinute;

    /// <summary>How final a status is: an event that is known is replaced only by one that says more.</summary>
    public static int RankOf(EventStatus status) => status switch
    {
        EventStatus.Incomplete => 0,
        EventStatus.Interrupted => 1,
        _ => 2,
    };

    public static object?[] Values(AgentEvent e, long session, long project, long? errorGroup)
    {
        var llm = e as LlmEvent;
        var error = e as ErrorEvent;
        return
        [
            e.Id.ToBytes(), session, project, MinuteOf(e.Start), (long)RecordKinds.Of(e), (long)e.Status, e.Start.UtcTicks,
            e.DurationNanoseconds ?? (e.Duration is { } duration ? Nanoseconds(duration) : null), e.ParentId?.ToBytes(), NameOf(e), e.IsTruncated ? 1L : null,
            e.Agent?.Id.ToBytes(), e.Agent?.Name, e.Site?.Project, e.Site?.Method, e.Site?.File, e.Site is { } site ? (long)site.Line : null,
            llm?.Model, llm?.RequestModel, llm?.Provider, llm?.ServiceTier, llm?.ResponseId, llm?.ThreadId, llm?.FinishReason,
            llm?.Usage?.InputTokens, llm?.Usage?.OutputTokens, llm?.Usage?.CachedInputTokens, llm?.Usage?.ReasoningTokens,
            llm?.Usage?.CacheWriteTokens, llm?.Usage?.CacheWrite1HourTokens, llm?.Usage?.AudioInputTokens, llm?.Usage?.AudioOutputTokens,
            llm?.ReportedCost?.ToString(CultureInfo.InvariantCulture), llm?.IsAggregate == true ? 1L : null, llm?.TimeToFirstToken is { } first ? Nanoseconds(first) : null, llm?.ChunkCount,
            error?.Code ?? (e is LogEvent severe ? ((int)severe.Severity).ToString(CultureInfo.InvariantCulture) : null), DetailsOf(e),
            error?.TriggerEventId?.ToBytes(), error?.TriggerEventType ?? (e as LogEvent)?.ExceptionType, errorGroup, ExtraOf(e),
        ];
    }

    public static StoredEvent Read(SqliteDataReader row)
    {
        string name = row.Text(7) ?? "";
        AgentEvent e = (RecordKind)row.Int(2) switch
        {
            RecordKind.Llm => ReadLlm(row),
            RecordKind.Tool => new ToolEvent { Id = default, SessionId = default, Start = default, Name = name },
            RecordKind.Error => new ErrorEvent
            {
                Id = default, SessionId = default, Start = default, ErrorType = name, Code = row.Text(34), Details = row.Text(35), TriggerEventId = row.Id(36), TriggerEventType = row.Text(37),
            },
            RecordKind.Log => new LogEvent
            {
                Id = default, SessionId = default, Start = default, Category = name, Severity = (LogSeverity)int.Parse(row.Text(34) ?? "0", CultureInfo.InvariantCulture), Message = row.Text(35), ExceptionType = row.Text(37),
            },
            RecordKind.SessionStart or RecordKind.SessionUpdate or RecordKind.SessionEnd => ReadSession(row),
            _ => new ActionEvent { Id = default, SessionId = default, Start = default, ActionType = name },
        };
        long? nanoseconds = row.Long(5);
        e = e with
        {
            SessionId = row.Id(0) ?? default,
            Id = row.Id(1) ?? default,
            Status = (EventStatus)row.Int(3),
            Start = new DateTimeOffset(row.GetInt64(4), TimeSpan.Zero),
            DurationNanoseconds = nanoseconds,
            Duration = nanoseconds is { } length ? TimeSpan.FromTicks(length / TimeSpan.NanosecondsPerTick) : null,
            ParentId = row.Id(6),
            IsTruncated = row.Int(8) != 0,
            Agent = row.Text(10) is { } agent ? new AgentIdentity(row.Id(9) ?? default, agent) : null,
            Site = row.Text(13) is { } file ? new CallSite(row.Text(11) ?? "", row.Text(12) ?? "", file, row.Int(14)) : null,
        };
        return new StoredEvent(e)
        {
            ErrorGroup = row.Long(38),
            Counting = (Counting)row.Int(40),
            CostNano = row.Long(41),
            CostReason = (CostReason)row.Int(42),
            PriceTable = row.Text(43),
        };
    }

    private static LlmEvent ReadLlm(SqliteDataReader row)
    {
        var usage = new TokenUsage(row.Long(22), row.Long(23), row.Long(24), row.Long(25))
        {
            CacheWriteTokens = row.Long(26), CacheWrite1HourTokens = row.Long(27), AudioInputTokens = row.Long(28), AudioOutputTokens = row.Long(29),
        };
        return new LlmEvent
        {
            Id = default,
            SessionId = default,
            Start = default,
            Name = row.Text(7),
            Model = row.Text(15),
            RequestModel = row.Text(16),
            Provider = row.Text(17),
            ServiceTier = row.Text(18),
            ResponseId = row.Text(19),
            ThreadId = row.Text(20),
            FinishReason = row.Text(21),
            Usage = usage == new TokenUsage(null, null) ? null : usage,
            ReportedCost = row.Text(30) is { } reported ? decimal.Parse(reported, CultureInfo.InvariantCulture) : null,
            IsAggregate = row.Int(31) != 0,
            TimeToFirstToken = row.Long(32) is { } first ? TimeSpan.FromTicks(first / TimeSpan.NanosecondsPerTick) : null,
            ChunkCount = row.Long(33),
        };
    }

    private static AgentEvent ReadSession(SqliteDataReader row)
    {
        SessionExtra extra = row.Text(39) is { } json ? JsonSerializer.Deserialize<SessionExtra>(json)! : new SessionExtra();
        IReadOnlyList<string> tags = extra.Tags ?? [];
        Dictionary<string, MetricValue> metrics = (extra.Metrics ?? []).ToDictionary(static m => m.Key, static m => MetricJson.Read(m.Value));
        return (RecordKind)row.Int(2) switch
        {
            RecordKind.SessionStart => new SessionStartEvent { Id = default, SessionId = default, Start = default, Name = row.Text(7), IsResumed = extra.IsResumed, Tags = tags, Metrics = metrics },
            RecordKind.SessionUpdate => new SessionUpdateEvent { Id = default, SessionId = default, Start = default, Tags = tags, Metrics = metrics },
            _ => new SessionEndEvent { Id = default, SessionId = default, Start = default, EndState = extra.EndState, IsCrash = extra.IsCrash, Reason = row.Text(35) },
        };
    }

    private static string? NameOf(AgentEvent e) => e switch
    {
        LlmEvent llm => llm.Name,
        SessionStartEvent start => start.Name,
        LogEvent log => log.Category,
        SessionUpdateEvent or SessionEndEvent => null,
        _ => e.DisplayName,
    };

    private static string? DetailsOf(AgentEvent e) => e switch
    {
        ErrorEvent error => error.Details,
        SessionEndEvent end => end.Reason,
        LogEvent log => log.Message ?? log.Template,
        _ => null,
    };

    private static string? ExtraOf(AgentEvent e) => e switch
    {
        SessionStartEvent start => JsonSerializer.Serialize(
            new SessionExtra { IsResumed = start.IsResumed, Tags = start.Tags, Metrics = MetricJson.Of(start.Metrics), Host = start.Host?.ToString() }),
        SessionUpdateEvent update => JsonSerializer.Serialize(new SessionExtra { Tags = update.Tags, Metrics = MetricJson.Of(update.Metrics) }),
        SessionEndEvent end => JsonSerializer.Serialize(new SessionExtra { EndState = end.EndState, IsCrash = end.IsCrash }),
        _ => null,
    };

    private static long Nanoseconds(TimeSpan time) => time.Ticks > long.MaxValue / TimeSpan.NanosecondsPerTick ? long.MaxValue : time.Ticks * TimeSpan.NanosecondsPerTick;
}
