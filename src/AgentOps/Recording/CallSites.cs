using System.ComponentModel;
using AgentOps.Log;

namespace AgentOps.Recording;

/// <summary>What is known of a recorded call when it is compiled. Written to the log once, so that events carry a number only.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CallSiteInfo
{
    /// <summary>What kind of event the call makes.</summary>
    public required EventKind Kind { get; init; }

    /// <summary>The action type or the tool's name.</summary>
    public required string Name { get; init; }

    /// <summary>The assembly that makes the call.</summary>
    public required string Project { get; init; }

    /// <summary>The method that is called, with its type and parameter types.</summary>
    public required string Method { get; init; }

    /// <summary>The file of the call, relative to its project.</summary>
    public required string File { get; init; }

    /// <summary>The line of the call, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>Names of the captured parameters, in the order of their values.</summary>
    public required string[] Parameters { get; init; }

    /// <summary>The model named by the attribute.</summary>
    public string? Model { get; init; }

    /// <summary>The provider named by the attribute.</summary>
    public string? Provider { get; init; }

    /// <summary>The agent whose code makes the call, or whose static method is called: its class.</summary>
    public string? AgentType { get; init; }

    /// <summary>That agent's name.</summary>
    public string? AgentName { get; init; }

    /// <summary>Whether its calls bring their arguments by name, whatever <see cref="Parameters"/> says.</summary>
    internal bool BringsArguments { get; init; }

    /// <summary>Whether calls that were recorded with the same arguments were made with the same: not where some are left out of the record.</summary>
    internal bool TellsArguments => BringsArguments || Parameters.Length > 0 || Method.EndsWith("()", StringComparison.Ordinal);
}

/// <summary>The call sites of this process. Thread-safe.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CallSites
{
    private static readonly object s_lock = new();
    private static readonly List<CallSiteInfo> s_sites = [];
    private static readonly Dictionary<string, uint> s_texts = new(StringComparer.Ordinal);
    private static EventLogWriter? s_log;
    private static SiteFacts[] s_facts = [];

    /// <summary>Makes a call site known. Runs in static initialisers of generated code and so never throws.</summary>
    /// <returns>The site's number, from 1.</returns>
    public static uint Register(CallSiteInfo site)
    {
        lock (s_lock)
        {
            s_sites.Add(site);
            uint number = (uint)s_sites.Count;
            SiteFacts[] facts = s_facts;
            if (number >= facts.Length)
                Array.Resize(ref facts, facts.Length == 0 ? 64 : 2 * facts.Length);
            facts[number] = new SiteFacts(site.Kind, string.GetHashCode(site.Name, StringComparison.Ordinal), site.TellsArguments);
            Volatile.Write(ref s_facts, facts);
            if (s_log is { } log)
                Define(log, number, site);
            return number;
        }
    }

    /// <summary>Makes a name known that payloads then refer to by number. Never throws.</summary>
    /// <returns>The text's number, from 1; the same for the same text.</returns>
    public static uint Text(string text)
    {
        lock (s_lock)
        {
            if (s_texts.TryGetValue(text, out uint known))
                return known;
            uint number = (uint)s_texts.Count + 1;
            s_texts.Add(text, number);
            if (s_log is { } log)
                Define(log, number, text);
            return number;
        }
    }

    /// <summary>What budgets ask of every call, without waiting for anyone.</summary>
    internal static SiteFacts FactsOf(uint site)
    {
        SiteFacts[] facts = Volatile.Read(ref s_facts);
        return site < facts.Length ? facts[site] : default;
    }

    /// <summary>What is known of a site; <see langword="null"/> if there is none of that number.</summary>
    internal static CallSiteInfo? Find(uint site)
    {
        lock (s_lock)
            return site > 0 && site <= s_sites.Count ? s_sites[(int)site - 1] : null;
    }

    internal static void Attach(EventLogWriter log)
    {
        lock (s_lock)
        {
            s_log = log;
            foreach ((string text, uint number) in s_texts)
                Define(log, number, text);
            for (int i = 0; i < s_sites.Count; i++)
                Define(log, (uint)i + 1, s_sites[i]);
        }
    }

    private static void Define(EventLogWriter log, uint number, CallSiteInfo site)
    {
        try
        {
            var payload = new PayloadBuilder(16 * 1024);
            payload.Write((long)site.Kind);
            payload.Write(site.Name);
            payload.Write(site.Project);
            payload.Write(site.Method);
            payload.Write(site.File);
            payload.Write((long)site.Line);
            payload.Write(site.Model);
            payload.Write(site.Provider);
            payload.Write((long)(site.AgentType is null ? 0 : AgentInstances.OfType(site.AgentType, site.AgentName ?? site.AgentType)));
            payload.Tag(PayloadTag.Array);
            foreach (string parameter in site.Parameters)
                payload.Write(parameter);
            payload.Tag(PayloadTag.Close);
            log.Definitions.Add(FrameType.Site, number, payload.Written);
        }
        catch (Exception e)
        {
            Recorder.ReportInternalError(e);
        }
    }

    private static void Define(EventLogWriter log, uint number, string text)
    {
        try
        {
            var payload = new PayloadBuilder(4096);
            payload.Write(text);
            log.Definitions.Add(FrameType.Text, number, payload.Written);
        }
        catch (Exception e)
        {
            Recorder.ReportInternalError(e);
        }
    }
}

/// <summary>What kind of event a site's calls make, and a hash of what they are called.</summary>
internal readonly struct SiteFacts(EventKind kind, int nameHash, bool tellsArguments)
{
    public EventKind Kind { get; } = kind;

    public int NameHash { get; } = nameHash;

    public bool TellsArguments { get; } = tellsArguments;
}
