using System.Runtime.CompilerServices;
using AgentOps.Log;

namespace AgentOps.Recording;

/// <summary>Gives every agent, an instance or a class, its number and id. Thread-safe; keeps no instance alive.</summary>
internal static class AgentInstances
{
    private sealed record Agent(uint Number, Guid Id, string Name);

    private static readonly object s_lock = new();
    private static readonly List<Agent> s_agents = [];
    private static readonly Dictionary<string, Agent> s_types = new(StringComparer.Ordinal);
    private static readonly ConditionalWeakTable<object, Agent> s_instances = [];
    private static EventLogWriter? s_log;

    /// <summary>The number of an instance of a tracked class, or of one derived from it. Its own class says what it is called, if it says so.</summary>
    public static uint OfInstance(object instance, string name) =>
        s_instances.TryGetValue(instance, out Agent? agent) ? agent.Number : OfNamed(instance, ReceiverAgent.NameOf(instance.GetType()) ?? name);

    /// <summary>The number of an instance whose name is known.</summary>
    public static uint OfNamed(object instance, string name)
    {
        if (s_instances.TryGetValue(instance, out Agent? agent))
            return agent.Number;
        lock (s_lock)
        {
            if (!s_instances.TryGetValue(instance, out agent))
            {
                agent = Create(name);
                s_instances.Add(instance, agent);
            }
            return agent.Number;
        }
    }

    /// <summary>The number of a tracked class, for calls where no instance is at hand.</summary>
    public static uint OfType(string type, string name)
    {
        lock (s_lock)
        {
            if (!s_types.TryGetValue(type, out Agent? agent))
                s_types.Add(type, agent = Create(name));
            return agent.Number;
        }
    }

    /// <summary>The agent of a number; <see langword="null"/> if there is none.</summary>
    public static Events.AgentIdentity? IdentityOf(uint number)
    {
        lock (s_lock)
            return number > 0 && number <= s_agents.Count && s_agents[(int)number - 1] is var agent ? new Events.AgentIdentity(agent.Id, agent.Name) : null;
    }

    public static void Attach(EventLogWriter log)
    {
        lock (s_lock)
        {
            s_log = log;
            foreach (Agent agent in s_agents)
                Define(log, agent);
        }
    }

    private static Agent Create(string name)
    {
        var agent = new Agent((uint)s_agents.Count + 1, Guid.NewGuid(), name);
        s_agents.Add(agent);
        if (s_log is { } log)
            Define(log, agent);
        return agent;
    }

    private static void Define(EventLogWriter log, Agent agent)
    {
        var payload = new PayloadBuilder(4096);
        payload.Write(agent.Id);
        payload.Write(agent.Name);
        log.Definitions.Add(FrameType.Agent, agent.Number, payload.Written);
    }
}
