using System.Diagnostics;
using AgentOps.Recording;
using Microsoft.Extensions.AI;

namespace AgentOps.Extensions.AI.Tools;

/// <summary>A function whose calls are recorded. Behaves as the one it stands for.</summary>
[StackTraceHidden]
internal sealed class RecordedFunction : DelegatingAIFunction, IRecordsCalls
{
    private readonly AdaptedFunction _function;
    private readonly ResultCapture<object?> _result;

    private RecordedFunction(AIFunction inner, AdaptedFunction function)
        : base(inner)
    {
        _function = function;
        _result = function.Capture<object?>(ToolResults.Write);
    }

    public static AIFunction Wrap(AIFunction inner, string file, int line) =>
        inner.GetService<IRecordsCalls>() is not null || AdaptedFunction.IsRecordedBy(inner, null, inner.UnderlyingMethod)
            ? inner
            : new RecordedFunction(inner, new AdaptedFunction(AdaptedSite.At($"{nameof(AIFunction)}.{nameof(InvokeAsync)}", file, line), inner.Name, inner.UnderlyingMethod));

    protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        PayloadWriter writer = _function.Enter();
        if (!writer.IsRecording)
            return base.InvokeCoreAsync(arguments, cancellationToken);
        _function.WriteArguments(writer, arguments);
        CallScope call = CallScope.Start(writer);
        CallFlow flow = CallScope.Publish(call, null);
        ValueTask<object?> result;
        try
        {
            result = base.InvokeCoreAsync(arguments, cancellationToken);
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
}
