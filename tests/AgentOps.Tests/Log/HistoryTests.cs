using System.Text;
using AgentOps.Events;
using AgentOps.Log;
using AgentOps.Recording;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Log;

/// <summary>
/// Random histories of what agents do, against a model that keeps them in a list: after any of them the log reads as the model
/// says. A history that fails is cut to its shortest failing beginning.
/// </summary>
public sealed class HistoryTests
{
    private const int Length = 120;

    [Fact]
    public void Whatever_happened_is_what_is_read()
    {
        for (int round = 0; round < LongTests.Times(60, 5_000); round++)
        {
            int seed = unchecked((TestSeed.Value * 397) ^ round);
            if (Check(seed, Length) is null)
                continue;
            int shortest = Enumerable.Range(1, Length).First(length => Check(seed, length) is not null);
            Assert.Fail($"Seed {TestSeed.Value}, round {round}, after {shortest} steps: {Check(seed, shortest)}");
        }
    }

    /// <returns>What differs, or <see langword="null"/>.</returns>
    private static string? Check(int seed, int length)
    {
        using var history = new History(seed);
        try
        {
            for (int step = 0; step < length; step++)
                history.Step();
            return history.Compare();
        }
        catch (Exception e)
        {
            return e.ToString();
        }
    }

    private enum Outcome
    {
        Open,
        Ok,
        Failed,
    }

    private sealed record Call(long Span, uint Session, long Parent, string Argument)
    {
        public Outcome Outcome { get; set; }
    }

    private sealed class History : IDisposable
    {
        private const uint Site = 7;

        private readonly Random _random;
        private readonly TestLog _log = new(static options => options with
        {
            FirstSegmentBytes = 16 * TestLog.Unit,
            SegmentBytes = 16 * TestLog.Unit,
            MinSegmentBytes = 16 * TestLog.Unit,
            Tick = TimeSpan.FromMilliseconds(1),
        });
        private readonly List<LogThread> _threads = [];
        private readonly List<Call> _calls = [];
        private readonly Dictionary<uint, Guid> _open = [];
        private readonly Dictionary<uint, Guid> _sessions = [];
        private readonly HashSet<uint> _ended = [];
        private LogThread _thread;
        private int _number;

        public History(int seed)
        {
            _random = new Random(seed);
            _thread = NextThread();
            DefineSite();
            StartSession();
        }

        public void Step()
        {
            // A rotation that finds no segment ready loses what it was for, which is not what is tried here.
            _log.AwaitSpare();
            switch (_random.Next(20))
            {
                case < 6: Start($"call {_number++}"); break;
                case < 11: End(Outcome.Ok); break;
                case 11: End(Outcome.Failed); break;
                case 12: Start(new string('b', _random.Next(40_000))); break;
                case 13: StartSession(); break;
                case 14: EndSession(); break;
                case 15: FillSegment(); break;
                case 16 or 17: _thread = _random.Next(2) == 0 ? NextThread() : _threads[_random.Next(_threads.Count)]; break;
                case 18: FromThreadThatDies(); break;
                default:
                    if (Compare() is { } difference)
                        throw new InvalidOperationException(difference);
                    break;
            }
        }

        public string? Compare()
        {
            var reader = EventLogReader.Open(_log.Root);
            IReadOnlyList<AgentEvent> events = reader.ReadEvents();
            if (reader.DamagedFrames != 0)
                return $"{reader.DamagedFrames} frames are damaged.";
            string expected = Describe(_calls.Select(call => (
                EventIds.Create(_log.Writer.Key, call.Span),
                _sessions[call.Session],
                call.Parent == 0 ? (Guid?)null : EventIds.Create(_log.Writer.Key, call.Parent),
                call.Outcome switch { Outcome.Open => EventStatus.Incomplete, Outcome.Ok => EventStatus.Ok, _ => EventStatus.Error },
                call.Argument)));
            string actual = Describe(events.OfType<ToolEvent>().Select(static e => (e.Id, e.SessionId, e.ParentId, e.Status, e.Params[0].Value.AsText()!)));
            if (actual != expected)
                return $"Expected calls:\n{expected}\nread:\n{actual}";
            Guid[] ended = [.. events.OfType<SessionEndEvent>().Select(static e => e.SessionId).Order()];
            if (!ended.SequenceEqual(_ended.Select(number => _sessions[number]).Order()))
                return $"{_ended.Count} sessions ended, {ended.Length} were read as ended.";
            return events.OfType<SessionStartEvent>().Count() == _sessions.Count ? null : "Sessions are missing.";
        }

        public void Dispose() => _log.Dispose();

        private static string Describe(IEnumerable<(Guid Id, Guid Session, Guid? Parent, EventStatus Status, string Argument)> calls)
        {
            var text = new StringBuilder();
            foreach (var call in calls.OrderBy(static c => c.Id))
                text.AppendLine($"{call.Id} in {call.Session} below {call.Parent}: {call.Status}, {call.Argument.Length} x {call.Argument[..Math.Min(12, call.Argument.Length)]}");
            return text.ToString();
        }

        private LogThread NextThread()
        {
            var thread = new LogThread(_log.Writer);
            _threads.Add(thread);
            return thread;
        }

        private void DefineSite() => _log.Writer.Definitions.Add(FrameType.Site, Site, Encoded.Payload(static payload =>
        {
            payload.Write((long)EventKind.Tool);
            foreach (string fact in (string[])["tool", "project", "method", "file"])
                payload.Write(fact);
            payload.Write(1L);
            payload.Tag(PayloadTag.Null);
            payload.Tag(PayloadTag.Null);
            payload.Write(0L);
            payload.Tag(PayloadTag.Array);
            payload.Write("argument");
            payload.Tag(PayloadTag.Close);
        }));

        private void StartSession()
        {
            uint number = (uint)_sessions.Count + 1;
            _sessions.Add(number, new Guid((int)number, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
            _open.Add(number, _sessions[number]);
            _log.DefineSession(number, _sessions[number]);
        }

        private void EndSession()
        {
            if (_open.Count < 2)
                return;
            uint number = _open.Keys.ElementAt(_random.Next(_open.Count));
            _open.Remove(number);
            _ended.Add(number);
            _log.Writer.Definitions.RemoveSession(number);
            byte[] payload = Encoded.Payload(static p => p.Write(DateTimeOffset.UtcNow));
            _log.Writer.Definitions.Append(FrameType.SessionEnd, number, payload, System.Diagnostics.Stopwatch.GetTimestamp());
        }

        private void Start(string argument) => Start(_thread, argument);

        private void Start(LogThread thread, string argument)
        {
            uint session = _open.Keys.ElementAt(_random.Next(_open.Count));
            Call[] around = [.. _calls.Where(call => call.Session == session && call.Outcome == Outcome.Open)];
            long parent = around.Length == 0 ? 0 : around[_random.Next(around.Length)].Span;
            long span = thread.Write(FrameType.CallStart, 0, Site | ((ulong)session << 32), (ulong)parent, Encoded.Payload(p => p.Write(argument)));
            if (span == 0)
                throw new InvalidOperationException("A call was lost.");
            _calls.Add(new Call(span, session, parent, argument));
        }

        private void End(Outcome outcome)
        {
            Call[] open = [.. _calls.Where(static call => call.Outcome == Outcome.Open)];
            if (open.Length == 0)
                return;
            Call call = open[_random.Next(open.Length)];
            byte flags = outcome == Outcome.Ok ? FrameFlags.Ok : FrameFlags.Faulted;
            if (_thread.Write(FrameType.CallEnd, flags, (ulong)call.Span, 0, Encoded.Payload(static p => p.Write(1L))) == 0)
                throw new InvalidOperationException("An end was lost.");
            call.Outcome = outcome;
        }

        private void FillSegment()
        {
            int number = _log.Writer.Current.Number;
            while (_log.Writer.Current.Number == number)
                Start(new string('f', 30_000));
        }

        private void FromThreadThatDies()
        {
            Exception? failure = null;
            var thread = new Thread(() => failure = Record.Exception(() => Start(new LogThread(_log.Writer), "last words")));
            thread.Start();
            thread.Join();
            if (failure is not null)
                throw failure;
        }
    }
}
