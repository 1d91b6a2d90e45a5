using AgentOps.Log;

namespace AgentOps.Events;

/// <summary>
/// Opens the segments of one read. One that cannot be read is no reason to withhold the others: it is remembered, and only if
/// there is no other the read fails.
/// </summary>
internal sealed class OpenedSegments
{
    private readonly List<string> _problems = [];
    private bool _anyRead;

    /// <returns><see langword="null"/> if there is nothing in it, or nothing that can be read.</returns>
    public SegmentReader? Open(SegmentSource source)
    {
        try
        {
            SegmentReader? segment = SegmentReader.Open(source);
            _anyRead |= segment is not null;
            return segment;
        }
        catch (InvalidDataException e)
        {
            _problems.Add(e.Message);
            return null;
        }
    }

    /// <summary>What could not be read.</summary>
    /// <exception cref="InvalidDataException">Nothing could.</exception>
    public IReadOnlyList<string> Conclude() =>
        _problems.Count > 0 && !_anyRead ? throw new InvalidDataException(_problems[0]) : _problems;
}
