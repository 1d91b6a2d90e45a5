using AgentOps.Events;
using AgentOps.Server.Store;

namespace AgentOps.Server.Demo;

/// <summary>A made-up day and the one before, the same whenever it is made but for its date: sessions that went well, failed, died, and some that are under way.</summary>
internal sealed class DemoDay(DateTimeOffset now, int seed = 4711)
{
    private const int Sessions = 900;

    /// <summary>Those that take their time.</summary>
    private static readonly DemoAgent[] s_slow = [.. DemoScript.Agents.Where(static agent => agent.Name is "RefundAgent" or "ResearchAgent" or "ReportWriter")];

    private readonly Random _random = new(seed);
    private readonly List<AgentEvent> _events = [];

    /// <summary>Where the session that is made stands, and how it will end.</summary>
    private DateTimeOffset _at;
    private DateTimeOffset _cut;
    private Guid _session;
    private AgentIdentity? _agent;
    private bool _failed;
    private bool _isStopped;

    public async Task FillAsync(IEventStore store, CancellationToken cancellationToken = default)
    {
        var starts = new List<DateTimeOffset>();
        for (int i = 0; i < Sessions; i++)
            starts.Add(now - TimeSpan.FromHours(MostlyByDay() * 48));
        // The last ones are still running.
        starts.Sort();
        for (int i = 0; i < 5; i++)
            starts.Add(now - TimeSpan.FromSeconds(2 + (2.5 * i)));
        for (int i = 0; i < starts.Count; i++)
        {
            DateTimeOffset start = starts[i];
            DemoAgent agent = i < Sessions ? Choose() : s_slow[(i - Sessions) % s_slow.Length];
            Make(agent, start);
            await store.AppendAsync(new EventBatch(agent.Project, [.. _events]), cancellationToken).ConfigureAwait(false);
            _events.Clear();
        }
        await store.RollUpAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>How long ago, as a share of the time: people ask by day.</summary>
    private double MostlyByDay()
    {
        while (true)
        {
            double ago = _random.NextDouble();
            int hour = (now - TimeSpan.FromHours(ago * 48)).Hour;
            double busy = hour is >= 7 and < 18 ? 1 : hour is >= 18 and < 23 ? 0.45 : 0.1;
            if (_random.NextDouble() < busy)
                return ago;
        }
    }

    private DemoAgent Choose()
    {
        double at = _random.NextDouble();
        foreach (DemoAgent agent in DemoScript.Agents)
        {
            if ((at -= agent.Weight) < 0)
                return agent;
        }
        return DemoScript.Agents[^1];
    }

    private void Make(DemoAgent agent, DateTimeOffset start)
    {
        _session = NextId();
        _agent = new AgentIdentity(NextId(), agent.Name);
        _at = start;
        _failed = false;
        _isStopped = false;
        // One in a hundred dies in the middle.
        bool dies = _random.Next(100) == 0;
        _cut = dies ? start + TimeSpan.FromSeconds(4 + (_random.NextDouble() * 12)) : now;
        string[] tags = _random.Next(7) == 0 ? [.. agent.Tags, "vip"] : _random.Next(9) == 0 ? ["staging", .. agent.Tags.Skip(1)] : agent.Tags;
        _events.Add(new SessionStartEvent
        {
            Id = NextId(), SessionId = _session, Start = start, Name = agent.Name, Tags = tags,
            Metrics = new Dictionary<string, MetricValue> { ["channel"] = _random.Next(3) == 0 ? "email" : "chat" },
        });
        Run(agent.Root, null, agent.Question);
        if (_isStopped && !dies)
            return;
        _events.Add(dies && _isStopped
            ? new SessionEndEvent { Id = NextId(), SessionId = _session, Start = _cut, EndState = EndState.Indeterminate, IsCrash = true, Reason = "The process ended without ending the session." }
            : new SessionEndEvent { Id = NextId(), SessionId = _session, Start = _at, EndState = _failed ? EndState.Fail : EndState.Success, Reason = _failed ? "A step failed and was given up." : null });
    }

    /// <returns>Whether what is around it can go on.</returns>
    private bool Run(DemoStep step, Guid? parent, string question)
    {
        if (_isStopped)
            return false;
        Guid id = NextId();
        DateTimeOffset start = _at;
        int place = _events.Count;
        _events.Add(null!);
        double own = step.Model is { } model ? model.FirstToken + (Spread(model.Output) / model.TokensPerSecond) : Spread(step.Seconds);
        double before = step.Inside.Length == 0 ? own : own * 0.5;
        _at += TimeSpan.FromSeconds(before);
        bool goesOn = true;
        foreach (DemoStep inner in step.Inside)
        {
            goesOn = Run(inner, id, question);
            if (!goesOn)
                break;
            _at += TimeSpan.FromMilliseconds(_random.Next(2, 40));
        }
        if (goesOn)
            _at += TimeSpan.FromSeconds(own - before);
        bool isCut = _at > _cut;
        bool fails = !isCut && goesOn && step.Error is not null && _random.NextDouble() < step.Fails;
        EventStatus status = isCut ? _cut < now ? EventStatus.Interrupted : EventStatus.Incomplete : fails || (!goesOn && !_isStopped) ? EventStatus.Error : EventStatus.Ok;
        _isStopped |= isCut;
        _events[place] = Event(step, id, parent, start, isCut ? null : _at - start, status, question);
        if (fails)
            AddError(step, id);
        // Most of what fails is tried again and does not end the session.
        bool isFatal = fails && _random.Next(4) == 0;
        _failed |= isFatal;
        return !isFatal && !_isStopped && (goesOn || _failed == false);
    }

    private void AddError(DemoStep step, Guid failed)
    {
        (string type, string message, string frame) = step.Error!.Value;
        string[] place = frame.Split(' ');
        _events.Add(new ErrorEvent
        {
            Id = NextId(), SessionId = _session, Start = _at, ErrorType = type, Details = message.Replace("416.00", $"{_random.Next(120, 900)}.00", StringComparison.Ordinal), TriggerEventId = failed, ParentId = failed,
            TriggerEventType = step.Kind + "s", Status = EventStatus.Error, Duration = TimeSpan.Zero, DurationNanoseconds = 0, Agent = _agent,
            Logs = $"   at Contoso.{place[0]}(String id) in /src/{place[1].Split(':')[0]}:line {place[1].Split(':')[1]}\n   at Contoso.Agents.{_agent!.Name}.RunAsync()",
        });
    }

    private AgentEvent Event(DemoStep step, Guid id, Guid? parent, DateTimeOffset start, TimeSpan? duration, EventStatus status, string question)
    {
        var site = new CallSite("Contoso.Agents", $"{_agent!.Name}.{step.Name}", $"Agents/{_agent.Name}.cs", 20 + (LineOf(step.Name) % 200));
        AgentEvent e = step.Kind switch
        {
            "llm" => Ask(step, duration, status, question),
            "tool" => new ToolEvent
            {
                Id = default, SessionId = default, Start = default, Name = step.Name, Params = [new EventField("customer", RecordedText.Of($"C-{_random.Next(1000, 9999)}")), new EventField("apiKey", RecordedText.Of("[redacted]"))],
                Returns = status == EventStatus.Ok ? RecordedText.OfJson(new { found = _random.Next(1, 9), source = step.Name }) : null,
            },
            _ => new ActionEvent { Id = default, SessionId = default, Start = default, ActionType = step.Name, Params = [new EventField("ticket", RecordedText.Of($"T-{_random.Next(10000, 99999)}"))] },
        };
        return e with
        {
            Id = id, SessionId = _session, ParentId = parent, Start = start, Duration = duration, DurationNanoseconds = duration?.Ticks * TimeSpan.NanosecondsPerTick, Status = status, Agent = _agent, Site = site,
        };
    }

    private LlmEvent Ask(DemoStep step, TimeSpan? duration, EventStatus status, string question)
    {
        DemoModel model = step.Model!;
        long input = (long)Spread(4200);
        return new LlmEvent
        {
            Id = default, SessionId = default, Start = default, Name = step.Name, Model = model.Name, Provider = model.Provider, RequestModel = model.Name,
            Prompt = RecordedText.OfJson(new[] { new { role = "system", content = "You help customers. Use the tools, then answer briefly." }, new { role = "user", content = question } }),
            Completion = status == EventStatus.Ok ? RecordedText.Of(step.Inside.Length > 0 ? "I will check the policy for this tier, then look for earlier cases." : "Done. The customer has been told, and the case is closed.") : null,
            ToolCalls = [.. step.Inside.Select((tool, i) => new LlmToolCall($"call_{i}", tool.Name, """{"query":"broken on arrival"}"""))],
            FinishReason = status == EventStatus.Ok ? step.Inside.Length > 0 ? "tool_calls" : "stop" : null,
            Usage = status == EventStatus.Ok ? new TokenUsage(input, (long)Spread(model.Output), _random.Next(2) == 0 ? input * 6 / 10 : null) : null,
            TimeToFirstToken = duration is null or { TotalSeconds: > 0.1 } ? TimeSpan.FromSeconds(Math.Min(Spread(model.FirstToken), (duration?.TotalSeconds ?? 2) * 0.7)) : null,
            ChunkCount = _random.Next(20, 400),
        };
    }

    private static int LineOf(string name) => name.Sum(static c => c);

    /// <summary>Around a value, with a long tail.</summary>
    private double Spread(double middle) => middle * Math.Exp((_random.NextDouble() + _random.NextDouble() + _random.NextDouble() - 1.5) * 0.9);

    private Guid NextId()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
