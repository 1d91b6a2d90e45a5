using AgentOps.Log;

namespace AgentOps;

/// <summary>What may change while a session runs, and how it stands in the log. Never changed, only replaced.</summary>
/// <remarks>Plain collections: immutable ones would be compiled anew for metrics while the first session starts.</remarks>
internal sealed record SessionFacts(IReadOnlyList<string> Tags, IReadOnlyDictionary<string, MetricValue> Metrics)
{
    /// <summary>Definitions share a chunk with others, so they are kept well below its size.</summary>
    public const int MaxDefinitionBytes = 32 * 1024;

    /// <summary>Checks what a session is to start with.</summary>
    /// <exception cref="ArgumentException">A tag or a metric cannot be recorded; the message names it.</exception>
    public static SessionFacts From(SessionOptions options)
    {
        var tags = new List<string>();
        for (int i = 0; i < options.Tags.Count; i++)
        {
            string? tag = options.Tags[i];
            if (string.IsNullOrWhiteSpace(tag))
            {
                throw new ArgumentException(
                    $"Tags[{i}] is {(tag is null ? "null" : "empty")}. A tag needs at least one visible character; leave it out instead.",
                    nameof(options));
            }
            if (!tags.Contains(tag))
                tags.Add(tag);
        }
        var metrics = new Dictionary<string, MetricValue>(StringComparer.Ordinal);
        foreach ((string name, MetricValue value) in options.Metrics)
        {
            if (string.IsNullOrWhiteSpace(name))
                throw new ArgumentException("Metrics has an entry without a name. Name every metric.", nameof(options));
            if (!value.IsRecordable)
                throw new ArgumentException($"Metrics[\"{name}\"] is {value}. A number metric is finite.", nameof(options));
            metrics[name] = value;
        }
        return new SessionFacts(tags, metrics);
    }

    public SessionFacts WithTags(IReadOnlyList<string> tags, bool keep)
    {
        var all = new List<string>(keep ? Tags : []);
        foreach (string tag in tags)
        {
            if (!all.Contains(tag))
                all.Add(tag);
        }
        return this with { Tags = all };
    }

    public SessionFacts WithMetric(string name, MetricValue value) =>
        this with { Metrics = new Dictionary<string, MetricValue>(Metrics, StringComparer.Ordinal) { [name] = value } };

    public byte[] EncodeDefinition(Guid id, string? name, TraceContext? trace, DateTimeOffset startedAt, bool resumed, Action<PayloadBuilder>? hostFacts)
    {
        var payload = new PayloadBuilder(MaxDefinitionBytes);
        payload.Write(id);
        payload.Write(startedAt);
        payload.Write(resumed);
        if (hostFacts is not null)
            hostFacts(payload);
        else
            payload.Tag(PayloadTag.Null);
        WriteTo(payload);
        // Last, so that a name of any length leaves the rest whole.
        payload.Write(name);
        // Came to the format later; a session that has none is written as before.
        if (trace is not null)
        {
            payload.Write(trace.TraceParent);
            payload.Write(trace.TraceState);
        }
        return Counted(payload);
    }

    public byte[] EncodeUpdate()
    {
        var payload = new PayloadBuilder(MaxDefinitionBytes);
        WriteTo(payload);
        return Counted(payload);
    }

    /// <summary>The payload; what did not fit is counted.</summary>
    public static byte[] Counted(PayloadBuilder payload)
    {
        if (payload.IsTruncated)
            Recorder.Log?.Losses.Count(LossReason.PayloadTruncated);
        return payload.Written.ToArray();
    }

    private void WriteTo(PayloadBuilder payload)
    {
        payload.Tag(PayloadTag.Array);
        foreach (string tag in Tags)
            payload.Write(tag);
        payload.Tag(PayloadTag.Close);
        payload.Tag(PayloadTag.Object);
        foreach ((string name, MetricValue value) in Metrics)
        {
            payload.WriteName(name);
            if (value.Number is { } number)
                payload.Write(number);
            else if (value.Boolean is { } boolean)
                payload.Write(boolean);
            else
                payload.Write(value.Text);
        }
        payload.Tag(PayloadTag.Close);
    }
}
