using AgentOps.Log;

namespace AgentOps.Tests.Support;

/// <summary>
/// The real file system, on which segments can be made at any time, but writes of what stands in them fail as told. Thread-safe.
/// </summary>
internal sealed class UnsteadyFiles : LogFiles
{
    private readonly object _lock = new();
    private Random _random = new(0);
    private int _odds;
    private int _writes;
    private volatile bool _fails;

    /// <summary>Whether every write fails.</summary>
    public bool Fails
    {
        get => _fails;
        set => _fails = value;
    }

    /// <summary>Which write fails, from 1; 0 for none.</summary>
    public int Failing { get; init; }

    /// <summary>Whether, of all, only those of a segment's header do.</summary>
    public bool FailsHeaderOnly { get; init; }

    /// <summary>Whether a write that fails has written whole words of its beginning.</summary>
    public bool IsShort { get; init; }

    /// <summary>Whether a write has failed.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Whether writes work at the moment.</summary>
    public bool IsSteady => !_fails && _odds == 0;

    /// <summary>Lets one write in so many succeed, at random; 0 for all of them.</summary>
    public void Misbehave(int odds, int seed)
    {
        lock (_lock)
        {
            _odds = odds;
            _random = new Random(seed);
        }
    }

    public override void Write(FileStream file, ReadOnlySpan<byte> bytes, long offset)
    {
        // Zeros of a segment that is being made are no frames.
        int written = bytes.ContainsAnyExcept((byte)0) && MustFail(offset, out double part) ? (int)(bytes.Length * part) & ~7 : bytes.Length;
        base.Write(file, bytes[..written], offset);
        if (written == bytes.Length)
            return;
        HasFailed = true;
        throw new IOException("No space left on device");
    }

    private bool MustFail(long offset, out double part)
    {
        lock (_lock)
        {
            part = IsShort ? _random.NextDouble() : 0;
            if (++_writes == Failing || (_odds > 0 && _random.Next(_odds) > 0))
                return true;
            return _fails && (offset == 0 || !FailsHeaderOnly);
        }
    }
}
