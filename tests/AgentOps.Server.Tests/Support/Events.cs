using AgentOps.Events;

namespace AgentOps.Server.Tests.Support;

/// <summary>Events as a log would tell them, on a fixed morning.</summary>
internal static class Events
{
    public static readonly DateTimeOffset Morning = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public static readonly Guid OneSession = new("01950000-0000-7000-8000-00000000000a");

    public static SessionStartEvent Start(Guid session, double at = 0, string? name = "nightly", params string[] tags) =>
        new() { Id = Guid.NewGuid(), SessionId = session, Start = Morning.AddSeconds(at), Name = name, Tags = tags };

    public static SessionEndEvent End(Guid session, double at, EndState state = EndState.Success, string? reason = null) =>
        new() { Id = Guid.NewGuid(), SessionId = session, Start = Morning.AddSeconds(at), EndState = state, Reason = reason };

    public static ToolEvent Tool(Guid session, string name, double from, double to, Guid? parent = null) => Timed(
        new ToolEvent { Id = Guid.NewGuid(), SessionId = session, Start = Morning.AddSeconds(from), Name = name, ParentId = parent }, to - from);

    public static ActionEvent Action(Guid session, string name, double from, double to, Guid? parent = null) => Timed(
        new ActionEvent { Id = Guid.NewGuid(), SessionId = session, Start = Morning.AddSeconds(from), ActionType = name, ParentId = parent }, to - from);

    public static LlmEvent Llm(Guid session, string model, double from, double to, long? input, long? output, Guid? parent = null) => Timed(
        new LlmEvent
        {
            Id = Guid.NewGuid(), SessionId = session, Start = Morning.AddSeconds(from), Name = "AskAsync", Model = model, Provider = "openai",
            Usage = input is null && output is null ? null : new TokenUsage(input, output), ParentId = parent,
        },
        to - from);

    public static ErrorEvent Error(Guid session, string type, string details, double at, Guid? trigger = null) => new()
    {
        Id = Guid.NewGuid(), SessionId = session, Start = Morning.AddSeconds(at), ErrorType = type, Details = details, TriggerEventId = trigger, ParentId = trigger,
        Status = EventStatus.Error, Duration = TimeSpan.Zero, DurationNanoseconds = 0,
    };

    public static T UnderWay<T>(T call)
        where T : AgentEvent => call with { Status = EventStatus.Incomplete, Duration = null, DurationNanoseconds = null };

    private static T Timed<T>(T call, double seconds)
        where T : AgentEvent
    {
        long nanoseconds = (long)(seconds * 1e9);
        return call with { Duration = TimeSpan.FromTicks(nanoseconds / 100), DurationNanoseconds = nanoseconds };
    }
}
