using System.Globalization;
using AgentOps.Generators.Diagnostics.Sessions;
using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Tests.Sessions;

/// <summary>Recorded calls that a program comes to with no session open are reported where it begins, once.</summary>
public sealed class MissingSessionTests
{
    [Fact]
    public Task Call_in_Main_itself_is_reported_at_once() => SessionPrograms.VerifyMissingAsync(
        """
        static class Program
        {
            static void Main() { new Agent().{|AOPS0502:Search|}("a"); new Agent().Search("b"); }
        }
        """);

    [Fact]
    public Task Call_in_top_level_statements_is_reported() => SessionPrograms.VerifyMissingAsync(
        """
        var agent = new Agent();
        Console.WriteLine(await agent.{|AOPS0502:SearchAsync|}("a"));
        """);

    [Fact]
    public Task Call_behind_other_methods_is_reported_at_the_first_of_them() => SessionPrograms.VerifyMissingAsync(
        """
        static class Program
        {
            static async Task Main() { Log(); await {|AOPS0501:Run|}(); await Run(); }
            static Task Run() => Deeper(new Agent());
            static async Task Deeper(Agent agent) => await agent.SearchAsync("q");
            static void Log() { }
        }
        """);

    [Fact]
    public async Task Message_has_the_way_and_where_it_goes_on()
    {
        Diagnostic reported = Assert.Single(await SessionPrograms.AnalyzeAsync<MissingSessionAnalyzer>(
            """
            static class Program
            {
                static void Main() => Run();
                static void Run() => Deeper();
                static void Deeper() => new Agent().Search("q");
            }
            """));

        Assert.Contains("'Search' is called", reported.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Contains("Main > Run > Deeper > Search", reported.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Equal(
            ["Deeper", "Search"],
            reported.AdditionalLocations.Select(static place => place.SourceTree!.GetText().ToString(place.SourceSpan)));
    }

    [Fact]
    public async Task Way_of_any_length_is_found_and_told_in_short()
    {
        string methods = string.Join("\n", Enumerable.Range(0, 3_000).Select(static i => $"static void M{i}() => M{i + 1}();"));
        Diagnostic reported = Assert.Single(await SessionPrograms.AnalyzeAsync<MissingSessionAnalyzer>(
            $$"""static class Program { static void Main() => M0(); {{methods}} static void M3000() => Agent.Roll(); }"""));

        Assert.Contains("Main > M0 > M1 > … > M2998 > M2999 > M3000 > Roll", reported.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public Task Direct_call_and_call_behind_another_are_told_by_one_rule_each() => SessionPrograms.VerifyMissingAsync(
        """
        {|AOPS0501:Run|}();
        Agent.{|AOPS0502:Roll|}();
        static void Run() => Agent.Roll();
        """);

    [Fact]
    public Task Methods_that_call_each_other_are_walked_once() => SessionPrograms.VerifyMissingAsync(
        """
        static class Program
        {
            static void Main() => {|AOPS0501:A|}(3);
            static void A(int n) { if (n > 0) B(n - 1); }
            static void B(int n) { A(n); C(); }
            static void C() { B(0); Agent.Roll(); }
        }
        """);

    [Fact]
    public Task Base_call_and_call_of_a_sealed_class_are_certain() => SessionPrograms.VerifyMissingAsync(
        """
        static class Program { static void Main() => new Derived().{|AOPS0501:Go|}(); }
        class Base { public virtual void Go() => Agent.Roll(); }
        sealed class Derived : Base { public override void Go() => base.Go(); }
        """);

    [Fact]
    public Task Extension_method_and_generic_method_are_followed() => SessionPrograms.VerifyMissingAsync(
        """
        static class Program { static void Main() => new Agent().{|AOPS0501:Twice|}(1); }
        static class Extensions
        {
            public static void Twice<T>(this Agent agent, T t) => Once<T>(agent);
            private static void Once<T>(Agent agent) => agent?.Search("q");
        }
        """);

    [Fact]
    public Task Scope_of_a_session_ends_where_it_says() => SessionPrograms.VerifyMissingAsync(
        """
        using (Session.Start()) Agent.Roll();
        using (var session = Session.Start()) { session.AddTags("t"); Agent.Roll(); }
        { using var inner = Session.Start(); Agent.Roll(); }
        await Session.RunAsync(null, s => Task.FromResult(Agent.Roll()));
        Agent.{|AOPS0502:Roll|}();
        """);

    [Fact]
    public Task Call_before_the_session_is_reported() => SessionPrograms.VerifyMissingAsync(
        """
        {|AOPS0501:Prepare|}();
        await using var session = Session.Start();
        Prepare();
        Agent.Roll();
        static void Prepare() => Agent.Roll();
        """);

    [Fact]
    public Task Only_the_way_without_a_session_is_reported() => SessionPrograms.VerifyMissingAsync(
        """
        static class Program
        {
            static void Main() { Covered(); {|AOPS0501:Uncovered|}(); }
            static void Covered() { using var session = Session.Start(); Work(); }
            static void Uncovered() => Work();
            static void Work() => Agent.Roll();
        }
        """);

    [Fact]
    public Task Method_of_another_file_is_followed() => SessionPrograms.VerifyMissingAsync(
        "static class Program { static void Main() => Other.{|AOPS0501:Run|}(); }",
        ("/project/Other.cs", "static class Other { public static void Run() => Agent.Roll(); }"));

    [Fact]
    public Task Code_that_asks_not_to_be_recorded_is_left_alone() => SessionPrograms.VerifyMissingAsync(
        """
        static class Program
        {
            [DoNotRecord] static void Main() { Agent.Roll(); Run(); }
            static void Run() => Agent.Roll();
        }
        """);

    [Fact]
    public async Task Project_that_is_not_recorded_is_silent() => Assert.Empty(await TestSupport.AnalyzerVerifier.AnalyzeAsync<MissingSessionAnalyzer>(
        SessionPrograms.AsProgram(TestSupport.GeneratedProgram.Compile(("/project/Program.cs", "new Agent().Search(\"q\");"), ("/project/Tools.cs", SessionPrograms.Tools))),
        new Dictionary<string, string> { ["AgentOpsRecording"] = "false" }));
}
