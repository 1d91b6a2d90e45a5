using System.Text.Json;
using AgentOps.Metrics;
using AgentOps.Recording;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Metrics;

/// <summary>Reading the numbers changes none, and writes nothing.</summary>
[Collection(RunsAlone.Name)]
public sealed class PureReadTests
{
    [Fact]
    public void Two_reads_are_equal_and_add_nothing_to_the_log()
    {
        using var session = Session.Start();
        session.AddToMetric("n", 1);
        Guid outer = session.RecordLlm(new LlmRecord { Model = "m", PromptTokens = 4, CompletionTokens = 2, Cost = 1 });
        session.RecordLlm(new LlmRecord { Model = "m", PromptTokens = 3, CompletionTokens = 2, ParentId = outer });
        session.RecordTool(new ToolRecord("t"));
        nint before = Place();

        string first = Text(session.GetAnalytics());
        string second = Text(session.GetAnalytics());

        Assert.Equal(first, second);
        Assert.Contains("\"InputTokens\":3", first, StringComparison.Ordinal);
        Assert.Equal(before, Place());
        session.RecordTool(new ToolRecord("t"));
        Assert.NotEqual(before, Place());
    }

    /// <summary>The events of the call tree refer to their log, which is no number.</summary>
    private static string Text(SessionAnalytics analytics) => JsonSerializer.Serialize(analytics with { CallTree = [] });

    /// <summary>Where this thread writes next, whatever it writes. The log's own frames, such as readings of the clock, come from another.</summary>
    private static unsafe nint Place() => (nint)ThreadRecorder.Current.Cursor;
}
