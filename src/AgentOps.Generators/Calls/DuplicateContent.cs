using System.Collections.Immutable;

namespace AgentOps.Generators.Calls;

/// <summary>
/// Files of identical content: the compiler cannot tell which of them an interceptor means and refuses all, so none is emitted.
/// This is the one way in which the body of one file concerns another.
/// </summary>
internal static class DuplicateContent
{
    /// <summary>The checksums that occur more than once, joined.</summary>
    public static string Find(ImmutableArray<string> checksums)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var repeated = new SortedSet<string>(StringComparer.Ordinal);
        foreach (string checksum in checksums)
        {
            if (!seen.Add(checksum))
                repeated.Add(checksum);
        }
        return string.Join(";", repeated);
    }

    public static bool Contains(string repeated, string checksum) => repeated.Length > 0 && repeated.Contains(checksum);
}
