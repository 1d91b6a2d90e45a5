using AgentOps.Log;

namespace AgentOps.Events;

/// <summary>Decodes what frames define: call sites, agents, and the facts of sessions.</summary>
internal static class DefinitionDecoder
{
    public static SiteDefinition DecodeSite(in Frame frame)
    {
        var reader = new PayloadReader(frame.Payload.Span, TextTable.Empty);
        long kind = reader.ReadInt64() ?? 0;
        string name = reader.ReadString() ?? "";
        string project = reader.ReadString() ?? "";
        string method = reader.ReadString() ?? "";
        string file = reader.ReadString() ?? "";
        int line = (int)(reader.ReadInt64() ?? 0);
        string? model = reader.ReadString();
        string? provider = reader.ReadString();
        uint agent = (uint)(reader.ReadInt64() ?? 0);
        var parameters = new List<string>();
        if (reader.TryEnter(PayloadTag.Array))
        {
            while (!reader.TryLeave())
                parameters.Add(reader.ReadString() ?? "");
        }
        return new SiteDefinition((Recording.EventKind)kind, name, new CallSite(project, method, file, line), model, provider, agent, [.. parameters]);
    }

    public static AgentIdentity DecodeAgent(in Frame frame)
    {
        var reader = new PayloadReader(frame.Payload.Span, TextTable.Empty);
        return new AgentIdentity(reader.ReadGuid() ?? Guid.Empty, reader.ReadString() ?? "");
    }

    public static string DecodeText(in Frame frame) => new PayloadReader(frame.Payload.Span, TextTable.Empty).ReadString() ?? "";

    public static SessionDefinition DecodeSession(in Frame frame)
    {
        var reader = new PayloadReader(frame.Payload.Span, TextTable.Empty);
        Guid id = reader.ReadGuid() ?? Guid.Empty;
        DateTimeOffset start = reader.ReadDateTimeOffset() ?? default;
        bool resumed = reader.ReadBoolean() ?? false;
        int hostAt = reader.Position;
        int hostLength = reader.Take().Length;
        var host = new EventValue(frame.Payload.Slice(hostAt, hostLength), TextTable.Empty);
        (IReadOnlyList<string> tags, IReadOnlyDictionary<string, MetricValue> metrics) = DecodeFacts(ref reader);
        string? name = reader.ReadString();
        TraceContext? trace = reader.ReadString() is { } parent ? new TraceContext(parent, reader.ReadString()) : null;
        return new SessionDefinition(id, name, trace, start, resumed, host.IsNull ? null : host, tags, metrics, frame.Position);
    }

    public static (IReadOnlyList<string> Tags, IReadOnlyDictionary<string, MetricValue> Metrics) DecodeFacts(ref PayloadReader reader)
    {
        var tags = new List<string>();
        if (reader.TryEnter(PayloadTag.Array))
        {
            while (!reader.TryLeave())
                tags.Add(reader.ReadString() ?? "");
        }
        var metrics = new Dictionary<string, MetricValue>(StringComparer.Ordinal);
        if (reader.TryEnter(PayloadTag.Object))
        {
            while (!reader.TryLeave())
            {
                string name = reader.ReadName();
                metrics[name] = reader.Peek() switch
                {
                    PayloadTag.Double => reader.ReadDouble() ?? 0,
                    PayloadTag.True or PayloadTag.False => reader.ReadBoolean() ?? false,
                    _ => reader.ReadString() ?? "",
                };
            }
        }
        return (tags, metrics);
    }
}

/// <summary>A call site as the log defines it.</summary>
internal sealed record SiteDefinition(
    Recording.EventKind Kind, string Name, CallSite Site, string? Model, string? Provider, uint Agent, string[] Parameters);

/// <summary>A session as the oldest segment that is left defines it.</summary>
internal sealed record SessionDefinition(
    Guid Id, string? Name, TraceContext? Trace, DateTimeOffset Start, bool Resumed, EventValue? Host,
    IReadOnlyList<string> Tags, IReadOnlyDictionary<string, MetricValue> Metrics, long Position);
