using AgentOps.Log;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Log;

/// <summary>A log through whose life one file operation fails, each in turn, or all from one on until they work again.</summary>
public sealed class FaultInjectionTests
{
    private const int Rotations = 3;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Theory]
    [MemberData(nameof(Faults))]
    public void Whichever_operation_fails_recording_goes_on_and_every_loss_is_counted(FileFault fault, object storage)
    {
        int operations = OperationsOf((SegmentStorage)storage);
        for (int n = 1; n <= operations; n++)
            Run(new FaultyFiles(fault, n), (SegmentStorage)storage, $"{fault} at operation {n} of {operations}, {storage}");
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void When_all_operations_fail_from_one_on_recording_resumes_once_they_work_again(FileFault fault, object storage)
    {
        int operations = OperationsOf((SegmentStorage)storage);
        for (int n = 1; n <= operations; n += LongTests.Times(3, 1))
            RunUntilHealed(new FaultyFiles(fault, n, int.MaxValue), (SegmentStorage)storage, $"{fault} from operation {n} of {operations}, {storage}");
    }

    public static TheoryData<FileFault, object> Faults()
    {
        var data = new TheoryData<FileFault, object>();
        foreach (FileFault fault in Enum.GetValues<FileFault>())
        {
            data.Add(fault, SegmentStorage.Mapped);
            data.Add(fault, SegmentStorage.Written);
        }
        return data;
    }

    private static TestLog Open(FaultyFiles files, SegmentStorage storage) => new(options => options with
    {
        FirstSegmentBytes = 4 * TestLog.Unit,
        SegmentBytes = 4 * TestLog.Unit,
        MinSegmentBytes = 2 * TestLog.Unit,
        MaxBytes = 12 * TestLog.Unit,
        FlushInterval = TimeSpan.FromMilliseconds(1),
        Tick = TimeSpan.FromMilliseconds(1),
        Storage = storage,
        Files = files,
    });

    private static int OperationsOf(SegmentStorage storage)
    {
        var files = new FaultyFiles(FileFault.NoSpace);
        Run(files, storage, "no fault");
        return Math.Min(files.Operations, LongTests.Times(60, 500));
    }

    /// <summary>Opens, writes through rotations and retention, and disposes.</summary>
    private static void Run(FaultyFiles files, SegmentStorage storage, string what)
    {
        using TestLog log = Open(files, storage);
        var recorder = new NumberRecorder(log);

        recorder.RecordUntil(() => log.Writer.Current.Number >= Rotations, what);

        if (log.Writer.Storage == SegmentStorage.Memory)
            Assert.Contains("cannot be written", log.Writer.Problem, StringComparison.Ordinal);
        log.Writer.Dispose();
        recorder.AssertAccounted(what);
    }

    private static void RunUntilHealed(FaultyFiles files, SegmentStorage storage, string what)
    {
        using TestLog log = Open(files, storage);
        var recorder = new NumberRecorder(log);
        recorder.RecordUntil(() => recorder.Lost > 0 || log.Writer.Losses[LossReason.WriteFailed] > 0 || log.Writer.Current.Number >= 2 * Rotations, what);
        if (log.Writer.Storage != SegmentStorage.Memory && recorder.Lost > 0)
        {
            Assert.True(
                SpinWait.SpinUntil(() => log.Writer.Problem is { } problem && problem.Contains("cannot be created", StringComparison.Ordinal), s_patience),
                $"The problem is not named: {what}");
        }
        files.Heal();

        int number = log.Writer.Current.Number;
        recorder.RecordUntil(() => log.Writer.Current.Number >= number + Rotations, what);

        if (log.Writer.Storage != SegmentStorage.Memory)
            Assert.True(SpinWait.SpinUntil(() => log.Writer.Problem is null, s_patience), $"A problem is named still: {what}. {log.Writer.Problem}");
        log.Writer.Dispose();
        recorder.AssertAccounted(what);
    }

    /// <summary>Records numbers one after the other and knows what became of them.</summary>
    private sealed class NumberRecorder(TestLog log)
    {
        private readonly LogThread _thread = new(log.Writer);
        private readonly List<int> _recorded = [];
        private int _number;

        public int Lost { get; private set; }

        public void RecordUntil(Func<bool> done, string what)
        {
            long deadline = Environment.TickCount64 + (long)s_patience.TotalMilliseconds;
            while (!done())
            {
                if (_thread.Write(1, _number, new string('x', 2000)) != 0)
                {
                    _recorded.Add(_number);
                }
                else
                {
                    Lost++;
                    Thread.Sleep(1);
                }
                _number++;
                Assert.True(Environment.TickCount64 < deadline, $"Recording did not go on: {what}. {log.Writer.Problem}");
            }
        }

        /// <summary>What was recorded is there, unless it expired, which is counted; what was not was counted.</summary>
        public void AssertAccounted(string what)
        {
            LossCounters losses = log.Writer.Losses;
            int[] read = [.. log.Read().Manual.Select(static frame => (int)frame.Int64At(16))];
            Assert.True(losses[LossReason.NoSegmentReady] >= Lost, $"{Lost} frames were lost, {losses[LossReason.NoSegmentReady]} counted: {what}");
            Assert.True(read.Distinct().Count() == read.Length, $"A frame was read twice: {what}");
            Assert.Empty(read.Except(_recorded));
            int[] missing = [.. _recorded.Except(read)];
            if (missing.Length == 0)
                return;
            bool isExplained = losses[LossReason.SegmentExpired] > 0 || losses[LossReason.WriteFailed] >= missing.Length;
            Assert.True(isExplained, $"{missing.Length} recorded frames are missing and no loss says so: {what}");
        }
    }
}
