using System.Runtime.InteropServices;

namespace AgentOps.Budgets;

/// <summary>How often each call was made. Thread-safe; remembers the latest calls, up to a number.</summary>
internal sealed class RepeatTable
{
    public const int MaxCalls = 65_536;

    private readonly object _lock = new();

    // Two generations: when the younger is half of what is allowed, the older goes. A call that is made again moves to the younger.
    private Dictionary<ulong, int> _young = [];
    private Dictionary<ulong, int> _old = [];

    /// <summary>Counts a call.</summary>
    /// <returns>How often it was made, this time among them.</returns>
    public int Count(ulong call)
    {
        lock (_lock)
        {
            ref int count = ref CollectionsMarshal.GetValueRefOrAddDefault(_young, call, out bool isKnown);
            if (isKnown)
                return ++count;
            _old.Remove(call, out int before);
            count = before + 1;
            int made = count;
            if (_young.Count >= MaxCalls / 2)
            {
                _old = _young;
                _young = [];
            }
            return made;
        }
    }
}
