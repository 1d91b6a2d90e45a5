using AgentOps.Generators.Calls;
using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Emit;

/// <summary>How a recorded method gives its result back.</summary>
internal enum ResultKind
{
    Void,
    Value,
    Task,
    ValueTask,

    /// <summary>An <c>IAsyncEnumerable</c>.</summary>
    Stream,

    /// <summary>What reads an asynchronous stream.</summary>
    StreamReader,

    /// <summary>An <c>IEnumerable</c>, which may be lazy or a collection.</summary>
    Sequence,

    /// <summary>What reads a sequence.</summary>
    SequenceReader,
}

/// <summary>The way a method returns, and the type of what it returns that way.</summary>
/// <param name="Kind">The way.</param>
/// <param name="Type">The result, or the item of a stream or sequence; <see langword="null"/> if nothing comes back, or nothing that can be kept.</param>
internal readonly record struct ResultShape(ResultKind Kind, ITypeSymbol? Type)
{
    /// <summary>Whether it is read item by item.</summary>
    public bool IsRead => Kind is ResultKind.Stream or ResultKind.StreamReader or ResultKind.Sequence or ResultKind.SequenceReader;

    public static ResultShape Of(IMethodSymbol method)
    {
        if (method.ReturnsVoid)
            return new ResultShape(ResultKind.Void, null);
        if (method.ReturnsByRef || method.ReturnsByRefReadonly || method.ReturnType is not INamedTypeSymbol type)
            return new ResultShape(ResultKind.Value, CanBeKept(method.ReturnType) ? method.ReturnType : null);
        string space = type.ContainingNamespace?.ToDisplayString() ?? "";
        return (space, type.MetadataName) switch
        {
            ("System.Threading.Tasks", "Task") => new ResultShape(ResultKind.Task, null),
            ("System.Threading.Tasks", "Task`1") => new ResultShape(ResultKind.Task, type.TypeArguments[0]),
            ("System.Threading.Tasks", "ValueTask") => new ResultShape(ResultKind.ValueTask, null),
            ("System.Threading.Tasks", "ValueTask`1") => new ResultShape(ResultKind.ValueTask, type.TypeArguments[0]),
            ("System.Collections.Generic", "IAsyncEnumerable`1") => new ResultShape(ResultKind.Stream, type.TypeArguments[0]),
            ("System.Collections.Generic", "IAsyncEnumerator`1") => new ResultShape(ResultKind.StreamReader, type.TypeArguments[0]),
            ("System.Collections.Generic", "IEnumerable`1") when CanBeKept(type.TypeArguments[0]) => new ResultShape(ResultKind.Sequence, type.TypeArguments[0]),
            ("System.Collections.Generic", "IEnumerator`1") when CanBeKept(type.TypeArguments[0]) => new ResultShape(ResultKind.SequenceReader, type.TypeArguments[0]),
            _ => new ResultShape(ResultKind.Value, CanBeKept(type) ? type : null),
        };
    }

    /// <summary>Pointers and ref structs cannot be handed to a capture; of spans those that are written on the spot can be shown.</summary>
    private static bool CanBeKept(ITypeSymbol type) =>
        !TypeNames.NeedsUnsafe(type)
        && type is not ITypeParameterSymbol { AllowsRefLikeType: true }
        && !(type is INamedTypeSymbol { IsGenericType: true } generic && generic.TypeArguments.Any(static a => a is ITypeParameterSymbol { AllowsRefLikeType: true }))
        && (!type.IsRefLikeType || SimpleTypes.IsPlain(type));

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
