using AgentOps.Server.Tests.Browser;
using AgentOps.Server.Tests.Support;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(SystemBrowser))]

namespace AgentOps.Server.Tests.Browser;

/// <summary>The system's Chromium, started once for all tests.</summary>
public sealed class SystemBrowser : IAsyncLifetime
{
    private static readonly string[] s_names = ["chromium", "chromium-browser", "google-chrome", "chrome"];

    private readonly SemaphoreSlim _turn = new(1, 1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A window of its own, signed in to a dashboard. Whatever goes wrong in the page fails the test.</summary>
    internal async Task<BrowserWindow> OpenAsync(DashboardUnderTest test, string path = "/", int width = 1440, int height = 900, bool isDark = false)
    {
        IBrowser browser = await BrowserAsync();
        IBrowserContext context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light,
            DeviceScaleFactor = 1,
        });
        var window = new BrowserWindow(context, await context.NewPageAsync());
        await window.Page.GotoAsync(test.Dashboard.SignInAddress(path).ToString());
        return window;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        _turn.Dispose();
    }

    private async Task<IBrowser> BrowserAsync()
    {
        await _turn.WaitAsync();
        try
        {
            _playwright ??= await Playwright.CreateAsync();
            return _browser ??= await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = Find(),
                Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars"],
            });
        }
        finally
        {
            _turn.Release();
        }
    }

    private static string Find() =>
        Environment.GetEnvironmentVariable("AGENTOPS_BROWSER") is { Length: > 0 } named ? named
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).SelectMany(static folder => s_names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("There is no Chromium. Install the system's package (test.cs does), or name one with AGENTOPS_BROWSER.");
}

/// <summary>A window of the browser.</summary>
internal sealed class BrowserWindow : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _problems = [];

    public BrowserWindow(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                _problems.Add(message.Text);
        };
        page.PageError += (_, error) => _problems.Add(error);
        page.Dialog += (_, dialog) =>
        {
            _problems.Add($"A dialog opened: {dialog.Message}");
            dialog.DismissAsync();
        };
    }

    public IPage Page { get; }

    /// <summary>Errors of scripts, refusals of the policy and dialogs.</summary>
    public IReadOnlyList<string> Problems => _problems;

    public Task<string> TextAsync(string id) => Page.Locator($"#{id}").InnerTextAsync();

    /// <summary>Whether anything sticks out to the right of the page.</summary>
    public Task<bool> IsTooWideAsync() => Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > window.innerWidth + 1");

    /// <summary>Keeps a picture where <c>AGENTOPS_SCREENSHOTS</c> names a folder.</summary>
    public async Task KeepPictureAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("AGENTOPS_SCREENSHOTS") is { Length: > 0 } folder)
            await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png") });
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
