using AgentOps.Recording;

namespace AgentOps;

/// <summary>Puts decorators that record around instances.</summary>
public static class Recorded
{
    /// <summary>Wraps an instance so that every call through the interface is recorded, wherever it is made.</summary>
    /// <typeparam name="T">An interface that is marked with <see cref="RecordedInterfaceAttribute"/>.</typeparam>
    /// <param name="inner">
    /// What does the work. Disposing the wrapper disposes it. One that is wrapped already is returned as it is.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="inner"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidOperationException"><typeparamref name="T"/> has no decorator; the message says what to do.</exception>
    public static T Wrap<T>(T inner)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(inner);
        return inner is IRecordsCalls ? inner : RecordedInterfaces.DecoratorOf<T>()(inner);
    }
}
