using AgentOps.Events;
using AgentOps.Server.Pages;
using AgentOps.Server.Store;

namespace AgentOps.Server.Api;

/// <summary>What goes out, under the names that the interface keeps.</summary>
internal static class ApiShapes
{
    public static object Of(OverviewModel.Totals totals) => new
    {
        Sessions = totals.Started, SessionsEnded = totals.Ended, totals.SuccessRate,
        Llms = totals.Kinds.GetValueOrDefault(RecordKind.Llm), Tools = totals.Kinds.GetValueOrDefault(RecordKind.Tool), Actions = totals.Kinds.GetValueOrDefault(RecordKind.Action), totals.Errors, totals.ErrorRate,
        InputTokens = totals.All.Input, OutputTokens = totals.All.Output, Cost = Usd(totals.All.KnownCostNano), UnpricedCalls = totals.All.Unpriced, CallsWithUnknownUsage = totals.All.UnknownUsage,
        Models = totals.Models.Select(static model => new { Model = model.Key, Calls = model.Value.Counted, InputTokens = model.Value.Input, OutputTokens = model.Value.Output, Cost = Usd(model.Value.KnownCostNano) }),
    };

    public static object Of(SessionRow row, DateTimeOffset now) => new
    {
        row.Id, row.Project, row.Name, State = row.State.Word(), row.Reason, row.Started, row.Ended, DurationNs = row.DurationAt(now).Ticks * TimeSpan.NanosecondsPerTick,
        row.Llms, row.Tools, row.Actions, row.Errors, row.Incomplete, row.Interrupted, row.InputTokens, row.OutputTokens, Cost = row.CountedCalls == 0 ? 0 : Usd(row.CostNano), row.UnpricedCalls,
        row.Models, row.Agents, row.Tags, Metrics = row.Metrics.ToDictionary(static metric => metric.Key, static metric => Value(metric.Value)),
    };

    public static object Of(StoredEvent stored)
    {
        AgentEvent e = stored.Event;
        var llm = e as LlmEvent;
        var error = e as ErrorEvent;
        return new
        {
            e.Id, e.ParentId, Type = e.EventType, stored.Name, Status = e.Status, e.Start, DurationNs = e.DurationNanoseconds, Agent = e.Agent?.Name, Site = e.Site?.ToString(),
            llm?.Model, llm?.Provider, llm?.Usage, Cost = llm is null ? null : Usd(stored.CostNano), Counted = llm is null ? (bool?)null : stored.Counting == Counting.Counted, llm?.FinishReason,
            FirstTokenNs = llm?.TimeToFirstToken is { } first ? first.Ticks * TimeSpan.NanosecondsPerTick : (long?)null, llm?.ChunkCount,
            error?.ErrorType, error?.Code, error?.Details, error?.TriggerEventId,
        };
    }

    private static decimal? Usd(long? nano) => nano is { } known ? NanoUsd.ToUsd(known) : null;

    private static object? Value(MetricValue value) => (object?)value.Number ?? (object?)value.Boolean ?? value.Text;
}
