using System.ComponentModel;
using System.Reflection;
using System.Runtime.CompilerServices;
using AgentOps.Log;

namespace AgentOps.Recording;

/// <summary>
/// Says of a call's receiver whether it is an agent, where its type alone leaves that open: an interface, or a class that may be
/// derived from. One instance for each such method; remembers the type that it met last.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ReceiverAgent
{
    private static readonly ConditionalWeakTable<Type, string> s_names = [];

    private Type? _notAnAgent;

    /// <summary>The word that stands for the receiver before a call's arguments; 0 if it is no agent.</summary>
    public ulong Word(object? receiver)
    {
        uint agent = NumberOf(receiver);
        return agent == 0 ? 0 : PayloadWord.Of(PayloadTag.Agent, agent);
    }

    internal uint NumberOf(object? receiver) =>
        receiver is null || ReferenceEquals(receiver.GetType(), _notAnAgent) ? 0 : LookUp(receiver);

    /// <summary>The name that a type's mark, or that of a base class, gives it; <see langword="null"/> if there is none.</summary>
    internal static string? NameOf(Type type)
    {
        string name = s_names.GetValue(type, static type => Read(type) ?? "");
        return name.Length == 0 ? null : name;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private uint LookUp(object receiver)
    {
        Type type = receiver.GetType();
        if (NameOf(type) is { } name)
            return AgentInstances.OfNamed(receiver, name);
        // A type that can be unloaded must not be held on to.
        if (!type.IsCollectible)
            _notAnAgent = type;
        return 0;
    }

    private static string? Read(Type type)
    {
        try
        {
            for (Type? level = type; level is not null; level = level.BaseType)
            {
                if (level.GetCustomAttribute<TrackAgentAttribute>(inherit: false) is { } mark)
                    return string.IsNullOrEmpty(mark.Name) ? level.Name.Split('`')[0] : mark.Name;
            }
        }
        catch (Exception e)
        {
            Recorder.ReportInternalError(e);
        }
        return null;
    }
}
