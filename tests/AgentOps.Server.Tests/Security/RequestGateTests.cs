using System.Net;
using System.Net.Sockets;
using AgentOps.Server.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AgentOps.Server.Tests.Security;

public sealed class RequestGateTests
{
    [Fact]
    public async Task Every_route_refuses_whoever_has_not_signed_in()
    {
        await using DashboardUnderTest test = await DashboardUnderTest.StartAsync();
        string[] routes = [.. RoutesOf(test), "/nowhere", "/api/v1/nothing", "/assets/app.css", "/assets/dashboard.js", "/live"];
        Assert.True(routes.Length > 15);

        foreach (string route in routes)
        {
            foreach (HttpMethod method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete, HttpMethod.Head, HttpMethod.Options])
            {
                using HttpResponseMessage answer = await test.Stranger.SendAsync(new HttpRequestMessage(method, route));
                Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{method} {route} gives {answer.StatusCode}.");
            }
        }
    }

    [Fact]
    public async Task Every_answer_says_what_a_browser_may_do_with_it()
    {
        await using DashboardUnderTest test = await DashboardUnderTest.StartAsync();

        foreach ((HttpClient client, string route) in (IEnumerable<(HttpClient, string)>)[(test.Stranger, "/"), .. RoutesOf(test).Where(static route => route != "/live").Select(route => (test.Browser, route))])
        {
            using HttpResponseMessage answer = await client.GetAsync(route);
            string policy = string.Join(' ', answer.Headers.GetValues("Content-Security-Policy"));
            Assert.Contains("default-src 'none'; script-src 'self'; style-src 'self'", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", string.Join(' ', answer.Headers.GetValues("X-Content-Type-Options")));
        }
    }

    [Fact]
    public async Task A_token_works_once_and_leaves_the_address()
    {
        await using DashboardUnderTest test = await DashboardUnderTest.StartAsync();
        Uri address = test.Dashboard.SignInAddress("/sessions?q=state%3Afail");

        using HttpResponseMessage first = await test.Stranger.GetAsync(address);
        using HttpResponseMessage second = await test.Stranger.GetAsync(address);

        Assert.Equal((HttpStatusCode.Redirect, "/sessions?q=state%3Afail"), (first.StatusCode, first.Headers.Location!.ToString()));
        string cookie = Assert.Single(first.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.Unauthorized, second.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_made_up_token_or_cookie_opens_nothing(string secret)
    {
        await using DashboardUnderTest test = await DashboardUnderTest.StartAsync();

        using HttpResponseMessage byToken = await test.Stranger.GetAsync($"/?token={secret}");
        using HttpResponseMessage byCookie = await test.Stranger.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { { "Cookie", $"agentops-{test.Dashboard.Address.Port}={secret}" } } });

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (byToken.StatusCode, byCookie.StatusCode));
    }

    [Fact]
    public async Task A_redirect_never_leads_elsewhere()
    {
        await using DashboardUnderTest test = await DashboardUnderTest.StartAsync();

        using HttpResponseMessage answer = await test.Browser.GetAsync($"{test.Dashboard.Address.GetLeftPart(UriPartial.Authority)}//evil.example/?token=x");

        Assert.DoesNotContain("evil", answer.Headers.Location?.ToString() ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_name_for_this_machine_is_refused()
    {
        await using DashboardUnderTest test = await DashboardUnderTest.StartAsync();

        using HttpResponseMessage answer = await test.Browser.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { { "Host", $"rebound.example:{test.Dashboard.Address.Port}" } } });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("GET", "cross-site", "no-cors", HttpStatusCode.Forbidden)]
    [InlineData("GET", "same-site", "cors", HttpStatusCode.Forbidden)]
    [InlineData("POST", "cross-site", "navigate", HttpStatusCode.Forbidden)]
    [InlineData("GET", "cross-site", "navigate", HttpStatusCode.OK)]
    [InlineData("GET", "same-origin", "cors", HttpStatusCode.OK)]
    [InlineData("GET", "none", "navigate", HttpStatusCode.OK)]
    public async Task Other_sites_may_link_here_and_no_more(string method, string site, string mode, HttpStatusCode expected)
    {
        await using DashboardUnderTest test = await DashboardUnderTest.StartAsync();
        var request = new HttpRequestMessage(new HttpMethod(method), "/sessions") { Headers = { { "Sec-Fetch-Site", site }, { "Sec-Fetch-Mode", mode }, { "Sec-Fetch-Dest", "document" } } };

        using HttpResponseMessage answer = await test.Browser.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task It_listens_on_the_loopback_address_only()
    {
        await using DashboardUnderTest test = await DashboardUnderTest.StartAsync();

        Assert.Equal("127.0.0.1", test.Dashboard.Address.Host);
        foreach (IPAddress own in (await Dns.GetHostAddressesAsync(Dns.GetHostName())).Where(static address => !IPAddress.IsLoopback(address) && address.AddressFamily == AddressFamily.InterNetwork))
        {
            using var client = new TcpClient();
            await Assert.ThrowsAsync<SocketException>(() => client.ConnectAsync(own, test.Dashboard.Address.Port));
        }
    }

    private static string[] RoutesOf(DashboardUnderTest test) =>
    [
        .. test.Dashboard.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(static endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))
            .Select(static pattern => pattern.Replace("{id}", "01950000-0000-7000-8000-00000000000a", StringComparison.Ordinal).Replace("{name}", "app.css", StringComparison.Ordinal))
            .Select(static pattern => pattern.Contains('{', StringComparison.Ordinal) ? pattern[..pattern.IndexOf('{', StringComparison.Ordinal)] + "x" : pattern)
            .Distinct(StringComparer.Ordinal),
    ];
}
