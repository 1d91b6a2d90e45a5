using System.Diagnostics;
using AgentOps.Extensions.Hosting.Tests.Support;
using Microsoft.Extensions.Logging;

namespace AgentOps.Extensions.Hosting.Tests.Logging;

public sealed class SessionScopeTests
{
    [Fact]
    public void Every_provider_sees_the_session_and_nothing_outside_one()
    {
        using Loggers loggers = Loggers.Create(static logging => logging.AddAgentOpsScopes());
        ILogger logger = loggers.Of("A");

        Session session = Session.Start();
        logger.LogInformation("in");
        session.End();
        logger.LogInformation("out");

        Assert.Equal([session.Id, null], loggers.Captured.Records.Select(static r => r.Scoped("AgentOps.SessionId")));
    }

    [Fact]
    public void Inside_a_call_of_an_agent_it_sees_the_agent_that_the_event_has()
    {
        using Loggers loggers = Loggers.Create(static logging => logging.AddAgentOpsScopes().AddAgentOps());
        using Session session = Session.Start();

        new Weather(loggers.Of("A")).Answer("Lisbon");

        CapturedRecord record = Assert.Single(loggers.Captured.Records);
        Assert.Equal("forecaster", record.Scoped("AgentOps.AgentName"));
        Assert.Equal(Assert.Single(session.Logs()).Agent?.Id, record.Scoped("AgentOps.AgentId"));
    }

    [Fact]
    public void Other_scopes_and_those_of_activities_are_there_as_before()
    {
        using Loggers loggers = Loggers.Create(static logging => logging.Configure(static o => o.ActivityTrackingOptions = ActivityTrackingOptions.TraceId).AddAgentOpsScopes());
        using Session session = Session.Start();
        using Activity activity = new Activity("work").SetIdFormat(ActivityIdFormat.W3C).Start();
        ILogger logger = loggers.Of("A");

        using (logger.BeginScope(new Dictionary<string, object?> { ["order"] = 17 }))
            logger.LogInformation("in");

        CapturedRecord record = Assert.Single(loggers.Captured.Records);
        Assert.Equal(
            (session.Id, activity.TraceId.ToHexString(), 17),
            (record.Scoped("AgentOps.SessionId"), record.Scoped("TraceId")?.ToString(), record.Scoped("order")));
    }

    [Fact]
    public void The_scope_of_the_session_is_not_kept_in_the_session_itself()
    {
        using Loggers loggers = Loggers.Create(static logging => logging.AddAgentOpsScopes().AddAgentOps());
        using Session session = Session.Start();

        loggers.Of("A").LogInformation("in");

        Assert.Empty(Assert.Single(session.Logs()).Scopes);
    }

    [Fact]
    public void It_reads_as_text_for_loggers_that_write_text()
    {
        using Loggers loggers = Loggers.Create(static logging => logging.AddAgentOpsScopes());
        using Session session = Session.Start();

        loggers.Of("A").LogInformation("in");

        Assert.Equal($"AgentOps.SessionId:{session.Id}", Assert.Single(Assert.Single(loggers.Captured.Records).Scopes)?.ToString());
    }
}
