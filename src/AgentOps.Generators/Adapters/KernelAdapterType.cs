namespace AgentOps.Generators.Adapters;

/// <summary>
/// The type that wraps functions of Semantic Kernel. These cannot be derived from outside their package, so a function is made around
/// the first, with its name, description and parameters.
/// </summary>
/// <remarks>
/// The inner function is asked for its result past its own <c>InvokeAsync</c>: the filters, logs and metrics around that are those
/// of the outer one, and would come twice. A version of the package in which that is not possible has its functions left alone.
/// </remarks>
internal static class KernelAdapterType
{
    public const string Text =
        """
            /// <summary>Makes functions whose calls are recorded.</summary>
            [Obsolete]
            internal sealed class RecordedKernelFunction : IRecordsCalls
            {
                private static readonly bool s_canAsk = typeof(global::Microsoft.SemanticKernel.KernelFunction).GetMethod(
                    "InvokeCoreAsync",
                    global::System.Reflection.BindingFlags.Instance | global::System.Reflection.BindingFlags.NonPublic,
                    [typeof(global::Microsoft.SemanticKernel.Kernel), typeof(global::Microsoft.SemanticKernel.KernelArguments), typeof(CancellationToken)])
                    ?.ReturnType == typeof(ValueTask<global::Microsoft.SemanticKernel.FunctionResult>);

                private readonly global::Microsoft.SemanticKernel.KernelFunction _inner;
                private readonly AdaptedFunction _function;

                private RecordedKernelFunction(global::Microsoft.SemanticKernel.KernelFunction inner, AdaptedFunction function)
                {
                    _inner = inner;
                    _function = function;
                }

                public static global::Microsoft.SemanticKernel.KernelFunction Wrap(
                    global::Microsoft.SemanticKernel.KernelFunction inner, AdaptedSite site, object? target, global::System.Reflection.MethodInfo? method)
                {
                    if (inner is null || !s_canAsk || AdaptedFunction.IsRecordedBy(inner, target, method))
                        return inner!;
                    var recorded = new RecordedKernelFunction(inner, new AdaptedFunction(site, inner.Name, method));
                    Func<global::Microsoft.SemanticKernel.Kernel, global::Microsoft.SemanticKernel.KernelArguments, CancellationToken, Task<object?>> invoke = recorded.InvokeAsync;
                    return global::Microsoft.SemanticKernel.KernelFunctionFactory.CreateFromMethod(
                        invoke,
                        functionName: inner.Name,
                        description: inner.Description,
                        parameters: inner.Metadata.Parameters,
                        returnParameter: inner.Metadata.ReturnParameter);
                }

                public static global::Microsoft.SemanticKernel.KernelPlugin Wrap(
                    global::Microsoft.SemanticKernel.KernelPlugin inner, AdaptedSite site, object? target, global::System.Reflection.MethodInfo? method)
                {
                    if (inner is null || !s_canAsk || target is IRecordsCalls)
                        return inner!;
                    var functions = new List<global::Microsoft.SemanticKernel.KernelFunction>();
                    foreach (global::Microsoft.SemanticKernel.KernelFunction function in inner)
                        functions.Add(Wrap(function, site, target, method));
                    return global::Microsoft.SemanticKernel.KernelPluginFactory.CreateFromFunctions(inner.Name, inner.Description, functions);
                }

                [StackTraceHidden, DebuggerStepThrough]
                private Task<object?> InvokeAsync(
                    global::Microsoft.SemanticKernel.Kernel kernel, global::Microsoft.SemanticKernel.KernelArguments arguments, CancellationToken cancellationToken)
                {
                    var writer = _function.Enter();
                    if (!writer.IsRecording)
                        return ValueOf(InvokeCoreAsync(_inner, kernel, arguments, cancellationToken));
                    _function.WriteArguments(writer, arguments);
                    var call = CallScope.Start(writer);
                    var flow = CallScope.Publish(call, null);
                    Task<object?> result;
                    try
                    {
                        result = ValueOf(InvokeCoreAsync(_inner, kernel, arguments, cancellationToken));
                    }
                    catch (Exception exception) when (CallScope.Fault(call, exception))
                    {
                        throw;
                    }
                    finally
                    {
                        flow.Leave();
                    }
                    return CallScope.End(call, result, _function.Result);
                }

                private static async Task<object?> ValueOf(ValueTask<global::Microsoft.SemanticKernel.FunctionResult> result) =>
                    (await result.ConfigureAwait(false)).GetValue<object>();

                [global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Method)]
                private static extern ValueTask<global::Microsoft.SemanticKernel.FunctionResult> InvokeCoreAsync(
                    global::Microsoft.SemanticKernel.KernelFunction function,
                    global::Microsoft.SemanticKernel.Kernel kernel,
                    global::Microsoft.SemanticKernel.KernelArguments arguments,
                    CancellationToken cancellationToken);
            }

        """;
}
