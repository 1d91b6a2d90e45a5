using System.Security.Cryptography;
using System.Text.Json;
using AgentOps.Metrics;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Metrics;

/// <summary>Reading the numbers changes none, and writes nothing.</summary>
[Collection(RunsAlone.Name)]
public sealed class PureReadTests
{
    [Fact]
    public void Two_reads_are_equal_and_leave_every_byte_of_the_log_as_it_is()
    {
        using var session = Session.Start();
        session.AddToMetric("n", 1);
        Guid outer = session.RecordLlm(new LlmRecord { Model = "m", PromptTokens = 4, CompletionTokens = 2, Cost = 1 });
        session.RecordLlm(new LlmRecord { Model = "m", PromptTokens = 3, CompletionTokens = 2, ParentId = outer });
        session.RecordTool(new ToolRecord("t"));
        string before = Digest();

        string first = Text(session.GetAnalytics());
        string second = Text(session.GetAnalytics());

        Assert.Equal(first, second);
        Assert.Contains("\"InputTokens\":3", first, StringComparison.Ordinal);
        Assert.Equal(before, Digest());
    }

    /// <summary>The events of the call tree refer to their log, which is no number.</summary>
    private static string Text(SessionAnalytics analytics) => JsonSerializer.Serialize(analytics with { CallTree = [] });

    private static string Digest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string file in Directory.GetFiles(RecorderHealth.Current.LogDirectory!, "*.seg").Order(StringComparer.Ordinal))
        {
            using var segment = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            hash.AppendData(SHA256.HashData(segment));
        }
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
