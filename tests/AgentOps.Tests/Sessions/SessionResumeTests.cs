using AgentOps.Events;

namespace AgentOps.Tests.Sessions;

public sealed class SessionResumeTests
{
    [Fact]
    public void A_resumed_session_has_the_id_it_was_given()
    {
        var id = Guid.NewGuid();

        using Session session = Session.Resume(id);

        Assert.Equal(id, session.Id);
        Assert.Same(session, Session.Current);
        Assert.True(Assert.Single(session.ReadEvents().OfType<SessionStartEvent>()).IsResumed);
    }

    [Theory]
    [InlineData("0198c5a2-7b1e-7c3d-9f00-1a2b3c4d5e6f")]
    [InlineData("0198C5A27B1E7C3D9F001A2B3C4D5E6F")]
    [InlineData("{0198c5a2-7b1e-7c3d-9f00-1a2b3c4d5e6f}")]
    [InlineData(" 0198c5a2-7b1e-7c3d-9f00-1a2b3c4d5e6f\n")]
    public void An_id_may_come_as_text(string text)
    {
        using Session session = Session.Resume(text);

        Assert.Equal(Guid.Parse("0198c5a2-7b1e-7c3d-9f00-1a2b3c4d5e6f"), session.Id);
    }

    [Fact]
    public void A_resumed_session_takes_tags_and_metrics()
    {
        using Session session = Session.Resume(Guid.NewGuid(), new SessionOptions { Tags = { "worker" }, Metrics = { ["shard"] = 2 } });

        SessionStartEvent start = Assert.Single(session.ReadEvents().OfType<SessionStartEvent>());
        Assert.Equal(["worker"], start.Tags);
        Assert.Equal(2, start.Metrics["shard"].Number);
    }

    [Theory]
    [InlineData("")]
    [InlineData("session-1")]
    [InlineData("0198c5a2-7b1e-7c3d-9f00")]
    public void Text_that_is_no_uuid_is_refused_by_value_with_an_example(string text)
    {
        var refusal = Assert.Throws<ArgumentException>(() => Session.Resume(text));

        Assert.Contains($"'{text}' is not a session id", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("such as 0198c5a2-", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("id", refusal.ParamName);
    }

    [Fact]
    public void No_text_is_refused()
    {
        var refusal = Assert.Throws<ArgumentNullException>(() => Session.Resume(null!));

        Assert.Equal("id", refusal.ParamName);
    }

    [Fact]
    public void The_empty_id_is_refused_whichever_way_it_comes()
    {
        var asId = Assert.Throws<ArgumentException>(() => Session.Resume(Guid.Empty));
        var asText = Assert.Throws<ArgumentException>(() => Session.Resume(Guid.Empty.ToString()));

        Assert.Contains("The session id is empty. Pass the Id", asId.Message, StringComparison.Ordinal);
        Assert.Equal(asId.Message, asText.Message);
    }
}
