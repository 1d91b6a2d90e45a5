using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Emit;

/// <summary>How a recorded method gives its result back.</summary>
internal enum ResultKind
{
    Void,
    Value,
    Task,
    ValueTask,
    Stream,
}

/// <summary>The way a method returns, and the type of what it returns that way.</summary>
/// <param name="Kind">The way.</param>
/// <param name="Type">The result, or a stream's item; <see langword="null"/> if nothing comes back.</param>
internal readonly record struct ResultShape(ResultKind Kind, ITypeSymbol? Type)
{
    public static ResultShape Of(IMethodSymbol method)
    {
        if (method.ReturnsVoid)
            return new ResultShape(ResultKind.Void, null);
        if (method.ReturnType is not INamedTypeSymbol type)
            return new ResultShape(ResultKind.Value, method.ReturnType);
        string space = type.ContainingNamespace?.ToDisplayString() ?? "";
        return (space, type.MetadataName) switch
        {
            ("System.Threading.Tasks", "Task") => new ResultShape(ResultKind.Task, null),
            ("System.Threading.Tasks", "Task`1") => new ResultShape(ResultKind.Task, type.TypeArguments[0]),
            ("System.Threading.Tasks", "ValueTask") => new ResultShape(ResultKind.ValueTask, null),
            ("System.Threading.Tasks", "ValueTask`1") => new ResultShape(ResultKind.ValueTask, type.TypeArguments[0]),
            ("System.Collections.Generic", "IAsyncEnumerable`1") => new ResultShape(ResultKind.Stream, type.TypeArguments[0]),
            _ => new ResultShape(ResultKind.Value, type),
        };
    }

    /// <summary>
    /// Whether what a method returns was certainly made by the compiler's <c>async</c>: then it fails with one exception at most.
    /// An override may be anything.
    /// </summary>
    public static bool IsCertainlyAsync(IMethodSymbol method)
    {
        bool isOpen = (method.IsVirtual || method.IsAbstract || method.IsOverride) && !method.IsSealed && !method.ContainingType.IsSealed;
        if (isOpen || method.GetAttributes().Any(static a => a.AttributeClass?.Name == "AsyncMethodBuilderAttribute"))
            return false;
        return method.IsAsync || method.GetAttributes().Any(static a => a.AttributeClass?.Name == "AsyncStateMachineAttribute");
    }
}
