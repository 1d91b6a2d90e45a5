using AgentOps.Recording;

namespace AgentOps.Tests.Support;

/// <summary>Calls as generated code makes them.</summary>
internal sealed class RecordedCalls(EventKind kind, string name, string? model = null, string? provider = null, string[]? parameters = null)
{
    private static readonly PayloadEncoder<string> s_text = static (writer, value) => writer.Write(value);

    private readonly uint _site = CallSites.Register(new CallSiteInfo
    {
        Kind = kind,
        Name = name,
        Project = "tests",
        Method = name,
        File = "Calls.cs",
        Line = 1,
        Parameters = parameters ?? ["argument"],
        Model = model,
        Provider = provider,
    });

    /// <summary>A call that records no arguments.</summary>
    public void Nothing() => Make(CallScope.Start(_site), body: null);

    /// <summary>A call with a small number, which goes into the log as a word.</summary>
    public void Number(int argument, Action? body = null) => Make(CallScope.Start(_site, PayloadWriter.Word(argument)), body);

    /// <summary>A call with a text, which is written where its frame will stand.</summary>
    public void Text(string argument, Action? body = null)
    {
        PayloadWriter writer = CallScope.EnterInPlace(_site);
        if (!writer.IsRecording)
        {
            body?.Invoke();
            return;
        }
        writer.Write(argument);
        Make(CallScope.Start(writer), body);
    }

    /// <summary>A call with a value of any kind, and perhaps a session of its own.</summary>
    public void Any(object argument, Session? session = null)
    {
        PayloadWriter writer = CallScope.Enter(_site, session);
        if (!writer.IsRecording)
            return;
        writer.WriteUnknown(argument);
        CallScope.End(CallScope.Start(writer));
    }

    /// <summary>A model call that is told what it used.</summary>
    public void Model(Action<LlmResult> used, string? asked = null, Action? body = null)
    {
        PayloadWriter writer = CallScope.Enter(_site, null);
        if (!writer.IsRecording)
            return;
        writer.WriteModel(asked);
        writer.Write("prompt");
        CallScope call = CallScope.Start(writer);
        CallFlow flow = CallScope.Publish(call, null);
        body?.Invoke();
        flow.Leave();
        CallScope.End(call, "answer", new ResultCapture<string>(s_text, (result, _) => used(result)));
    }

    private static void Make(CallScope call, Action? body)
    {
        CallFlow flow = CallScope.Publish(call, null);
        try
        {
            body?.Invoke();
        }
        catch (Exception e) when (CallScope.Fault(call, e))
        {
            throw;
        }
        finally
        {
            flow.Leave();
        }
        CallScope.End(call);
    }
}
