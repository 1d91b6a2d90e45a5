using System.Text.Json.Nodes;
using AgentOps.Events;

namespace AgentOps.TestAgent.Commands;

/// <summary>
/// <c>scenario</c>: two sessions of twenty minutes that look the same whenever they are recorded: one succeeds, one fails. With <c>crash</c>
/// behind it, a third one that the process dies in the middle of.
/// </summary>
internal static class ScenarioCommand
{
    /// <summary>What no terminal and no page may obey: escapes, titles, bells, reading order, tags, markup of consoles.</summary>
    public const string Hostile = "\u001b[31mred\u001b[0m \u001b]0;title\u0007 \u202egnp.exe\u202c <script>alert(1)</script> [bold]x[/] \u0000\r\nline two \ud83d";

    private static readonly DateTimeOffset s_morning = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    public static void Run(string[] arguments)
    {
        var clock = new SetClock(s_morning);
        Recorder.Configure(new RecorderOptions { Time = clock });
        if (arguments is ["crash"])
        {
            clock.Now = s_morning.AddHours(2);
            Crash(clock.Now);
        }
        Succeed(clock);
        clock.Now = s_morning.AddHours(1);
        Fail(clock);
    }

    private static void Succeed(SetClock clock)
    {
        DateTimeOffset at = clock.Now;
        using Session session = Session.Resume(new Guid("01950000-0000-7000-8000-00000000000a"), Options("nightly research", "demo", "nightly"));
        Guid plan = session.RecordAction(Timed(new ActionRecord("answer") { AgentName = "researcher", Params = { ["question"] = "How is the log kept safe?" } }, at, 30, 1150));
        var ask = new LlmRecord
        {
            Model = "gpt-5", Provider = "openai", PromptTokens = 12_400, CompletionTokens = 820, CachedPromptTokens = 4_000, FinishReason = "tool_calls",
            Prompt = new JsonArray(Message("system", "You answer from files."), Message("user", "How is the log kept safe?")),
            Completion = "I will search for it first.",
            ToolCalls = { new LlmToolCall("call_1", "search", "{\"words\":\"crash\"}") },
        };
        session.RecordLlm(Timed(ask, at, 40, 340, plan));
        session.RecordTool(Timed(new ToolRecord("search") { Params = { ["words"] = "crash" }, Returns = "docs/event-log.md:7" }, at, 350, 355.25, plan));
        session.RecordTool(Timed(new ToolRecord("read") { Params = { ["file"] = "docs/event-log.md" }, Returns = "Recorded events survive." }, at, 360, 360.5, plan));
        session.RecordLlm(Timed(new LlmRecord { Model = "house-model", PromptTokens = 900, CompletionTokens = 120, Completion = "By one write a record." }, at, 400, 1140, plan));
        session.SetMetric("documents", 12);
        clock.Now = at.AddMinutes(20).AddMilliseconds(500);
        session.End(EndState.Success);
    }

    private static void Fail(SetClock clock)
    {
        DateTimeOffset at = clock.Now;
        using Session session = Session.Resume(new Guid("01950000-9999-7000-8000-00000000000b"), Options("refund 4711 " + Hostile, "demo", "[red]tag[/]"));
        Guid work = session.RecordAction(Timed(new ActionRecord("refund"), at, 10, 1180));
        session.RecordLlm(Timed(new LlmRecord { Model = "claude-sonnet-4-5", Provider = "anthropic", PromptTokens = 3_000, CompletionTokens = 250, Prompt = Hostile, Completion = Hostile }, at, 20, 320, work));
        Guid pay = session.RecordTool(Timed(new ToolRecord("pay " + Hostile) { Params = { ["iban"] = Hostile } }, at, 330, 1170, work));
        session.RecordError(new ErrorRecord { ErrorType = "System.Net.Http.HttpRequestException", Code = "502", Details = "The bank did not answer. " + Hostile, TriggerEventId = pay });
        clock.Now = at.AddMinutes(20).AddMilliseconds(500);
        session.End(EndState.Fail, "The bank did not answer in time.");
    }

    private static void Crash(DateTimeOffset at)
    {
        // The process is killed in this session, which nothing ends.
#pragma warning disable AOPS0504
        Session session = Session.Resume(new Guid("01950000-aaaa-7000-8000-00000000000c"), Options("import", "batch"));
#pragma warning restore AOPS0504
        session.RecordTool(Timed(new ToolRecord("load"), at, 0.001, 0.002));
        HoldAndDie();
    }

    [RecordAction("store")]
    internal static void HoldAndDie()
    {
        Console.WriteLine("in the middle");
        Console.Out.Flush();
        Console.ReadLine();
    }

    private static SessionOptions Options(string name, params string[] tags)
    {
        var options = new SessionOptions { Name = name };
        foreach (string tag in tags)
            options.Tags.Add(tag);
        return options;
    }

    private static JsonObject Message(string role, string content) => new() { ["role"] = role, ["content"] = content };

    private static T Timed<T>(T record, DateTimeOffset origin, double from, double to, Guid? parent = null)
        where T : ManualRecord
    {
        record.Start = origin.AddSeconds(from);
        record.End = origin.AddSeconds(to);
        record.ParentId = parent;
        return record;
    }

    /// <summary>A clock that shows what it is set to.</summary>
    private sealed class SetClock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
