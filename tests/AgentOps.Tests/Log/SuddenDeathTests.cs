using AgentOps.Events;
using AgentOps.Log;
using AgentOps.TestAgent;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Log;

/// <summary>Processes that die while their threads record: what they acknowledged is in the log, whole.</summary>
public sealed class SuddenDeathTests
{
    private const int Longest = 60;

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public async Task Calls_acknowledged_before_a_kill_are_recovered(int threads)
    {
        var random = new Random(TestSeed.Value);
        for (int round = 0; round < LongTests.Times(10, 250); round++)
        {
            using var death = new Death(threads);
            await death.KillAsync(random.Next(Longest), "record-numbered");
            death.AssertCallsRecovered($"seed {TestSeed.Value}, round {round}");
        }
    }

    [Theory]
    [InlineData(1, SegmentStorage.Mapped)]
    [InlineData(8, SegmentStorage.Mapped)]
    [InlineData(2, SegmentStorage.Written)]
    public async Task Frames_acknowledged_before_a_kill_during_rotations_are_recovered(int threads, object storage)
    {
        var random = new Random(TestSeed.Value + threads);
        int mostSegments = 0;
        for (int round = 0; round < LongTests.Times(7, 170); round++)
        {
            using var death = new Death(threads);
            await death.KillAsync(random.Next(2 * Longest), "write-frames", "262144", storage.ToString()!);
            death.AssertFramesRecovered($"seed {TestSeed.Value}, round {round}");
            mostSegments = Math.Max(mostSegments, death.Segments);
        }
        Assert.True(mostSegments > 2, $"No process lived through a rotation: {mostSegments} segments at most.");
    }

    [Theory]
    [InlineData("fail-fast")]
    [InlineData("stack-overflow")]
    public async Task Calls_acknowledged_before_a_crash_are_recovered(string end)
    {
        using var death = new Death(threads: 4);
        using AgentProcess agent = death.Start("record-numbered", end);

        Assert.NotEqual(0, await agent.WaitForExitAsync());

        Assert.True(death.Acknowledged.Count >= 500 * 4);
        death.AssertCallsRecovered(end);
    }

    [Fact]
    public async Task Calls_acknowledged_before_a_polite_end_are_recovered()
    {
        using var death = new Death(threads: 4);
        using AgentProcess agent = death.Start("record-numbered");
        Assert.Equal("writing", await agent.ReadLineAsync());

        await agent.TerminateAsync();

        death.AssertCallsRecovered("SIGTERM");
    }

    /// <summary>A process that is to die, and what it acknowledged.</summary>
    private sealed class Death : IDisposable
    {
        private readonly TemporaryFolder _folder = new();
        private readonly int _threads;
        private readonly string _acknowledgements;

        public Death(int threads)
        {
            _threads = threads;
            _acknowledgements = _folder.Combine("acknowledged");
            using FileStream file = File.Create(_acknowledgements);
            file.SetLength((long)threads * NumberedText.PerThread);
        }

        public int Segments => Directory.GetFiles(_folder.Combine("logs"), "*.seg", SearchOption.AllDirectories).Length;

        public HashSet<(int Thread, int Number)> Acknowledged
        {
            get
            {
                byte[] bytes = File.ReadAllBytes(_acknowledgements);
                var set = new HashSet<(int, int)>();
                for (int at = 0; (at = NextSet(bytes, at)) >= 0; at++)
                    set.Add((at / NumberedText.PerThread, at % NumberedText.PerThread));
                return set;
            }
        }

        public AgentProcess Start(string command, params IEnumerable<string> arguments) =>
            AgentProcess.Start(_folder.Combine("logs"), command, [_acknowledgements, $"{_threads}", .. arguments]);

        public async Task KillAsync(int milliseconds, string command, params IEnumerable<string> arguments)
        {
            using AgentProcess agent = Start(command, arguments);
            Assert.Equal("writing", await agent.ReadLineAsync());
            await Task.Delay(milliseconds, TestContext.Current.CancellationToken);
            await agent.KillAsync();
        }

        public void AssertCallsRecovered(string when)
        {
            var reader = EventLogReader.Open(_folder.Combine("logs"));
            var recovered = new HashSet<(int, int)>();
            foreach (ToolEvent call in reader.ReadEvents().OfType<ToolEvent>())
            {
                int thread = (int)call.Params[0].Value.AsInt64()!.Value;
                int number = (int)call.Params[1].Value.AsInt64()!.Value;
                string text = NumberedText.Of(thread, number);
                Assert.True(text == call.Params[2].Value.AsText(), $"The text of {number} of thread {thread} was torn ({when}).");
                Assert.True(call.Returns is null || call.Returns.AsInt64() == text.Length, $"The result of {number} of thread {thread} was torn ({when}).");
                recovered.Add((thread, number));
            }
            AssertRecovered(recovered, reader.DamagedFrames, when);
        }

        public void AssertFramesRecovered(string when)
        {
            LogFrames frames = LogFrames.Below(_folder.Combine("logs"));
            var recovered = new HashSet<(int, int)>();
            foreach (Frame frame in frames.Manual)
            {
                (int thread, int number) = ((int)frame.UInt32At(8), (int)frame.Int64At(16));
                Assert.True(NumberedText.Of(thread, number) == LogFrames.TextOf(frame), $"The text of {number} of thread {thread} was torn ({when}).");
                Assert.True(recovered.Add((thread, number)), $"{number} of thread {thread} was read twice ({when}).");
            }
            AssertRecovered(recovered, frames.Damaged, when);
        }

        public void Dispose() => _folder.Dispose();

        private void AssertRecovered(HashSet<(int, int)> recovered, long damaged, string when)
        {
            HashSet<(int Thread, int Number)> acknowledged = Acknowledged;
            Assert.True(acknowledged.Count >= _threads, $"Nothing was acknowledged ({when}).");
            acknowledged.ExceptWith(recovered);
            Assert.True(acknowledged.Count == 0, $"{acknowledged.Count} acknowledged records are missing, like {acknowledged.FirstOrDefault()} ({when}).");
            Assert.True(damaged == 0, $"{damaged} frames were torn ({when}).");
        }

        private static int NextSet(byte[] bytes, int from)
        {
            int next = bytes.AsSpan(from).IndexOf((byte)1);
            return next < 0 ? -1 : from + next;
        }
    }
}
