using AgentOps.Events;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Recording;

[Collection(RunsAlone.Name)]
public sealed class LossTests
{
    [Fact]
    public void A_payload_that_was_cut_is_counted()
    {
        using var session = Session.Start();
        long before = Cut();

        session.RecordAction(new ActionRecord("long") { Returns = new string('x', 200_000) });
        session.RecordError(new ErrorRecord { Details = new string('x', 200_000) });

        Assert.Equal(before + 2, Cut());
        Assert.True(Assert.Single(session.ReadEvents().OfType<ActionEvent>()).IsTruncated);
        Assert.True(Assert.Single(session.ReadEvents().OfType<ErrorEvent>()).IsTruncated);

        static long Cut() => RecorderHealth.Current.Losses.GetValueOrDefault("PayloadTruncated");
    }

    [Fact]
    public void What_was_cut_or_refused_does_not_count_as_dropped()
    {
        using var session = Session.Start();
        long before = RecorderHealth.Current.DroppedEvents;

        session.RecordAction(new ActionRecord("long") { Returns = new string('x', 200_000) });
        session.AddTags("");

        Assert.Equal(before, RecorderHealth.Current.DroppedEvents);
    }

    [Fact]
    public void Open_sessions_are_counted_each_once()
    {
        int before = RecorderHealth.Current.OpenSessions;
        var first = Session.Start();
        var second = Session.Start();
        int open = RecorderHealth.Current.OpenSessions;

        first.End();
        first.Dispose();
        second.Dispose();

        Assert.Equal(before + 2, open);
        Assert.Equal(before, RecorderHealth.Current.OpenSessions);
    }

    [Fact]
    public void A_refused_start_is_no_open_session()
    {
        int before = RecorderHealth.Current.OpenSessions;

        Assert.Throws<ArgumentException>(() => Session.Start(new SessionOptions { Tags = { "" } }));

        Assert.Equal(before, RecorderHealth.Current.OpenSessions);
    }
}
