using System.Diagnostics.Metrics;
using System.Globalization;
using AgentOps.Events;
using AgentOps.Log;
using AgentOps.Metrics;
using AgentOps.Metrics.Publishing;

namespace AgentOps.TestAgent.Commands;

/// <summary>
/// <c>meter &lt;storage&gt;</c>: makes recorded calls inside one another, looks at the log in the middle of them, and prints for each number what
/// the meter told and what the analytics of the log say.
/// </summary>
internal static class MeterCommand
{
    private static MetricsPublisher? s_publisher;

    public static void Run(string[] arguments)
    {
        Recorder.Configure(new RecorderOptions { Storage = Enum.Parse<SegmentStorage>(arguments[0]) });
        using var publisher = new MetricsPublisher(static () => Recorder.Log, null);
        s_publisher = publisher;
        var told = new Dictionary<string, double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == AgentOpsMeter.Name)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => told[instrument.Name] = told.GetValueOrDefault(instrument.Name) + value);
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => told[KeyOf(instrument, tags)] = told.GetValueOrDefault(KeyOf(instrument, tags)) + 1);
        listener.Start();

        using var open = Session.Start();
        for (int i = 0; i < 50; i++)
        {
            using var session = Session.Start();
            Outer(i);
        }
        for (int look = 0; look < 3; look++)
            publisher.Poll();
        LogAnalytics log = EventLogReader.OpenOwn(Recorder.Log!).ReadEvents().GetAnalytics();
        Print("gen_ai.client.token.usage", told, (log.Usage.Tokens.InputTokens + log.Usage.Tokens.OutputTokens)!.Value);
        Print("gen_ai.client.operation.duration", told, log.Models.Sum(static m => m.Latency.Count) - Failed(log));
        Print("gen_ai.client.operation.duration InvalidOperationException", told, Failed(log));
        Print("agentops.llm.calls", told, log.Usage.Calls);
        Print("agentops.llm.cost.unknown", told, log.Usage.Cost.UnknownCalls);
        Print("agentops.events", told, log.Counts.Total);
        Print("agentops.errors", told, log.Counts.Errors);
        Print("agentops.sessions", told, log.EndStates.Values.Sum());
    }

    private static string KeyOf(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach ((string name, object? value) in tags)
        {
            if (name == "error.type")
                return $"{instrument.Name} {value!.ToString()!.Split('.')[^1]}";
        }
        return instrument.Name;
    }

    private static int Failed(LogAnalytics log) => log.CallSites.Where(static s => s.Name == nameof(Refused)).Sum(static s => s.Errors);

    private static void Print(string name, Dictionary<string, double> told, double read) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {told.GetValueOrDefault(name)} {read}"));

    /// <summary>A layer that says nothing of tokens, around those that do.</summary>
    [RecordLlm(Model = "layer")]
    internal static void Outer(int i)
    {
        s_publisher!.Poll();
        Tool(i);
        if (i % 2 == 0)
            s_publisher.Poll();
        if (i % 5 == 0)
        {
            try
            {
                Refused();
            }
            catch (InvalidOperationException)
            {
                // The retry.
            }
        }
    }

    [RecordTool]
    internal static void Tool(int i)
    {
        Guid sum = Session.Current!.RecordLlm(new LlmRecord { Model = "sum", PromptTokens = 30 + i, CompletionTokens = 3 });
        s_publisher!.Poll();
        Session.Current!.RecordLlm(new LlmRecord { Model = "leaf", PromptTokens = 30 + i, CompletionTokens = 3, ParentId = sum });
    }

    [RecordLlm(Model = "leaf")]
    internal static void Refused() => throw new InvalidOperationException("429");
}
