using AgentOps.Log;
using AgentOps.Recording;

namespace AgentOps.Events;

/// <summary>Decodes one recorded call from its frames and its site.</summary>
internal readonly struct CallDecoder
{
    private static readonly string[] s_promptNames = ["prompt", "messages", "message", "input", "question", "query", "request"];

    private readonly SiteDefinition _site;
    private readonly TextTable _texts;

    public CallDecoder(in Frame start, SiteDefinition site, TextTable texts)
    {
        _site = site;
        _texts = texts;
        Params = ParamsOf(start, site, texts);
    }

    public List<EventField> Params { get; }

    /// <summary>The result; of a failed call there is none.</summary>
    public EventValue? ReturnsOf(in Frame end)
    {
        byte outcome = (byte)(end.Flags & FrameFlags.OutcomeMask);
        if (outcome is FrameFlags.Faulted or FrameFlags.Cancelled)
            return null;
        var reader = new PayloadReader(end.Payload.Span, _texts);
        if (reader.Peek() == PayloadTag.End)
            return null;
        return new EventValue(end.Payload[..reader.Take().Length], _texts);
    }

    public AgentEvent Create(EventValue? returns, Frame? usageFrame)
    {
        switch (_site.Kind)
        {
            case EventKind.Tool:
                return new ToolEvent { Id = default, SessionId = default, Start = default, Name = _site.Name };
            case EventKind.Llm:
                (string? provider, string? model, TokenUsage? usage) = usageFrame is { } frame ? UsageOf(frame) : default;
                return new LlmEvent
                {
                    Id = default,
                    SessionId = default,
                    Start = default,
                    Name = _site.Name,
                    Model = model ?? _site.Model,
                    Provider = provider ?? _site.Provider,
                    Usage = usage,
                    Prompt = PromptOf(Params),
                    Completion = returns?.Property("text") ?? returns,
                };
            default:
                return new ActionEvent { Id = default, SessionId = default, Start = default, ActionType = _site.Name };
        }
    }

    private static (string? Provider, string? Model, TokenUsage? Usage) UsageOf(in Frame frame)
    {
        var reader = new PayloadReader(frame.Payload.Span, TextTable.Empty);
        return ManualDecoder.DecodeUsage(ref reader);
    }

    /// <summary>The parameter that asks the model, by the names such parameters have; else the first.</summary>
    private static EventValue? PromptOf(List<EventField> parameters)
    {
        foreach (string name in s_promptNames)
        {
            if (parameters.Find(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase)) is { } match)
                return match.Value;
        }
        return parameters.Count > 0 ? parameters[0].Value : null;
    }

    private static List<EventField> ParamsOf(in Frame start, SiteDefinition site, TextTable texts)
    {
        var fields = new List<EventField>(site.Parameters.Length);
        var reader = new PayloadReader(start.Payload.Span, texts);
        reader.ReadAgent();
        foreach (string name in site.Parameters)
        {
            if (reader.Peek() == PayloadTag.End)
                break;
            int at = reader.Position;
            int length = reader.Take().Length;
            fields.Add(new EventField(name, new EventValue(start.Payload.Slice(at, length), texts)));
        }
        return fields;
    }
}
