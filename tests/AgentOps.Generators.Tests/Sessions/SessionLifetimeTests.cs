using System.Globalization;
using AgentOps.Generators.Diagnostics.Sessions;
using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Tests.Sessions;

/// <summary>Sessions that are forgotten, left open, ended twice, used too late, or pile up.</summary>
public sealed class SessionLifetimeTests
{
    [Fact]
    public Task Session_that_is_kept_nowhere_is_reported() => Verify(
        """
        {|AOPS0503:Session.Start()|};
        {|AOPS0503:Session.Start(new SessionOptions { Name = "n" })|};
        _ = {|AOPS0503:Session.Resume(id)|};
        {|AOPS0503:Session.Start()|}.AddTags("t");
        var name = {|AOPS0503:AgentOps.Session.Start()|}.Name;
        _ = flag ? {|AOPS0503:Session.Start()|} : {|AOPS0503:Session.Resume(id)|};
        Action a = () => { {|AOPS0503:Session.Start()|}; Work(); };
        Session.Start().Dispose();
        Session.Start().End(EndState.Success);
        Session.Start()?.Dispose();
        Take(Session.Start());
        """);

    [Fact]
    public Task Session_that_is_kept_nowhere_is_known_by_any_name() => SessionPrograms.VerifyLifetimeAsync(
        """
        using Run = AgentOps.Session;
        using static AgentOps.Session;
        class C { void A() { {|AOPS0503:Run.Start()|}; } void B() { {|AOPS0503:Start()|}; } void D() { Other.Start(); } }
        static class Other { public static Session Start() => null!; }
        """);

    [Fact]
    public async Task Message_names_the_call_to_keep() => Assert.Contains(
        "'using var session = Session.Resume(…);'",
        Assert.Single(await SessionPrograms.AnalyzeAsync<SessionLifetimeAnalyzer>("class C { void M(Guid id) => Session.Resume(id); }")).GetMessage(CultureInfo.InvariantCulture),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("var session = {|AOPS0504:Session.Start()|}; Work();")]
    [InlineData("var session = {|AOPS0504:Session.Start()|}; if (flag) return; session.End();")]
    [InlineData("var session = {|AOPS0504:Session.Start()|}; if (flag) session.End(EndState.Success);")]
    [InlineData("var session = {|AOPS0504:Session.Start()|}; try { Work(); session.End(EndState.Success); } catch (Exception e) { Console.WriteLine(e); }")]
    [InlineData("Session session; session = {|AOPS0504:Session.Start()|}; switch (id.Version) { case 1: session.Dispose(); break; case 2: break; default: session.End(); break; }")]
    [InlineData("Session? session = null; if (flag) session = {|AOPS0504:Session.Start()|}; Work(); if (id.Version == 3) session?.End();")]
    [InlineData("foreach (char c in \"ab\") { var session = {|AOPS0504:Session.Start()|}; if (c == 'a') continue; session.End(); }")]
    [InlineData("void Local() { var session = {|AOPS0504:Session.Start()|}; Work(); } Local();")]
    [InlineData("Action a = () => { var session = {|AOPS0504:Session.Start()|}; Work(); };")]
    [InlineData("Action a = () => { Action b = () => { var session = {|AOPS0504:Session.Start()|}; session.AddTags(\"t\"); }; };")]
    [InlineData("var session = {|AOPS0504:flag ? Session.Start() : null|};")]
    public Task Session_that_some_path_leaves_open_is_reported(string body) => Verify(body.Replace("{|AOPS0504:flag ? Session.Start() : null|}", "flag ? {|AOPS0504:Session.Start()|} : null", StringComparison.Ordinal));

    [Theory]
    [InlineData("using var session = Session.Start(); if (flag) return; Work();")]
    [InlineData("using (var session = Session.Start()) { if (flag) return; Work(); }")]
    [InlineData("var session = Session.Start(); using (session) { Work(); }")]
    [InlineData("var session = Session.Start(); try { if (flag) return; Work(); } finally { session.Dispose(); }")]
    [InlineData("Session? session = null; try { session = Session.Start(); Work(); } finally { session?.Dispose(); }")]
    [InlineData("Session? session = null; try { session = Session.Start(); Work(); } catch { session?.End(EndState.Fail); return; } session.End();")]
    [InlineData("Session? session = flag ? Session.Start() : null; Work(); if (session != null) session.End();")]
    [InlineData("Session? session = flag ? Session.Start() : null; Work(); if (session is not null) { session.End(); }")]
    [InlineData("var session = Session.Start(); try { Work(); session.End(EndState.Success); } catch { session.End(EndState.Fail); throw; }")]
    [InlineData("var session = Session.Start(); if (flag) { session.End(EndState.Fail); return; } Work(); session.End(EndState.Success);")]
    [InlineData("var session = Session.Start(); if (flag) throw new Exception(); session.End();")]
    [InlineData("var session = Session.Start(); if (flag) Environment.Exit(1); session.End();")]
    [InlineData("var session = Session.Start(); if (flag) { Environment.Exit(1); return; } session.End();")]
    [InlineData("try { var session = Session.Start(); try { Work(); } finally { session.End(); } } catch { return; }")]
    [InlineData("var session = Session.Start(); try { try { Work(); } catch (FormatException) { return; } finally { Work(); } } finally { session.End(); }")]
    [InlineData("if (flag) { try { return; } finally { Work(); } } var session = Session.Start(); try { Work(); } finally { session.End(); }")]
    [InlineData("for (int i = 0; i < 3; i++) { var session = Session.Start(); Work(); session.End(); }")]
    [InlineData("while (true) { var session = Session.Start(); Work(); session.End(); }")]
    [InlineData("Session? session = null; while (session is null) { try { session = Session.Start(); } catch { Work(); } } session.End();")]
    [InlineData("var session = Session.Start(); Take(session);")]
    [InlineData("var session = Session.Start(); Action later = () => session.End();")]
    [InlineData("var session = Session.Start(); var all = new List<Session> { session };")]
    [InlineData("var session = Session.Start(); var other = session; other.End();")]
    [InlineData("var session = Session.Start(); session.GetAnalytics(); session.Dispose();")]
    [InlineData("Session session = flag ? Session.Start() : Session.Resume(id); Work(); session.Dispose();")]
    [InlineData("var session = Session.Start(); Work(); Session.Current!.End();")]
    [InlineData("var session = Session.Start(); Work(); ((IDisposable)session).Dispose();")]
    public Task Session_that_every_path_ends_or_others_may_is_left_alone(string body) => Verify(body);

    [Fact]
    public Task Async_ends_count() => SessionPrograms.VerifyLifetimeAsync(
        """
        class C
        {
            async Task A() { var session = Session.Start(); try { await Task.Yield(); } finally { await session.DisposeAsync(); } }
            async Task B() { await using var session = Session.Start(); await Task.Yield(); }
            async Task D() { var session = Session.Start(); await using (session.ConfigureAwait(false)) await Task.Yield(); }
            async Task E() { var session = {|AOPS0504:Session.Start()|}; await Task.Yield(); }
        }
        """);

    [Theory]
    [InlineData("using var session = Session.Start(); session.End(EndState.Success); session.{|AOPS0505:End|}(EndState.Fail);")]
    [InlineData("var session = Session.Start(); session.Dispose(); session.{|AOPS0505:End|}(EndState.Success);")]
    [InlineData("var session = Session.Start(); using (session) Work(); session.{|AOPS0505:End|}(EndState.Success);")]
    [InlineData("using var session = Session.Start(); if (flag) session.End(EndState.Success); else session.End(EndState.Fail); session.{|AOPS0505:End|}();")]
    [InlineData("var session = Session.Start(); try { Work(); } finally { session.Dispose(); } session?.{|AOPS0505:End|}(EndState.Success);")]
    public Task Session_that_is_ended_twice_is_reported(string body) => Verify(body);

    [Theory]
    [InlineData("using var session = Session.Start(); session.End(EndState.Success);")]
    [InlineData("var session = Session.Start(); session.End(EndState.Success); session.Dispose();")]
    [InlineData("using var session = Session.Start(); if (flag) session.End(EndState.Fail); session.End(EndState.Success);")]
    [InlineData("using var session = Session.Start(); try { Work(); session.End(EndState.Success); } catch { session.End(EndState.Fail); throw; }")]
    [InlineData("using var session = Session.Start(); try { Work(); session.End(EndState.Success); } finally { session.End(EndState.Fail); }")]
    [InlineData("var session = Session.Start(); session.End(); session = Session.Start(); session.End();")]
    [InlineData("while (flag) { using var session = Session.Start(); session.End(); }")]
    public Task End_that_may_be_the_first_is_left_alone(string body) => Verify(body);

    [Theory]
    [InlineData("using var session = Session.Start(); session.End(); session.{|AOPS0506:AddTags|}(\"t\");")]
    [InlineData("using var session = Session.Start(); session.End(); session.{|AOPS0506:RecordTool|}(new ToolRecord(\"t\"));")]
    [InlineData("var session = Session.Start(); using (session) Work(); session.{|AOPS0506:SetMetric|}(\"m\", 1);")]
    [InlineData("var session = Session.Start(); using (session) Work(); session.{|AOPS0506:SetMetric|}(\"m\", flag ? 1 : 2);")]
    [InlineData("var session = Session.Start(); try { Work(); } finally { session.Dispose(); } session?.{|AOPS0506:AddToMetric|}(\"m\", 1);")]
    public Task Session_that_is_changed_after_its_end_is_reported(string body) => Verify(body);

    [Theory]
    [InlineData("using var session = Session.Start(); session.End(); Console.WriteLine(session.GetAnalytics().Counts); Console.WriteLine(session.Id); session.ReadEvents();")]
    [InlineData("using var session = Session.Start(); if (flag) session.End(); session.AddTags(\"t\");")]
    [InlineData("var session = Session.Start(); do { session.AddTags(\"t\"); session.End(); } while (flag);")]
    public Task Session_that_is_read_after_its_end_or_may_be_open_is_left_alone(string body) => Verify(body);

    [Theory]
    [InlineData("foreach (char c in \"ab\") { var session = {|AOPS0508:Session.Start()|}; Work(); }")]
    [InlineData("while (true) { var session = {|AOPS0508:Session.Start()|}; session.AddTags(\"t\"); }")]
    [InlineData("Session? session = null; for (int i = 0; i < 3; i++) { session = {|AOPS0508:Session.Start()|}; Work(); } session?.End();")]
    [InlineData("do { if (flag) { var session = {|AOPS0508:Session.Start()|}; Work(); } } while (flag);")]
    public Task Sessions_that_a_loop_starts_and_never_ends_are_reported(string body) => Verify(body);

    [Theory]
    [InlineData("foreach (char c in \"ab\") { using var session = Session.Start(); Work(); }")]
    [InlineData("var all = new List<Session>(); foreach (char c in \"ab\") { var session = Session.Start(); all.Add(session); }")]
    [InlineData("foreach (char c in \"ab\") all.Add(Session.Start());")]
    [InlineData("foreach (char c in \"ab\") { Action a = () => { using var session = Session.Start(); }; }")]
    public Task Sessions_of_a_loop_that_are_ended_or_passed_on_are_left_alone(string body) => Verify("var all = new List<Session>(); " + body.Replace("var all = new List<Session>();", "", StringComparison.Ordinal));

    [Fact]
    public Task Field_that_nothing_ends_is_reported() => SessionPrograms.VerifyLifetimeAsync(
        """
        class A { private readonly Session _session = {|AOPS0508:Session.Start()|}; void Tag() => _session.AddTags("t"); }
        class B { private Session? _session; void Begin() => _session = {|AOPS0508:Session.Start()|}; void Tag() { if (_session != null) this._session.AddTags("t"); } }
        partial class D { static Session? s_session; static void Begin() => s_session ??= {|AOPS0508:Session.Start()|}; }
        partial class D { static void Tag() => D.s_session?.AddTags("t"); }
        """);

    [Fact]
    public Task Field_that_is_ended_or_handed_out_is_left_alone() => SessionPrograms.VerifyLifetimeAsync(
        """
        sealed class A : IDisposable { private readonly Session _session = Session.Start(); public void Dispose() => _session.Dispose(); }
        sealed class B { private Session? _session; void Begin() => _session = Session.Start(); void Stop() => _session?.End(); }
        partial class D { private Session? _session; void Begin() => _session = Session.Start(); }
        partial class D { void Stop() { this._session!.End(); } }
        class E { private readonly Session _session = Session.Start(); public Session Current => _session; }
        class F { private readonly Session _session = Session.Start(); void Give() => Console.WriteLine(_session); }
        class G { protected readonly Session _session = Session.Start(); }
        class H { public Session Session { get; } = Session.Start(); }
        class I { private Session? _session; void Begin() => _session = Session.Start(); void Stop() { using (_session) { } } }
        class J { private Session? _session; void Begin() => _session = Session.Start(); void Stop() { var ended = _session; _session = null; ended?.End(); } }
        class K { private Session? _session; void Begin() { _session?.Dispose(); _session = Session.Start(); } class Inner { void Stop(K k) => k._session?.End(); } }
        class L { private Session? _session; public Session Begin() => _session = Session.Start(); }
        """);

    [Fact]
    public Task Method_that_says_it_opens_a_session_may_leave_it_open() => SessionPrograms.VerifyLifetimeAsync(
        """
        static class C
        {
            [OpensSession] public static void A() => Session.Start();
            [OpensSession] public static void B() { var session = Session.Start(); session.AddTags("t"); }
        }
        """);

    [Fact]
    public async Task Body_of_any_length_is_followed()
    {
        string branches = string.Join("\n", Enumerable.Range(0, 3_000).Select(static i => $"if (id.Version == {i}) session.AddTags(\"t{i}\"); else Work();"));
        Diagnostic reported = Assert.Single(await SessionPrograms.AnalyzeAsync<SessionLifetimeAnalyzer>(
            Wrapped($"var session = Session.Start(); {branches} if (flag) session.End();")));

        Assert.Equal(SessionRules.SessionNotEnded.Id, reported.Id);
    }

    private static Task Verify(string body) => SessionPrograms.VerifyLifetimeAsync(Wrapped(body));

    private static string Wrapped(string body) => $$"""
        static class Subject
        {
            static void Method(bool flag, Guid id) { {{body}} }
            static void Work() { }
            static void Take(Session session) { }
        }
        """;
}
