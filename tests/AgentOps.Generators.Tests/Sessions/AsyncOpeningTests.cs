using AgentOps.Generators.Diagnostics;
using AgentOps.TestSupport;

namespace AgentOps.Generators.Tests.Sessions;

/// <summary>AOPS0509: methods that say they open a session for their caller, and cannot because they are async.</summary>
public sealed class AsyncOpeningTests
{
    [Theory]
    [InlineData("public static class C { [OpensSession] public static async Task<Session> [|OpenAsync|]() { await Task.Yield(); return Session.Start(); } }")]
    [InlineData("public static class C { [OpensSession] public static async ValueTask [|OpenAsync|](Func<Task<Session>> start) => await start(); }")]
    [InlineData("public abstract class B { [OpensSession] public abstract Task OpenAsync(); } public class C : B { public override async Task [|OpenAsync|]() => await Task.Yield(); }")]
    [InlineData("public static class C { [OpensSession] public static async void [|Open|]() => await Task.Yield(); }")]
    [InlineData("public static partial class C { [OpensSession] public static partial Task OpenAsync(); public static async partial Task [|OpenAsync|]() => await Task.Yield(); }")]
    public Task Async_method_that_is_said_to_open_a_session_is_reported(string markup) => AnalyzerVerifier.VerifyAllAsync(RuleIds.AsyncOpening, markup);

    [Theory]
    [InlineData("public static class C { [OpensSession] public static Session Open() => Session.Start(); }")]
    [InlineData("public static class C { [OpensSession] public static Task OpenAsync(Func<Session, Task> prepare) => prepare(Session.Start()); }")]
    [InlineData("public static class C { [RequiresSession] public static async Task UseAsync() => await Task.Yield(); }")]
    [InlineData("public static class C { public static async Task<int> UseAsync() { using var session = Session.Start(); await Task.Yield(); return 1; } }")]
    public Task All_others_are_left_alone(string markup) => AnalyzerVerifier.VerifyAllAsync(RuleIds.AsyncOpening, markup);

    [Fact]
    public async Task Session_of_an_async_method_is_not_open_in_its_caller()
    {
        GeneratedProgram program = GeneratedProgram.Create(
            """
            public static class Program
            {
                public static async Task<string> Run()
                {
                    using Session awaited = await OpenAsync();
                    bool isOpenAfterAsync = Session.Current is not null;
                    using Session started = Open();
                    return $"{isOpenAfterAsync} {ReferenceEquals(Session.Current, started)}";
                }

                [OpensSession] private static async Task<Session> OpenAsync() { await Task.Yield(); return Session.Start(); }

                [OpensSession] private static Session Open() => Session.Start();
            }
            """);

        Assert.Equal("False True", await program.RunAsync<string>());
    }
}
