using System.Runtime.CompilerServices;

namespace AgentOps.Log;

/// <summary>
/// The log of one process: the segment that is written, the one kept ready behind it, and the thread that tends them. Nothing
/// here blocks a recording thread: when no segment is ready the frame is lost, and counted.
/// </summary>
internal sealed unsafe class EventLogWriter : IDisposable
{
    /// <summary>After so many ticks without anything recorded the ticks become longer.</summary>
    private const int QuietTicks = 3;

    private const int QuietFactor = 10;

    private const long TouchedAtOpen = 128 << 10;

    /// <summary>Once this part of the first segment is claimed, the next one is made at once.</summary>
    private const int BurstShare = 8;

    private const double MaxPauseMilliseconds = 30_000;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    /// <summary>A segment that fills in less calls for more than one ahead.</summary>
    private const long BusyMilliseconds = 500;

    private const int BusySpares = 3;

    private readonly EventLogOptions _options;
    private readonly LogClock _clock;
    private readonly SegmentFactory _factory;
    private readonly SegmentShelf _shelf;
    private readonly LogRetention? _retention;
    private readonly AutoResetEvent _work = new(false);
    private readonly Thread _tender;
    private readonly object _rotation = new();

    /// <summary>Held by the background thread while it does anything, and by whoever ends the log.</summary>
    private readonly object _tending = new();
    private volatile Segment _current;
    private readonly Queue<Segment> _spares = new();
    private readonly CancellationTokenSource _stop = new();
    private volatile bool _isHoldingBack = true;
    private volatile bool _isStarved;
    private volatile string? _problem;
    private volatile string? _writeProblem;
    private long _nextPosition;
    private int _nextNumber;
    private long _reportedLosses;
    private long _lastFlush;
    private TimeSpan _pause;
    private long _retryAt;
    private long _rotatedAt = Environment.TickCount64;
    private long _rotatedAfter = long.MaxValue;

    private EventLogWriter(EventLogOptions options, ulong key, SegmentFactory factory, Segment first)
    {
        _options = options;
        _clock = new LogClock(options.Time);
        _factory = factory;
        _problem = factory.Problem;
        _pause = options.Tick;
        _lastFlush = options.Time.GetTimestamp();
        Key = key;
        Definitions = new DefinitionTable(this);
        _shelf = new SegmentShelf(Losses);
        _retention = factory.Directory is { } directory ? new LogRetention(options, directory, _shelf, Losses) : null;
        _tender = new Thread(Tend) { Name = "AgentOps event log", IsBackground = true };
        // The rest is touched in the background: whoever starts a session waits for this.
        first.Touch(0, TouchedAtOpen, CancellationToken.None);
        Adopt(first);
        _current = first;
    }

    /// <summary>60 random bits that make positions of this log unique among all logs.</summary>
    public ulong Key { get; }

    public SegmentStorage Storage => _factory.Storage;

    /// <summary>Why the log is not what it should be; <see langword="null"/> if all is well.</summary>
    public string? Problem => ForkGuard.IsForked ? ForkGuard.Problem
        : _problem is { } problem && _writeProblem is { } writing ? $"{problem} {writing}"
        : _problem ?? _writeProblem;

    public string? DirectoryPath => _factory.Directory?.Path;

    public DefinitionTable Definitions { get; }

    public ChunkReclaimer Reclaimer { get; } = new();

    public LossCounters Losses { get; } = new();

    public Segment Current => _current;

    /// <summary>Whether the segment that follows the current one is ready.</summary>
    public bool HasSpare => SpareCount > 0;

    /// <summary>Opens a log below <see cref="EventLogOptions.Root"/>, or in memory if that cannot be written. Never throws for the file system's sake.</summary>
    public static EventLogWriter Open(EventLogOptions options)
    {
        ulong key = (ulong)Random.Shared.NextInt64() & ((1UL << 60) - 1);
        SegmentFactory factory = SegmentFactory.Open(options, key, out Segment first);
        var log = new EventLogWriter(options, key, factory, first);
        log._tender.Start();
        return log;
    }

    /// <summary>Gives a writer a fresh chunk, or what another one left of its own, with room for a frame. One interlocked add in the usual case.</summary>
    /// <returns><see langword="false"/> if there is none; the loss is counted.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool ClaimChunk(ChunkCursor cursor, int frameBytes)
    {
        if (ForkGuard.IsForked)
        {
            Losses.Count(LossReason.ForkedProcess);
            return false;
        }
        cursor.Release();
        int needed = LogFormat.UnitsOf(frameBytes);
        while (true)
        {
            Segment segment = _current;
            if (Reclaimer.TryReuse(cursor, segment, frameBytes))
                return true;
            int units = Math.Max(needed, cursor.NextUnits);
            long offset = segment.Claim(units);
            if (offset >= 0)
            {
                cursor.NextUnits = Math.Min(cursor.NextUnits * 2, LogFormat.MaxChunkUnits);
                segment.OpenChunk(cursor, offset, units);
                if (_isHoldingBack && offset >= segment.Bytes / BurstShare)
                    CallForSpare();
                return true;
            }
            // What is larger than a whole segment, where the disk has room for small ones only, would turn one after the other over.
            if ((long)needed * LogFormat.UnitBytes > segment.Bytes - LogFormat.UnitBytes || !Rotate(segment))
                break;
        }
        // What the tender could not write is no event: it says the same, and more, at its next look.
        if (Thread.CurrentThread != _tender)
            Losses.Count(LossReason.NoSegmentReady);
        return false;
    }

    /// <summary>The time on the log's clock, by which everything in it is told. If the system's has been set ahead, the log hears of it first.</summary>
    public DateTimeOffset GetUtcNow()
    {
        if (_clock.TryGetUtcNow(out DateTimeOffset now))
            return now;
        ClockSnapshot clock = _clock.Take();
        Definitions.AppendClock(clock);
        return clock.ToUtc(clock.Ticks);
    }

    /// <summary>Opens the segments of a log in memory for reading, oldest first; files are read as files.</summary>
    public IReadOnlyList<SegmentSource> OpenMemory()
    {
        var sources = new List<SegmentSource>();
        foreach (Segment segment in _shelf.All())
        {
            if (!segment.IsClosed)
                sources.Add(SegmentSource.OfMemory(segment, _shelf));
        }
        return sources;
    }

    /// <summary>Two words of a frame that this process wrote, while its segment is at hand.</summary>
    public bool TryReadWords(long position, int firstOffset, int secondOffset, out long first, out long second) =>
        _shelf.TryReadWords(position, firstOffset, secondOffset, out first, out second);

    /// <summary>Stops the background thread and lets go of the directory. The memory stays, for threads that record still.</summary>
    public void Dispose()
    {
        // The files, and the lock of the directory, are its parent's.
        if (ForkGuard.IsForked)
            return;
        _stop.Cancel();
        _work.Set();
        // Not for the thread's end: while it only waits, that would cost the turn of a busy processor. And a file system that
        // hangs must not keep the process from ending.
        if (!Monitor.TryEnter(_tending, s_patience))
            return;
        try
        {
            _shelf.CatchUp();
            _shelf.GiveUp(_current);
            // A process that lives for less than a tick says what it lost here or never.
            WriteHousekeeping();
            DeleteSpares();
        }
        catch (Exception e) when (SegmentFactory.IsFileProblem(e))
        {
            _problem = $"Closing the log failed: {e.Message}";
        }
        finally
        {
            Monitor.Exit(_tending);
        }
        _factory.Dispose();
    }

    private int SpareCount
    {
        get
        {
            lock (_rotation)
                return _spares.Count;
        }
    }

    private void DeleteSpares()
    {
        Segment[] unused;
        lock (_rotation)
        {
            unused = [.. _spares];
            _spares.Clear();
        }
        foreach (Segment segment in unused)
        {
            Definitions.Close(segment);
            _shelf.Remove(segment);
            segment.Close(unused: true);
            segment.TryDeleteFile();
        }
    }

    /// <summary>Ends the pause before the first spare is made: the first segment fills.</summary>
    private void CallForSpare()
    {
        _isHoldingBack = false;
        _work.Set();
    }

    /// <summary>Puts a spare in place of a full segment.</summary>
    /// <returns><see langword="false"/> if no spare is ready.</returns>
    private bool Rotate(Segment full)
    {
        lock (_rotation)
        {
            if (_current != full)
                return true;
            if (!_spares.TryDequeue(out Segment? next))
            {
                // While none can be made, the tender tries by its own clock; every lost event would have it try at once.
                if (!_isStarved && Thread.CurrentThread != _tender)
                    _work.Set();
                return false;
            }
            _current = next;
            _rotatedAfter = Environment.TickCount64 - _rotatedAt;
            _rotatedAt += _rotatedAfter;
        }
        Definitions.Close(full);
        _work.Set();
        return true;
    }

    private void Adopt(Segment segment)
    {
        segment.Format(Key, _clock.Take());
        Definitions.Open(segment);
        _shelf.Add(segment);
        _nextPosition = segment.Position + segment.Bytes;
        _nextNumber = segment.Number + 1;
    }

    /// <summary>The background thread: keeps spares ready, and once a tick looks after everything else.</summary>
    private void Tend()
    {
        lock (_tending)
            _current.Touch(TouchedAtOpen, long.MaxValue, _stop.Token);
        // A program that is done in no time shall not work for a segment that it never needs.
        _work.WaitOne(_options.SpareDelay);
        _isHoldingBack = false;
        lock (_tending)
            PrepareSpares();
        int quietTicks = 0;
        while (!_stop.IsCancellationRequested)
        {
            // A process that records nothing is left in peace; whoever needs a segment wakes this thread.
            bool isQuiet = quietTicks >= QuietTicks && HasSpare && Losses.Total == _reportedLosses && _writeProblem is null;
            _work.WaitOne(isQuiet ? _options.Tick * QuietFactor : _options.Tick);
            lock (_tending)
            {
                if (_stop.IsCancellationRequested)
                    return;
                // First: closing and deleting what is behind takes its time, and a rotation needs the next segment at once.
                PrepareSpares();
                quietTicks = LookAround() ? 0 : quietTicks + 1;
            }
        }
    }

    private void PrepareSpares()
    {
        if (Environment.TickCount64 < _retryAt)
            return;
        try
        {
            while (!_stop.IsCancellationRequested && SpareCount < WantedSpares && MayGrow())
            {
                Segment next = _factory.Create(_nextPosition, _nextNumber, _stop.Token);
                next.Touch(0, next.Bytes, _stop.Token);
                Adopt(next);
                lock (_rotation)
                    _spares.Enqueue(next);
                _problem = _factory.Problem;
                _isStarved = false;
                _pause = _options.Tick;
            }
        }
        catch (OperationCanceledException)
        {
            // The log ends, and what was begun is gone again.
        }
        catch (Exception e)
        {
            // The number may belong to a file that could not be removed again.
            _nextNumber++;
            if (!HasSpare)
            {
                _problem = $"The next log segment cannot be created in '{_factory.Directory?.Path}' ({e.Message}). Events are dropped once the current one is full; "
                    + "free some space. It is tried again.";
                _isStarved = true;
            }
            _pause = TimeSpan.FromMilliseconds(Math.Min(_pause.TotalMilliseconds * 2, MaxPauseMilliseconds));
            _retryAt = Environment.TickCount64 + (long)_pause.TotalMilliseconds;
        }
    }

    /// <summary>One segment ahead; more while they fill so fast that the system's pauses could outlast one.</summary>
    private int WantedSpares => Interlocked.Read(ref _rotatedAfter) < BusyMilliseconds ? BusySpares : 1;

    private bool MayGrow()
    {
        if (Storage != SegmentStorage.Memory || _shelf.OpenBytes + _options.SegmentBytes <= _options.MemoryBytes)
            return true;
        // Of a log in memory the newest part is worth the most.
        return _shelf.TryDropOldest(_current) && _shelf.OpenBytes + _options.SegmentBytes <= _options.MemoryBytes;
    }

    /// <returns>Whether anything was recorded since the last time.</returns>
    private bool LookAround()
    {
        bool isActive = true;
        try
        {
            Segment current = _current;
            CatchUp();
            isActive = Reclaimer.Reclaim(current) | Definitions.TakeActivity();
            // The system's clock goes ahead while a machine sleeps; what is recorded next should know.
            if (isActive || Losses.Total != _reportedLosses || !_clock.TryGetUtcNow(out _))
                WriteHousekeeping();
            Reclaimer.DropLeftovers(current);
            if (Storage != SegmentStorage.Memory)
                _shelf.CloseUnused(current, flush: _options.FlushInterval is not null, _options.MemoryBytes);
            FlushIfDue(current);
            _retention?.Apply();
        }
        catch (Exception e)
        {
            Losses.Count(LossReason.InternalError);
            _problem = $"Tending the log failed: {e.Message}";
        }
        return isActive;
    }

    /// <summary>Brings to the files what could not be written when it was recorded. Until that works it is no loss.</summary>
    private void CatchUp()
    {
        string? cause = _shelf.CatchUp();
        _writeProblem = cause is null
            ? null
            : $"Events cannot be written to '{_factory.Directory?.Path}' at the moment ({cause}). They are kept in memory, and it is tried again; "
                + "free some space, or see to the disk, before the process ends.";
    }

    /// <summary>Brings what was recorded so far to the files, and the files to the disk. Waits for the background thread.</summary>
    public void Flush()
    {
        lock (_tending)
        {
            // A log that ends does all of this itself.
            if (_stop.IsCancellationRequested || ForkGuard.IsForked)
                return;
            CatchUp();
            WriteHousekeeping();
            _shelf.FlushOpen(_current);
        }
    }

    private void FlushIfDue(Segment current)
    {
        if (_options.FlushInterval is not { } interval || _options.Time.GetElapsedTime(_lastFlush) < interval)
            return;
        _lastFlush = _options.Time.GetTimestamp();
        _shelf.FlushOpen(current);
    }

    private void WriteHousekeeping()
    {
        ClockSnapshot clock = _clock.Take();
        Definitions.AppendClock(clock);
        long losses = Losses.Total;
        if (losses == _reportedLosses)
            return;
        if (Definitions.AppendLosses(Losses.Snapshot(), clock.Ticks))
            _reportedLosses = losses;
    }
}
