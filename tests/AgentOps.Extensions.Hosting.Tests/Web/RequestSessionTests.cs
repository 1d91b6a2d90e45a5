using System.Net;
using AgentOps.Events;
using AgentOps.Extensions.Hosting.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AgentOps.Extensions.Hosting.Tests.Web;

/// <summary>A session for each request, by real requests to Kestrel.</summary>
public sealed class RequestSessionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_runs_in_a_session_named_by_its_route_with_its_calls_and_logs_in_it()
    {
        WebApp? served = null;
        await using WebApp app = await WebApp.StartAsync(a => a.MapGet("/weather/{city}", (string city) => new Weather(served!.Logger).Answer(city)));
        served = app;

        Assert.Equal("Lisbon: sunny", await app.Client.GetStringAsync("/weather/Lisbon", Cancellation));

        SessionInfo session = await app.SessionAsync();
        Assert.Equal(("GET /weather/{city}", EndState.Success), (session.Name, session.EndState));
        IReadOnlyList<AgentEvent> events = EventLogReader.Open(TestLogs.Root).ReadEvents(session.Id);
        Assert.Equal(["answer", "look", "Looked at the sky of Lisbon"], events.Where(static e => e is ActionEvent or ToolEvent or LogEvent).Select(static e => e.DisplayName));
        Assert.Equal(session.Id, Assert.Single(app.Log.Records, static r => r.Id.Name == "Looked").Scoped("AgentOps.SessionId"));
    }

    [Fact]
    public async Task Tags_come_from_options_route_values_and_the_request()
    {
        await using WebApp app = await WebApp.StartAsync(static a => a.MapGet("/{tenant}/{id}", static () => "ok"), static o =>
        {
            o.RouteValueTags.Add("tenant");
            o.RouteValueTags.Add("missing");
            o.Configure = static (context, session) => session.Tags.Add("agent:" + context.Request.Headers.UserAgent);
            o.Name = static context => context.Request.Query["as"];
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/acme/17?as=nightly");
        request.Headers.UserAgent.ParseAdd("probe");

        using HttpResponseMessage response = await app.Client.SendAsync(request, Cancellation);

        SessionInfo session = await app.SessionAsync();
        Assert.Equal(["tenant:acme", "agent:probe"], session.Tags.Skip(1));
        Assert.Equal("nightly", session.Name);
    }

    [Theory]
    [InlineData(200, EndState.Success, null)]
    [InlineData(302, EndState.Success, null)]
    [InlineData(404, EndState.Indeterminate, "HTTP 404 Not Found")]
    [InlineData(429, EndState.Indeterminate, "HTTP 429 Too Many Requests")]
    [InlineData(503, EndState.Fail, "HTTP 503 Service Unavailable")]
    [InlineData(599, EndState.Fail, "HTTP 599")]
    public async Task The_status_says_how_it_ended(int status, EndState state, string? reason)
    {
        await using WebApp app = await WebApp.StartAsync(a => a.MapGet("/", (HttpContext context) => context.Response.StatusCode = status));
        using var noRedirect = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });

        using HttpResponseMessage response = await noRedirect.GetAsync(app.Client.BaseAddress, Cancellation);

        SessionInfo session = await app.SessionAsync();
        Assert.Equal((state, reason), (session.EndState, session.Reason));
    }

    [Fact]
    public async Task An_option_may_judge_otherwise_and_what_the_code_says_itself_comes_first()
    {
        await using WebApp app = await WebApp.StartAsync(
            static a =>
            {
                a.MapGet("/judged", static () => "empty");
                a.MapGet("/own", static () => Session.Current!.End(EndState.Fail, "no answer found"));
            },
            static o => o.EndState = static _ => EndState.Indeterminate);

        await app.Client.GetStringAsync("/judged", Cancellation);
        await app.Client.GetStringAsync("/own", Cancellation);

        Assert.Equal([(EndState.Indeterminate, null), (EndState.Fail, "no answer found")], (await app.SessionsAsync(2)).Select(static s => (s.EndState, s.Reason)));
    }

    [Fact]
    public async Task An_exception_passes_through_unchanged_and_fails_the_session()
    {
        Exception? thrown = null;
        Exception? caught = null;
        await using WebApp app = await WebApp.StartAsync(
            a => a.MapGet("/", _ => throw (thrown = new InvalidOperationException("boom"))),
            before: a => a.Use(async (context, next) =>
            {
                try
                {
                    await next(context);
                }
                catch (Exception e)
                {
                    caught = e;
                    context.Response.StatusCode = 500;
                }
            }));

        using HttpResponseMessage response = await app.Client.GetAsync("/", Cancellation);

        SessionInfo session = await app.SessionAsync();
        Assert.Same(thrown, caught);
        Assert.Equal((EndState.Fail, "System.InvalidOperationException: boom"), (session.EndState, session.Reason));
    }

    [Fact]
    public async Task A_pipeline_that_runs_again_for_an_error_stays_one_session()
    {
        await using WebApp app = await WebApp.StartAsync(
            static a =>
            {
                a.MapGet("/", static _ => throw new InvalidOperationException("boom"));
                a.MapGet("/error", static () => "sorry");
            },
            before: static a => a.UseExceptionHandler("/error"));

        using HttpResponseMessage response = await app.Client.GetAsync("/", Cancellation);

        Assert.Equal((HttpStatusCode.InternalServerError, "sorry"), (response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation)));
        Assert.Equal("GET /", (await app.SessionAsync()).Name);
    }

    [Fact]
    public async Task Excluded_paths_and_filtered_requests_run_in_no_session()
    {
        await using WebApp app = await WebApp.StartAsync(
            static a => a.MapGet("/{**path}", static () => Session.Current is null ? "none" : "session"),
            static o =>
            {
                o.ExcludedPaths.Add("/health");
                o.Filter = static context => !context.Request.Query.ContainsKey("quiet");
            });

        Assert.Equal("none", await app.Client.GetStringAsync("/health/live", Cancellation));
        Assert.Equal("session", await app.Client.GetStringAsync("/healthy", Cancellation));
        Assert.Equal("none", await app.Client.GetStringAsync("/other?quiet", Cancellation));
        await app.SessionAsync();
    }

    [Fact]
    public async Task A_request_without_a_route_is_named_by_its_method_alone()
    {
        await using WebApp app = await WebApp.StartAsync(static _ => { });

        using HttpResponseMessage response = await app.Client.DeleteAsync("/secret-path/4711", Cancellation);

        Assert.Equal("DELETE (no route)", (await app.SessionAsync()).Name);
    }

    [Fact]
    public async Task The_response_can_tell_the_session()
    {
        await using WebApp app = await WebApp.StartAsync(static a => a.MapGet("/", static () => "ok"), static o => o.ResponseHeader = "X-Session");

        using HttpResponseMessage response = await app.Client.GetAsync("/", Cancellation);

        Assert.Equal((await app.SessionAsync()).Id.ToString(), Assert.Single(response.Headers.GetValues("X-Session")));
    }

    [Fact]
    public async Task A_tag_of_the_request_that_cannot_be_recorded_does_not_cost_its_answer()
    {
        await using WebApp app = await WebApp.StartAsync(
            static a => a.MapGet("/", static () => Session.Current is null ? "no session" : "session"),
            static o => o.Configure = static (context, session) => session.Tags.Add(context.Request.Query["tag"].ToString()));

        Assert.Equal("no session", await app.Client.GetStringAsync("/", Cancellation));

        Assert.Contains("Tags[1] is empty", Assert.Single(app.Log.Records, static r => r.Id.Name == "SessionNotStarted").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_tag_of_all_sessions_is_refused_when_the_pipeline_is_built()
    {
        var app = new ApplicationBuilder(new ServiceCollection().BuildServiceProvider());

        var error = Assert.Throws<ArgumentException>(() => app.UseAgentOpsSessions(static o => o.Tags.Add(" ")));

        Assert.StartsWith("A tag of UseAgentOpsSessions is empty. A tag needs at least one visible character; leave it out instead.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_requests_at_once_have_each_their_own_session()
    {
        WebApp? served = null;
        await using WebApp app = await WebApp.StartAsync(a => a.MapGet("/weather/{city}", async (string city) =>
        {
            await Task.Yield();
            return new Weather(served!.Logger).Answer(city);
        }));
        served = app;

        await Task.WhenAll(Enumerable.Range(0, 64).Select(i => app.Client.GetStringAsync($"/weather/city{i}", Cancellation)));

        IReadOnlyList<SessionInfo> sessions = await app.SessionsAsync(64);
        ILookup<Guid, AgentEvent> events = EventLogReader.Open(TestLogs.Root).ReadEvents().ToLookup(static e => e.SessionId);
        Assert.Equal(64, sessions.Count);
        Assert.All(sessions, session =>
        {
            string? city = Assert.Single(events[session.Id].OfType<ActionEvent>()).Param("city")?.Trim('"');
            Assert.Equal($"Looked at the sky of {city}", Assert.Single(events[session.Id].OfType<LogEvent>()).Message);
        });
    }
}
