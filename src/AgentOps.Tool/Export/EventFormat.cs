using AgentOps.Events;
using AgentOps.Metrics;

namespace AgentOps.Tool.Export;

/// <summary>How events are written, one after the other.</summary>
internal interface IEventFormat
{
    /// <summary>What stands before the first event.</summary>
    ReadOnlyMemory<byte> Head { get; }

    /// <summary>An event's bytes; valid until the next call.</summary>
    ReadOnlyMemory<byte> Encode(AgentEvent e);
}

/// <summary>The formats there are.</summary>
internal static class EventFormats
{
    public const string JsonLines = "jsonl";
    public const string Csv = "csv";

    public static IEventFormat Of(string name, CountedCalls counted) => name == Csv ? new CsvFormat(counted) : new JsonLinesFormat(counted);
}
