using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace ResearchAgent.Tests.Support;

/// <summary>A model endpoint on loopback that answers as the test says.</summary>
internal sealed class FakeEndpoint : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FakeEndpoint(WebApplication application) => _application = application;

    /// <summary>Ends when the first request has come.</summary>
    public Task Asked => _asked.Task;

    /// <summary>Environment variables that send the sample here.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; private set; } = new Dictionary<string, string>();

    public static async Task<FakeEndpoint> StartAsync(RequestDelegate answer)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.Listen(IPAddress.Loopback, port: 0));
        WebApplication application = builder.Build();
        var endpoint = new FakeEndpoint(application);
        application.Run(context =>
        {
            endpoint._asked.TrySetResult();
            return answer(context);
        });
        await application.StartAsync();
        string address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        endpoint.Environment = To(address + "/v1");
        return endpoint;
    }

    public static IReadOnlyDictionary<string, string> To(string baseUrl) => new Dictionary<string, string>
    {
        ["OPENAI_API_KEY"] = "key-of-a-test",
        ["OPENAI_BASE_URL"] = baseUrl,
    };

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _application.StopAsync(now.Token);
        await _application.DisposeAsync();
    }
}
