using System.Collections.Concurrent;
using AgentOps.Recording;

namespace AgentOps.Extensions.AI.Calls;

/// <summary>The call sites of recorded clients: one for each place, name and provider, however many clients are made there.</summary>
internal static class ModelSites
{
    /// <summary>Sites are never forgotten; a program that makes up names without end gets no more of them than this.</summary>
    private const int MaxSites = 1024;

    private static readonly ConcurrentDictionary<Key, uint> s_sites = new();

    private readonly record struct Key(string Name, string? Provider, string Method, Place Place);

    /// <summary>The number of a site.</summary>
    /// <param name="name">What its calls are called.</param>
    /// <param name="provider">Who serves them.</param>
    /// <param name="method">The method that is called.</param>
    /// <param name="place">Where the client was wrapped.</param>
    public static uint For(string name, string? provider, string method, Place place)
    {
        var key = new Key(name, provider, method, place);
        if (s_sites.Count >= MaxSites && !s_sites.ContainsKey(key))
            key = new Key(method, null, method, default);
        return s_sites.GetOrAdd(key, Register);
    }

    private static uint Register(Key key) => CallSites.Register(new CallSiteInfo
    {
        Kind = EventKind.Llm,
        Name = key.Name,
        Project = AppDomain.CurrentDomain.FriendlyName,
        Method = key.Method,
        File = key.Place.File ?? "",
        Line = key.Place.Line,
        Parameters = [],
        Provider = key.Provider,
    });
}
