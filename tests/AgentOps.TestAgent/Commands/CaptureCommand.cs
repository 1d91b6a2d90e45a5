using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using AgentOps.Events;

namespace AgentOps.TestAgent.Commands;

/// <summary>
/// <c>capture &lt;levels&gt; &lt;key&gt;</c>: records calls and events of all kinds under options that are set once a process, and prints what
/// was recorded of each.
/// </summary>
internal static class CaptureCommand
{
    public static void Run(string[] arguments)
    {
        Recorder.Configure(new RecorderOptions
        {
            Capture = Enum.Parse<Capture>(arguments[0]),
            RedactionKey = Convert.FromHexString(arguments[1]),
            JsonTypeInfoResolver = NoteContext.Default,
            EraseSecretNames = arguments.Length < 3,
        });
        using Session session = Session.Start();
        Word(1);
        Text("t");
        Later("t").GetAwaiter().GetResult();
        Object(new Note("n", new Secrets("own", "inner")) { Password = "p" });
        Hash("value");
        Try("5", out _);
        Read(Items()).GetAwaiter().GetResult();
        session.RecordLlm(new LlmRecord { Model = "m", Params = { ["a"] = 1 }, Returns = 2, Prompt = "p", Completion = "c", PromptTokens = 3 });
        foreach (AgentEvent e in session.ReadEvents().Where(static e => e is ToolEvent or LlmEvent))
            Console.WriteLine($"{e.DisplayName}: {string.Join(", ", e.Params.Select(static p => $"{p.Name}={p.Value}"))} => {e.Returns}{Asked(e)}");
    }

    private static string Asked(AgentEvent e) => e is LlmEvent llm ? $", prompt {llm.Prompt}, completion {llm.Completion}, tokens {llm.Usage!.InputTokens}" : "";

    private static async Task Read(IAsyncEnumerable<int> items)
    {
        await foreach (int item in items)
            _ = item;
    }

    [RecordTool]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int Word(int n) => n + 1;

    [RecordTool]
    internal static string Text(string text) => text + "!";

    [RecordTool]
    internal static async Task<string> Later(string text)
    {
        await Task.Yield();
        return text + "!";
    }

    [RecordTool]
    internal static object Object(object value) => value;

    [RecordTool]
    internal static void Hash([Redact(Redaction.Hash)] string value) => _ = value;

    [RecordTool]
    internal static bool Try(string text, out int number) => int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out number);

    [RecordTool]
    internal static async IAsyncEnumerable<int> Items()
    {
        await Task.Yield();
        yield return 1;
    }
}

internal sealed record Secrets([Redact] string Own, string Other);

internal sealed record Note(string Text, Secrets Inner)
{
    [Redact]
    [JsonPropertyName("hidden_as")]
    public string Hidden => Text + "hidden";

    public string? Password { get; init; }
}

[JsonSerializable(typeof(Note))]
internal sealed partial class NoteContext : JsonSerializerContext;
