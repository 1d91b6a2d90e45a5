using AgentOps.Generators.Diagnostics;
using AgentOps.TestSupport;
using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Tests;

/// <summary>The rules on what is captured: what each reports and where, and what it leaves alone.</summary>
public sealed class CaptureRuleTests
{
    [Fact]
    public Task Secret_by_its_name_is_reported_where_it_is_declared() => AnalyzerVerifier.VerifyAsync<CaptureAnalyzer>(
        RuleIds.SecretByName,
        """
        public sealed record Login(string User, string [|Password|]) { public Inner? More { get; init; } public string TokenType => ""; }
        public struct Inner { public string [|apiKey|]; [Redact] public string Secret; [Redact(Redaction.None)] public string Pwd; }
        public sealed record Unused(string Password);
        public static class Tools
        {
            [RecordTool] public static string [|GetToken|](string [|password|], List<Login> logins, int token, out string [|secret|]) { secret = ""; return ""; }
            [RecordTool] [return: Redact] public static string GetSecret([Redact] string password, [Redact(Redaction.None)] string apiKey, Login again) => "";
            [RecordTool(Capture = Capture.None)] public static string GetPassword(string password) => "";
            public static string NotRecorded(string password) => "";
        }
        """);

    [Fact]
    public Task Secret_is_reported_at_the_interface_that_is_marked_and_not_at_what_implements_it() => AnalyzerVerifier.VerifyAsync<CaptureAnalyzer>(
        RuleIds.SecretByName,
        """
        public interface IVault { [RecordTool] void Open(string [|password|]); }
        public sealed class Vault : IVault { public void Open(string password) { } }
        """);

    [Fact]
    public async Task Message_says_how_to_state_the_intention()
    {
        var reported = await AnalyzerVerifier.AnalyzeAsync<CaptureAnalyzer>(GeneratedProgram.Compile(("/project/Program.cs",
            "public static class Tools { [RecordTool] public static string GetToken(string password) => password; }")));

        Assert.Equal(
            [
                "'password' is named like a secret and so kept out of the record; say [Redact] if it is one, or [Redact(Redaction.None)] to have it recorded",
                "What 'GetToken' returns is named like a secret and so kept out of the record; say [return: Redact] if it is one, or [return: Redact(Redaction.None)] to have it recorded",
            ],
            reported.Select(static d => d.GetMessage(System.Globalization.CultureInfo.InvariantCulture)).Order(StringComparer.Ordinal));
        Assert.All(reported, static d => Assert.Equal(DiagnosticSeverity.Info, d.Severity));
    }

    [Fact]
    public Task Value_of_which_only_the_type_is_recorded_is_reported() => AnalyzerVerifier.VerifyAsync<CaptureAnalyzer>(
        RuleIds.NamedOnly,
        """
        public ref struct Window { public int Width; }
        public sealed class Fields { public int Left; }
        public sealed class Marker;
        public sealed class Good { public int Left { get; set; } }
        public static class Tools
        {
            [RecordTool] public static System.Text.RegularExpressions.Regex [|Take|](Window [|window|], Fields [|fields|], System.Numerics.Complex? [|number|], List<Fields> [|many|]) => null!;
            [RecordTool] public static Exception? Fine(
                object o, Marker marker, Good good, IComparable c, IEnumerable<int> lazy, Exception e, CancellationToken stop, System.IO.Stream stream, Action done, Span<int> span,
                Task task, System.Net.Http.HttpClient client, [Redact] Fields secret, System.Text.Json.Nodes.JsonNode node, int[,] block, Uri uri, Type type, IQueryable<int> query) => e;
            [RecordTool(Capture = Capture.Result)] public static void NotCaptured(Fields fields) { }
        }
        """);

    [Fact]
    public Task Values_of_attributes_that_mean_nothing_are_reported() => AnalyzerVerifier.VerifyAsync<CaptureAnalyzer>(
        RuleIds.InvalidCaptureValue,
        """
        public static class Tools
        {
            [[|RecordTool(Capture = (Capture)9)|]] public static void Bad([[|Redact((Redaction)7)|]] int n) { }
            [RecordTool(Capture = Capture.None)] public static void Good([Redact(Redaction.Mask)] int n) { }
        }
        [[|Redact((Redaction)(-1))|]] public sealed class Odd { [[|Redact((Redaction)4)|]] public int Value { get; set; } }
        """);

    [Theory]
    [InlineData("Everything", true)]
    [InlineData("3", true)]
    [InlineData("None", false)]
    [InlineData(" all ", false)]
    [InlineData("", false)]
    public async Task Value_of_the_project_property_that_means_nothing_is_reported(string value, bool isReported)
    {
        var reported = await AnalyzerVerifier.AnalyzeAsync<CaptureAnalyzer>(
            GeneratedProgram.Compile(("/project/Program.cs", "public static class Program;")), new Dictionary<string, string> { ["AgentOpsCapture"] = value });

        Assert.Equal(isReported ? [RuleIds.InvalidCaptureValue] : [], reported.Select(static d => d.Id));
        Assert.All(reported, d => Assert.Contains($"'{value}' is no value of AgentOpsCapture", d.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));
    }
}
