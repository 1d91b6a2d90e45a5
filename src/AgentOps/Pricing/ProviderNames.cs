namespace AgentOps.Pricing;

/// <summary>What a table says of a provider.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Aliases">Other names of it.</param>
/// <param name="FallsBackTo">Providers whose prices hold here for models that are not listed.</param>
/// <param name="IsFirstParty">Whether it makes the models that it lists.</param>
internal sealed record ProviderEntry(string Name, IReadOnlyList<string> Aliases, IReadOnlyList<string> FallsBackTo, bool IsFirstParty);

/// <summary>The names under which providers are known.</summary>
internal sealed class ProviderNames
{
    private readonly Dictionary<string, ProviderEntry> _byName = new(StringComparer.OrdinalIgnoreCase);

    public ProviderNames(IEnumerable<ProviderEntry> entries)
    {
        foreach (ProviderEntry entry in entries)
        {
            _byName[entry.Name] = entry;
            foreach (string alias in entry.Aliases)
                _byName[alias] = entry;
        }
    }

    public static ProviderNames None { get; } = new([]);

    /// <summary>These and others; what both know has the names, the fallbacks (these first) and the standing that either gives it.</summary>
    public ProviderNames Over(ProviderNames below)
    {
        if (_byName.Count == 0)
            return below;
        Dictionary<string, ProviderEntry> all = below._byName.Values.Distinct().ToDictionary(static entry => entry.Name, StringComparer.OrdinalIgnoreCase);
        foreach (ProviderEntry entry in _byName.Values.Distinct())
        {
            string name = below.Resolve(entry.Name) ?? entry.Name;
            all[name] = all.TryGetValue(name, out ProviderEntry? known)
                ? new ProviderEntry(name, [.. known.Aliases, entry.Name, .. entry.Aliases], [.. entry.FallsBackTo, .. known.FallsBackTo], known.IsFirstParty || entry.IsFirstParty)
                : entry;
        }
        return new ProviderNames(all.Values);
    }

    /// <summary>The table's name of a provider; <see langword="null"/> if it knows none.</summary>
    public string? Resolve(string provider) => _byName.TryGetValue(provider.Trim(), out ProviderEntry? entry) ? entry.Name : null;

    /// <summary>Whose prices hold for what a provider does not list, nearest first.</summary>
    public IEnumerable<string> FallbacksOf(string provider)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { provider };
        var next = new Queue<string>([provider]);
        while (next.TryDequeue(out string? name))
        {
            if (!_byName.TryGetValue(name, out ProviderEntry? entry))
                continue;
            foreach (string fallback in entry.FallsBackTo.Select(other => Resolve(other) ?? other).Where(seen.Add))
            {
                yield return fallback;
                next.Enqueue(fallback);
            }
        }
    }

    public bool IsFirstParty(string provider) => _byName.TryGetValue(provider, out ProviderEntry? entry) && entry.IsFirstParty;
}
