using AgentOps.Log;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Log;

/// <summary>Threads that record while their process ends, after the log was closed.</summary>
public sealed class DisposedLogTests
{
    [Fact]
    public void A_log_disposed_takes_what_threads_still_record_while_there_is_room_and_counts_the_rest()
    {
        using var log = new TestLog();
        var thread = new LogThread(log.Writer);
        thread.WriteSurely(1, 0, "before");
        log.Writer.Dispose();
        int recorded = 1;
        int lost = 0;
        while (lost < 10)
        {
            if (thread.Write(1, recorded, new string('x', 3000)) != 0)
                recorded++;
            else
                lost++;
        }

        LogFrames read = log.Read();

        Assert.True(recorded > 20, "Nothing was recorded after the end.");
        Assert.Equal(Enumerable.Range(0, recorded), read.Manual.Select(static frame => (int)frame.Int64At(16)));
        Assert.Equal(lost, log.Writer.Losses[LossReason.NoSegmentReady]);
    }
}
