using System.Diagnostics;
using AgentOps.Events;
using AgentOps.Metrics.Tallies;
using AgentOps.Pricing;

namespace AgentOps.Metrics.Publishing;

/// <summary>
/// Tells the meter of events as they come. What a model call used is told a look later, when what was recorded inside it is known:
/// measurements cannot be taken back.
/// </summary>
internal sealed class CallLedger(AgentOpsMeter meter, Func<PriceTable> prices)
{
    /// <summary>Calls that were under way when their session ended come late, but not after so many further ends.</summary>
    private const int RememberedEnds = 4096;

    private readonly Dictionary<Guid, CallLinks> _sessions = [];
    private readonly HashSet<Guid> _ended = [];
    private readonly Queue<Guid> _endedInOrder = new();
    private List<AgentEvent> _new = [];
    private List<AgentEvent> _held = [];
    private PriceTable? _prices;

    /// <summary>How many sessions are remembered, open or ended.</summary>
    internal int Sessions => _sessions.Keys.Union(_ended).Count();

    public void Add(List<AgentEvent> events)
    {
        foreach (AgentEvent e in events)
        {
            try
            {
                if (e is ActionEvent or ToolEvent or LlmEvent or ErrorEvent)
                    AddCall(e);
                else if (e is SessionEndEvent end && AddEnd(e.SessionId))
                    meter.Sessions.Add(1, new KeyValuePair<string, object?>(MetricTags.EndStateName, MetricTags.Of(end.EndState)));
            }
            catch (Exception failure)
            {
                // Who listens runs in here, and what one event makes it throw must not cost the others.
                Recorder.ReportInternalError(failure);
            }
        }
    }

    /// <summary>Tells what waited for a look, and, at the end of a session or of all, what has not.</summary>
    public void Settle(bool all)
    {
        (List<AgentEvent> held, List<AgentEvent> fresh) = (_held, _new);
        (_held, _new) = ([], []);
        foreach (AgentEvent call in held)
            TellOrHold(call, isLastChance: all || _ended.Contains(call.SessionId));
        foreach (AgentEvent call in fresh)
        {
            if (all || _ended.Contains(call.SessionId))
                TellOrHold(call, isLastChance: true);
            else
                _held.Add(call);
        }
        foreach (Guid session in _sessions.Keys.Where(_ended.Contains).ToArray())
            _sessions.Remove(session);
        while (_endedInOrder.Count > RememberedEnds)
            _ended.Remove(_endedInOrder.Dequeue());
    }

    /// <summary>A call that is told in part, because who listens threw, is not told again.</summary>
    private void TellOrHold(AgentEvent call, bool isLastChance)
    {
        try
        {
            if (!TryTell(call, isLastChance))
                _held.Add(call);
        }
        catch (Exception failure)
        {
            Recorder.ReportInternalError(failure);
        }
    }

    private bool AddEnd(Guid session)
    {
        if (!_ended.Add(session))
            return false;
        _endedInOrder.Enqueue(session);
        return true;
    }

    private void AddCall(AgentEvent e)
    {
        CallLinks links = LinksOf(e.SessionId);
        if (e is ErrorEvent error)
            links.AddError(error);
        else
            links.Add(e);
        if (e is LlmEvent or ToolEvent)
            _new.Add(e);
        meter.Events.Add(1, new KeyValuePair<string, object?>(MetricTags.EventType, e.EventType));
        if (e is ErrorEvent { ErrorType: var type })
            meter.Errors.Add(1, new KeyValuePair<string, object?>(MetricTags.ErrorType, type));
    }

    private CallLinks LinksOf(Guid session)
    {
        if (!_sessions.TryGetValue(session, out CallLinks? links))
            _sessions.Add(session, links = new CallLinks());
        return links;
    }

    private bool TryTell(AgentEvent call, bool isLastChance)
    {
        CallLinks links = LinksOf(call.SessionId);
        if (call is ToolEvent tool)
        {
            if (Seconds(tool) is { } seconds)
                meter.ToolDuration.Record(seconds, MetricTags.Of(tool).WithError(tool, links.ErrorOf(tool)));
            return true;
        }
        var llm = (LlmEvent)call;
        if (links.CountingOf(llm, isLastChance) is not { } counting)
            return false;
        if (links.IsInnermost(llm) && Seconds(llm) is { } duration)
            meter.CallDuration.Record(duration, MetricTags.Of(llm).WithError(llm, links.ErrorOf(llm)));
        if (counting == CallCounting.Counted)
            TellUsage(llm);
        return true;
    }

    private void TellUsage(LlmEvent call)
    {
        TagList tags = MetricTags.Of(call);
        TokenUsage? usage = SaneUsage.Of(call.Usage);
        meter.Calls.Add(1, tags.With(MetricTags.UsageKnown, usage is not null));
        if (call.TimeToFirstToken is { } first)
            meter.FirstChunk.Record(first.TotalSeconds, tags);
        if (usage is not null)
            TellTokens(usage, tags);
        Cost cost = (_prices ??= ReadPrices()).CostOf(call);
        TagList reason = tags.With(MetricTags.CostReasonName, CostReasonNames.Of(cost.Reason));
        if (cost.Usd is { } usd)
            meter.Cost.Add((double)usd, reason);
        else
            meter.UnknownCost.Add(1, reason);
    }

    /// <summary>Prices that cannot be read are read once, and no model has one.</summary>
    private PriceTable ReadPrices()
    {
        try
        {
            return prices();
        }
        catch (Exception failure)
        {
            Recorder.ReportInternalError(failure);
            return new PriceTable(PriceLayers.None);
        }
    }

    private void TellTokens(TokenUsage usage, in TagList tags)
    {
        if (usage.InputTokens is { } input)
            meter.TokenUsage.Record(input, tags.With(MetricTags.TokenType, "input"));
        if (usage.OutputTokens is { } output)
            meter.TokenUsage.Record(output, tags.With(MetricTags.TokenType, "output"));
        Tell("input", usage.InputTokens, tags);
        Tell("output", usage.OutputTokens, tags);
        Tell("cache_read", usage.CachedInputTokens, tags);
        Tell("cache_write", usage.CacheWriteTokens, tags);
        Tell("cache_write_1h", usage.CacheWrite1HourTokens, tags);
        Tell("reasoning", usage.ReasoningTokens, tags);
        Tell("audio_input", usage.AudioInputTokens, tags);
        Tell("audio_output", usage.AudioOutputTokens, tags);
    }

    private void Tell(string bucket, long? tokens, in TagList tags)
    {
        if (tokens is { } known)
            meter.Tokens.Add(known, tags.With(MetricTags.Bucket, bucket));
    }

    private static double? Seconds(AgentEvent call) => call.DurationNanoseconds is { } nanoseconds ? nanoseconds / 1e9 : call.Duration?.TotalSeconds;
}
