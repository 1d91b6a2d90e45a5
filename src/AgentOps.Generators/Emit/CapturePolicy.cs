using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Emit;

/// <summary>What is captured of a call. The numbers are those of the runtime's <c>Capture</c>.</summary>
[Flags]
internal enum CaptureLevels
{
    None = 0,
    Arguments = 1,
    Result = 2,
    All = Arguments | Result,
}

/// <summary>Which values are captured at all.</summary>
internal static class CapturePolicy
{
    private static readonly HashSet<string> s_skipped = new(StringComparer.Ordinal)
    {
        "System.Threading.CancellationToken",
        "System.Threading.CancellationTokenSource",
        "System.Threading.Tasks.Task",
        "System.Threading.Tasks.ValueTask",
        "System.Threading.Tasks.ValueTask<TResult>",
        "System.Threading.SemaphoreSlim",
        "System.Threading.WaitHandle",
        "System.Threading.Channels.Channel<TWrite, TRead>",
        "System.Threading.Channels.ChannelReader<T>",
        "System.Threading.Channels.ChannelWriter<T>",
        "System.IO.Stream",
        "System.IO.TextReader",
        "System.IO.TextWriter",
        "System.IO.BinaryReader",
        "System.IO.BinaryWriter",
        "System.IO.Pipelines.PipeReader",
        "System.IO.Pipelines.PipeWriter",
        "System.Net.Http.HttpMessageInvoker",
        "System.Data.Common.DbConnection",
        "System.Data.Common.DbTransaction",
        "System.TimeProvider",
        "System.Text.Json.JsonSerializerOptions",
        "Microsoft.AspNetCore.Http.HttpContext",
        "Microsoft.AspNetCore.Http.HttpRequest",
        "Microsoft.AspNetCore.Http.HttpResponse",
        "AgentOps.Session",
    };

    private static readonly HashSet<string> s_skippedInterfaces = new(StringComparer.Ordinal)
    {
        "System.IServiceProvider",
        "System.IProgress<T>",
        "System.Net.Http.IHttpClientFactory",
        "System.Data.IDbConnection",
        "Microsoft.Extensions.DependencyInjection.IServiceScope",
        "Microsoft.Extensions.DependencyInjection.IServiceScopeFactory",
        "Microsoft.Extensions.Logging.ILogger",
        "Microsoft.Extensions.Logging.ILoggerFactory",
        "Microsoft.Extensions.Configuration.IConfiguration",
        "Microsoft.Extensions.Hosting.IHost",
    };

    /// <summary>
    /// Whether values of the type say nothing worth keeping, being the machinery of a call and not its data: tokens, tasks, streams,
    /// delegates, loggers, connections, services, the session itself.
    /// </summary>
    public static bool IsSkipped(ITypeSymbol type)
    {
        if (type.TypeKind is TypeKind.Delegate or TypeKind.Pointer or TypeKind.FunctionPointer)
            return true;
        if (type is IArrayTypeSymbol && Calls.TypeNames.NeedsUnsafe(type))
            return true;
        if (type.SpecialType != SpecialType.None)
            return false;
        for (ITypeSymbol? candidate = type; candidate is { SpecialType: SpecialType.None }; candidate = candidate.BaseType)
        {
            string name = candidate.OriginalDefinition.ToDisplayString();
            if (s_skipped.Contains(name) || s_skippedInterfaces.Contains(name))
                return true;
        }
        return type.AllInterfaces.Any(static i => s_skippedInterfaces.Contains(i.OriginalDefinition.ToDisplayString()));
    }
}
