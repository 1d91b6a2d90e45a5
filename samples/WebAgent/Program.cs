using WebAgent;

bool isOnce = args.Contains("--once");
WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = [.. args.Where(static a => a != "--once")], ContentRootPath = AppContext.BaseDirectory });
if (isOnce)
    builder.WebHost.UseUrls("http://127.0.0.1:0");

builder.Services.AddAgentOps(builder.Configuration.GetSection("AgentOps"));
builder.Services.AddHealthChecks().AddAgentOps();
builder.Logging.AddAgentOps().AddAgentOpsScopes();
builder.Services.AddSingleton<TravelAgent>();

WebApplication app = builder.Build();
app.UseRouting();
app.UseAgentOpsSessions(static o =>
{
    o.ExcludedPaths.Add("/health");
    o.RouteValueTags.Add("city");
    o.ResponseHeader = "X-AgentOps-Session";
});
app.MapHealthChecks("/health");
app.MapGet("/trips/{city}", static (string city, TravelAgent agent) => agent.PlanAsync(city));

if (!isOnce)
{
    await app.RunAsync();
    return 0;
}
await app.StartAsync();
bool isShown = await Tour.RunAsync(app.Urls.Single());
await app.StopAsync();
return isShown ? 0 : 1;
