using System.Collections.Concurrent;
using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace AgentOps.Recording;

/// <summary>The decorators of this process, as generated code makes them known. Thread-safe.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RecordedInterfaces
{
    private static readonly ConcurrentDictionary<Type, Delegate> s_decorators = new();

    /// <summary>Makes the decorator of an interface known. Runs in module initialisers of generated code and so never throws.</summary>
    /// <param name="decorate">Puts the decorator around an instance.</param>
    public static void Register<T>(Func<T, T> decorate)
        where T : class
    {
        CallHandover.ExpectDecorators();
        s_decorators[typeof(T)] = decorate;
    }

    /// <summary>The decorator of an interface.</summary>
    /// <exception cref="InvalidOperationException">It has none.</exception>
    public static Func<T, T> DecoratorOf<T>()
        where T : class
    {
        if (s_decorators.TryGetValue(typeof(T), out Delegate? known))
            return (Func<T, T>)known;
        // Nothing of the interface's assembly may have run yet, and its decorators are registered when something does.
        RuntimeHelpers.RunModuleConstructor(typeof(T).Module.ModuleHandle);
        return s_decorators.TryGetValue(typeof(T), out known) ? (Func<T, T>)known : throw new InvalidOperationException(ReasonFor(typeof(T)));
    }

    /// <summary>Disposes what a decorator stands for, if it can be disposed.</summary>
    /// <exception cref="InvalidOperationException">It can only be disposed asynchronously.</exception>
    public static void Dispose(object inner)
    {
        if (inner is IDisposable disposable)
            disposable.Dispose();
        else if (inner is IAsyncDisposable)
            throw new InvalidOperationException($"{inner.GetType()} can only be disposed asynchronously: use DisposeAsync.");
    }

    /// <summary>Disposes what a decorator stands for, if it can be disposed.</summary>
    public static ValueTask DisposeAsync(object inner)
    {
        if (inner is IAsyncDisposable disposable)
            return disposable.DisposeAsync();
        (inner as IDisposable)?.Dispose();
        return default;
    }

    private static string ReasonFor(Type type)
    {
        if (!type.IsInterface)
            return $"{type} is not an interface. Recorded.Wrap<T> takes the interface that is marked with [RecordedInterface], not the class that implements it.";
        return type.IsGenericType
            ? $"{type} has no decorator. Mark the interface with [RecordedInterface], and name it with these type arguments in a call of Recorded.Wrap or AddRecorded in the project that declares it."
            : $"{type} has no decorator. Mark the interface with [RecordedInterface] and build its project with the AgentOps package.";
    }
}
