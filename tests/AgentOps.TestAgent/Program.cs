using AgentOps.TestAgent.Commands;

namespace AgentOps.TestAgent;

/// <summary>
/// An agent in a process of its own, for tests of what happens between processes and when one dies. The first argument names a
/// command; every line it prints is an answer that the test may wait for.
/// </summary>
internal static class Program
{
    private static readonly Dictionary<string, Action<string[]>> s_commands = new(StringComparer.Ordinal)
    {
        ["record"] = RecordCommand.Run,
        ["hold-call"] = CallCommands.Hold,
        ["fail-fast"] = CallCommands.FailFast,
        ["write-frames"] = NumberedCommands.WriteFrames,
        ["record-numbered"] = NumberedCommands.RecordCalls,
        ["run-out-of-files"] = FewFilesCommand.Run,
        ["many-sessions"] = ManySessionsCommand.Run,
        ["health"] = HealthCommand.Run,
        ["long-payload"] = LongPayloadCommand.Run,
        ["long-text"] = LongPayloadCommand.Echo,
        ["busy"] = BusyCommand.Run,
        ["capture"] = CaptureCommand.Run,
        ["step-clock"] = StepClockCommand.Run,
        ["fork"] = ForkCommand.Run,
        ["tend"] = TendCommand.Run,
        ["log"] = LogCommand.Run,
        ["meter"] = MeterCommand.Run,
        ["scenario"] = ScenarioCommand.Run,
    };

    private static int Main(string[] arguments)
    {
        if (arguments is [string name, .. string[] rest] && s_commands.TryGetValue(name, out Action<string[]>? command))
        {
            command(rest);
            return 0;
        }
        Console.Error.WriteLine($"Commands: {string.Join(", ", s_commands.Keys)}");
        return 2;
    }
}
