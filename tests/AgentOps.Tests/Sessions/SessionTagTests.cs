using AgentOps.Events;

namespace AgentOps.Tests.Sessions;

public sealed class SessionTagTests
{
    [Fact]
    public void Tags_at_the_start_are_kept_once_in_order()
    {
        using var session = Session.Start(new SessionOptions { Tags = { "b", "a", "b", "B" } });

        Assert.Equal(["b", "a", "B"], session.Tags);
    }

    [Fact]
    public void A_null_tag_at_the_start_is_refused_by_its_index()
    {
        var options = new SessionOptions { Tags = { "fine", null! } };

        var refusal = Assert.Throws<ArgumentException>(() => Session.Start(options));

        Assert.Contains("Tags[1] is null", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("options", refusal.ParamName);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void An_empty_tag_at_the_start_is_refused_by_its_index(string tag)
    {
        var options = new SessionOptions { Tags = { tag } };

        var refusal = Assert.Throws<ArgumentException>(() => Session.Start(options));

        Assert.Contains("Tags[0] is empty", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refused_start_leaves_no_ambient_session()
    {
        Assert.Throws<ArgumentException>(() => Session.Start(new SessionOptions { Tags = { "" } }));

        Assert.Null(Session.Current);
    }

    [Fact]
    public void Added_tags_join_those_that_are_there()
    {
        using var session = Session.Start(new SessionOptions { Tags = { "a" } });

        session.AddTags("b", "a", "c", "b");

        Assert.Equal(["a", "b", "c"], session.Tags);
    }

    [Fact]
    public void Set_tags_replace_those_that_are_there()
    {
        using var session = Session.Start(new SessionOptions { Tags = { "a", "b" } });

        session.SetTags("c", "b", "c");

        Assert.Equal(["c", "b"], session.Tags);
    }

    [Fact]
    public void Setting_no_tags_clears_them()
    {
        using var session = Session.Start(new SessionOptions { Tags = { "a" } });

        session.SetTags();

        Assert.Empty(session.Tags);
    }

    [Fact]
    public void Every_change_is_in_the_log()
    {
        using var session = Session.Start(new SessionOptions { Tags = { "a" } });

        session.AddTags("b");
        session.SetTags("c");

        SessionUpdateEvent[] updates = [.. session.ReadEvents().OfType<SessionUpdateEvent>()];
        Assert.Equal(2, updates.Length);
        Assert.Equal(["a", "b"], updates[0].Tags);
        Assert.Equal(["c"], updates[1].Tags);
        Assert.Equal(["a"], Assert.Single(session.ReadEvents().OfType<SessionStartEvent>()).Tags);
    }

    [Fact]
    public void Tags_added_by_many_threads_are_all_kept()
    {
        using var session = Session.Start();
        string[] tags = [.. Enumerable.Range(0, 200).Select(static i => $"tag {i}")];

        Parallel.ForEach(tags, tag => session.AddTags(tag));

        Assert.Equal(tags.Order(), session.Tags.Order());
        Assert.Equal(tags.Order(), session.ReadEvents().OfType<SessionUpdateEvent>().Last().Tags.Order());
    }
}
