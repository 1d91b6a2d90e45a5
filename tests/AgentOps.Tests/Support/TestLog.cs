using AgentOps.Log;
using AgentOps.Recording;

namespace AgentOps.Tests.Support;

/// <summary>A log of its own in a folder of its own, small enough that tests reach its ends.</summary>
internal sealed class TestLog : IDisposable
{
    public const int Unit = LogFormat.UnitBytes;

    private readonly TemporaryFolder _folder = new();

    public TestLog(Func<EventLogOptions, EventLogOptions>? change = null)
    {
        var options = new EventLogOptions
        {
            Root = _folder.Path,
            Application = "test",
            FirstSegmentBytes = 16 * Unit,
            SegmentBytes = 16 * Unit,
            MinSegmentBytes = 16 * Unit,
            SpareDelay = TimeSpan.Zero,
            // What the tender does by the clock stays out of tests that do not ask for it.
            Tick = TimeSpan.FromHours(1),
        };
        Writer = EventLogWriter.Open(change is null ? options : change(options));
    }

    public EventLogWriter Writer { get; }

    public string Root => _folder.Path;

    public string Directory => Writer.DirectoryPath!;

    public string[] Segments => [.. System.IO.Directory.GetFiles(Directory, "*.seg").Order(StringComparer.Ordinal)];

    /// <summary>What stands in the log now, wherever it is kept.</summary>
    public LogFrames Read() => Writer.DirectoryPath is { } path ? LogFrames.Below(path) : LogFrames.Read(Writer.OpenMemory());

    /// <summary>Defines a session in the log.</summary>
    public void DefineSession(uint session, Guid id) =>
        Writer.Definitions.SetSession(session, SessionFacts.From(new SessionOptions()).EncodeDefinition(id, null, null, DateTimeOffset.UtcNow, false, null));

    /// <summary>Waits until the segment behind the current one is ready, so that no rotation finds none.</summary>
    public void AwaitSpare()
    {
        if (!SpinWait.SpinUntil(() => Writer.HasSpare, TimeSpan.FromSeconds(30)))
            throw new InvalidOperationException($"No spare segment was made: {Writer.Problem}");
    }

    public void Dispose()
    {
        Writer.Dispose();
        _folder.Dispose();
    }
}

/// <summary>One thread's place in a log: writes frames as the recorder does.</summary>
internal sealed class LogThread : OwnedCursor
{
    private readonly EventLogWriter _log;
    private readonly PayloadBuilder _payload = new(PayloadBuilder.MaxLimit);

    public LogThread(EventLogWriter log)
    {
        _log = log;
        log.Reclaimer.Register(this);
    }

    /// <summary>Writes a numbered frame with a text.</summary>
    /// <returns>Its position; 0 if there was no room.</returns>
    public long Write(int writer, int number, string text)
    {
        _payload.Reset(PayloadBuilder.MaxLimit);
        _payload.Write(text);
        return Commit((ulong)writer, (ulong)number);
    }

    /// <summary>Writes a frame, and again until there is room for it.</summary>
    public void WriteSurely(int writer, int number, string text)
    {
        while (Write(writer, number, text) == 0)
            Thread.Yield();
    }

    /// <summary>Writes an action of a session, as one recorded by hand.</summary>
    public long WriteAction(uint session, string name)
    {
        _payload.Reset(PayloadBuilder.MaxLimit);
        _payload.Write(DateTimeOffset.UtcNow);
        _payload.Write(DateTimeOffset.UtcNow);
        _payload.Tag(PayloadTag.Null);
        _payload.Tag(PayloadTag.Null);
        _payload.Write(name);
        return Commit(session | ((ulong)EventKind.Action << 32), 0);
    }

    private long Commit(ulong word8, ulong word16) => Write(FrameType.Manual, 0, word8, word16, _payload.Written);

    /// <summary>Writes a frame of any type.</summary>
    public long Write(FrameType type, byte flags, ulong word8, ulong word16, ReadOnlySpan<byte> payload)
    {
        Volatile.Write(ref Busy, 1);
        long position = FrameWriter.Write(_log, this, type, flags, word8, word16, payload);
        Volatile.Write(ref Busy, 0);
        return position;
    }
}
