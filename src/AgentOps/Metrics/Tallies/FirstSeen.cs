namespace AgentOps.Metrics.Tallies;

/// <summary>One tally for each key, in the order in which the keys came.</summary>
internal sealed class FirstSeen<TKey, TTally>
    where TKey : notnull
    where TTally : new()
{
    private readonly Dictionary<TKey, int> _places = [];
    private readonly List<KeyValuePair<TKey, TTally>> _tallies = [];

    public IReadOnlyList<KeyValuePair<TKey, TTally>> All => _tallies;

    public TTally this[TKey key]
    {
        get
        {
            if (!_places.TryGetValue(key, out int place))
            {
                _places.Add(key, place = _tallies.Count);
                _tallies.Add(new(key, new TTally()));
            }
            return _tallies[place].Value;
        }
    }
}
