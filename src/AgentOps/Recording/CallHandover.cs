using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace AgentOps.Recording;

/// <summary>
/// Keeps one call from being recorded twice where that cannot be known when it is compiled: a call through an interface or base
/// class, recorded already, may reach a body that records, and it may go through a decorator that will.
/// </summary>
/// <remarks>
/// Whoever has recorded a call leaves a note on its thread, with the receiver and the method, before making it; a body that
/// records takes the note that is meant for it. As long as the process has no such body, and no decorator, this costs a test of
/// a field.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public static class CallHandover
{
    private static bool s_hasBodies;
    private static bool s_hasDecorators;

    [ThreadStatic]
    private static object? t_receiver;

    [ThreadStatic]
    private static string? t_method;

    /// <summary>Says that there are bodies which record and may be called through a base class or interface.</summary>
    public static void ExpectBodies() => s_hasBodies = true;

    /// <summary>Whether calls on the object are recorded by the object itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsRecordedBy(object? receiver) => s_hasDecorators && receiver is IRecordsCalls;

    /// <summary>Leaves the note that a call is recorded.</summary>
    /// <param name="call">The call.</param>
    /// <param name="receiver">Whose method is called next.</param>
    /// <param name="method">The method as the call names it, by its documentation id.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Offer(CallScope call, object? receiver, string method)
    {
        if (s_hasBodies && call.IsRecorded)
            Leave(receiver, method);
    }

    /// <summary>Takes the note back, if nobody took it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Withdraw()
    {
        if (s_hasBodies)
            Leave(null, null);
    }

    /// <summary>Whether the call that a body stands for is recorded already. Says so once.</summary>
    /// <param name="receiver">The object whose body it is.</param>
    /// <param name="methods">What the method is called by its callers: by the base's name, or the interface's.</param>
    public static bool Take(object receiver, string[] methods) => t_method is not null && ReferenceEquals(receiver, t_receiver) && TakeNote(methods);

    /// <inheritdoc cref="Take(object, string[])"/>
    /// <typeparam name="T">The struct whose body it is, which was boxed for the call.</typeparam>
    public static bool Take<T>(string[] methods)
        where T : struct => t_method is not null && t_receiver is T && TakeNote(methods);

    internal static void ExpectDecorators() => s_hasDecorators = true;

    private static void Leave(object? receiver, string? method)
    {
        t_receiver = receiver;
        t_method = method;
    }

    private static bool TakeNote(string[] methods)
    {
        foreach (string method in methods)
        {
            if (method == t_method)
            {
                Leave(null, null);
                return true;
            }
        }
        return false;
    }
}
