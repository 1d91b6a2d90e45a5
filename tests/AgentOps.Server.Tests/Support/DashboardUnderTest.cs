using System.Net;
using System.Text.Json;
using AgentOps.Server.Store;
using Microsoft.Extensions.DependencyInjection;

namespace AgentOps.Server.Tests.Support;

/// <summary>A whole dashboard on a free port, over logs that real processes recorded.</summary>
internal sealed class DashboardUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder;
    private readonly HttpClientHandler _handler = new() { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };

    private DashboardUnderTest(TemporaryFolder folder, Dashboard dashboard)
    {
        _folder = folder;
        Dashboard = dashboard;
        Browser = new HttpClient(_handler) { BaseAddress = dashboard.Address, Timeout = s_patience };
        Stranger = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = dashboard.Address, Timeout = s_patience };
    }

    public Dashboard Dashboard { get; }

    /// <summary>A client that has signed in.</summary>
    public HttpClient Browser { get; }

    /// <summary>One that has not.</summary>
    public HttpClient Stranger { get; }

    public IEventStore Store => Dashboard.Services.GetRequiredService<IEventStore>();

    public string Logs => _folder.Combine("logs");

    public static async Task<DashboardUnderTest> StartAsync(bool isDemo = false, TimeProvider? time = null)
    {
        var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Combine("logs"));
        Dashboard dashboard = await Dashboard.StartAsync(
            new DashboardOptions { DataFile = folder.Combine("data/agentops.db"), LogFolder = isDemo ? null : folder.Combine("logs"), Port = 0, IsDemo = isDemo }, time);
        var test = new DashboardUnderTest(folder, dashboard);
        using HttpResponseMessage signedIn = await test.Browser.GetAsync(dashboard.SignInAddress());
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        return test;
    }

    /// <summary>Waits until the store holds what a test has recorded.</summary>
    public async Task WaitForAsync(Func<IEventStore, Task<bool>> isThere)
    {
        using var patience = new CancellationTokenSource(s_patience);
        Live.ChangeSignal changes = Dashboard.Services.GetRequiredService<Live.ChangeSignal>();
        long seen = changes.Version;
        while (!await isThere(Store))
            seen = await changes.WaitAsync(seen, patience.Token);
    }

    public async Task<JsonElement> JsonAsync(string address)
    {
        using HttpResponseMessage answer = await Browser.GetAsync(address);
        using JsonDocument document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return document.RootElement.Clone();
    }

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        Stranger.Dispose();
        await Dashboard.DisposeAsync();
        _folder.Dispose();
    }
}
