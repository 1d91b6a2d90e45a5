using System.Diagnostics;
using AgentOps.Recording;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace AgentOps.Extensions.Mcp;

/// <summary>A tool of a server whose calls are recorded. Behaves as the one it stands for.</summary>
[StackTraceHidden]
internal sealed class RecordedServerTool : DelegatingMcpServerTool, IRecordsCalls
{
    private readonly AdaptedFunction _function;
    private readonly ResultCapture<CallToolResult> _result;

    private RecordedServerTool(McpServerTool inner, AdaptedFunction function)
        : base(inner)
    {
        _function = function;
        _result = function.Capture<CallToolResult>(Write);
    }

    public static McpServerTool Wrap(McpServerTool inner, string file, int line)
    {
        var method = AdaptedFunction.MethodIn(inner.Metadata);
        return AdaptedFunction.IsRecordedBy(inner, null, method)
            ? inner
            : new RecordedServerTool(inner, new AdaptedFunction(AdaptedSite.At($"{nameof(McpServerTool)}.{nameof(InvokeAsync)}", file, line), inner.ProtocolTool.Name, method));
    }

    public override ValueTask<CallToolResult> InvokeAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        PayloadWriter writer = _function.Enter();
        if (!writer.IsRecording)
            return base.InvokeAsync(request, cancellationToken);
        _function.WriteArguments(writer, request?.Params?.Arguments);
        CallScope call = CallScope.Start(writer);
        CallFlow flow = CallScope.Publish(call, null);
        ValueTask<CallToolResult> result;
        try
        {
            result = base.InvokeAsync(request!, cancellationToken);
        }
        catch (Exception e) when (CallScope.Fault(call, e))
        {
            throw;
        }
        finally
        {
            flow.Leave();
        }
        return CallScope.End(call, result, _result);
    }

    /// <summary>Writes the structured content if there is any, else the contents; of those that are no text, the type.</summary>
    private static void Write(PayloadWriter writer, CallToolResult result)
    {
        if (result is null)
        {
            writer.WriteNull();
            return;
        }
        bool isError = result.IsError == true;
        if (isError)
        {
            writer.BeginObject();
            writer.Name("is_error");
            writer.Write(true);
            writer.Name("content");
        }
        if (result.StructuredContent is { } structured)
            writer.Write(structured);
        else if (result.Content is { Count: 1 } single)
            Write(writer, single[0]);
        else
            WriteAll(writer, result.Content);
        if (isError)
            writer.Close();
    }

    private static void WriteAll(PayloadWriter writer, IList<ContentBlock>? blocks)
    {
        int count = blocks?.Count ?? 0;
        writer.BeginArray();
        for (int i = 0; i < count && i < PayloadWriter.MaxItems && writer.HasRoom; i++)
            Write(writer, blocks![i]);
        writer.WriteRest(count, isMap: false);
        writer.Close();
    }

    private static void Write(PayloadWriter writer, ContentBlock block)
    {
        if (block is TextContentBlock text)
            writer.Write(text.Text);
        else
            writer.WriteOpaque(block?.Type ?? "null");
    }
}
