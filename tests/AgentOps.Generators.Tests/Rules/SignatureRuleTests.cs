using AgentOps.Generators.Diagnostics;
using AgentOps.TestSupport;

namespace AgentOps.Generators.Tests.Rules;

/// <summary>AOPS0112 and AOPS0304: names that are called everywhere, and parameters that are set when nobody looks any more.</summary>
public sealed class SignatureRuleTests
{
    [Fact]
    public Task Name_that_many_calls_have_is_reported_where_it_was_chosen() => AnalyzerVerifier.VerifyAllAsync(
        RuleIds.CommonName,
        """
        public interface ICart { [RecordAction] void [|Add|](int item); [RecordAction] void AddItem(int item); }
        public sealed class Cart : ICart { public void Add(int item) { } public void AddItem(int item) { } public void Remove(int item) { } }
        public sealed class Search
        {
            [RecordTool] public static string [|Get|](string key) => key;
            [RecordTool] public override string ToString() => "";
            [RecordTool] public string Run() => "";
            [RecordTool] public string [|Format|]<T>(T value) => "";
        }
        public sealed class Owner : IDisposable { [RecordAction] public void Dispose() { } }
        """);

    [Fact]
    public Task Parameter_that_is_set_by_a_call_that_ends_later_is_reported() => AnalyzerVerifier.VerifyAllAsync(
        RuleIds.OutputNotCaptured,
        """
        public static class Tools
        {
            [RecordTool] public static Task<bool> Try(string key, out int [|value|], ref string [|text|]) { value = 1; return Task.FromResult(true); }
            [RecordTool] public static ValueTask Later(out int [|value|]) { value = 1; return default; }
            [RecordTool] public static IAsyncEnumerable<int> Stream(out int [|count|]) { count = 1; return null!; }
        }
        """);

    [Fact]
    public Task Parameters_that_are_captured_or_not_meant_to_be_are_left_alone() => AnalyzerVerifier.VerifyAllAsync(
        RuleIds.OutputNotCaptured,
        """
        public static class Tools
        {
            [RecordTool] public static bool Now(string key, out int value, ref string text) { value = 1; return true; }
            [RecordTool] public static void Nothing(out int value) { value = 1; }
            [RecordTool] public static Task ByValue(int value, in int other) => Task.CompletedTask;
            [RecordTool] public static Task Secret([Redact] out string value) { value = ""; return Task.CompletedTask; }
            [RecordTool] public static Task Machinery(out CancellationToken stop) { stop = default; return Task.CompletedTask; }
            [RecordTool(Capture = Capture.Arguments)] public static Task OnlyArguments(out int value) { value = 1; return Task.CompletedTask; }
            public static Task NotRecorded(out int value) { value = 1; return Task.CompletedTask; }
        }
        """);

    [Fact]
    public Task Project_that_captures_no_results_has_no_parameters_to_miss() => AnalyzerVerifier.VerifyAllAsync(
        RuleIds.OutputNotCaptured,
        "public static class Tools { [RecordTool] public static Task Later(out int value) { value = 1; return Task.CompletedTask; } }",
        new Dictionary<string, string> { ["AgentOpsCapture"] = "Arguments" });
}
