using AgentOps.Server.Store;
using AgentOps.Server.Watching;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AgentOps.Server.Pages;

/// <summary>Which address shows what: a page is what its address says, of what the store has now.</summary>
internal static class PageRoutes
{
    public static void MapPages(this WebApplication application)
    {
        application.MapGet("/", static async (HttpContext context, IEventStore store, WatchHealth watch, TimeProvider time) =>
        {
            ViewState view = ViewState.Of(context, time);
            return Page<OverviewPage>(await ShellAsync(context, view, store, watch), await OverviewModel.LoadAsync(view, store));
        });
        application.MapGet("/sessions", static async (HttpContext context, IEventStore store, WatchHealth watch, TimeProvider time) =>
        {
            ViewState view = ViewState.Of(context, time);
            return Page<SessionsPage>(await ShellAsync(context, view, store, watch), await SessionsModel.LoadAsync(view, store));
        });
        application.MapGet("/sessions/{id}", static async (string id, HttpContext context, IEventStore store, WatchHealth watch, TimeProvider time) =>
        {
            ViewState view = ViewState.Of(context, time);
            ShellModel shell = await ShellAsync(context, view, store, watch);
            return Guid.TryParse(id, out Guid session) && await SessionModel.LoadAsync(view, store, session) is { } model
                ? Page<SessionDetailPage>(shell, model)
                : NotFound(context, shell, "There is no such session", "It was erased, has expired, or was never recorded here.");
        });
        application.MapGet("/errors", static async (HttpContext context, IEventStore store, WatchHealth watch, TimeProvider time) =>
        {
            ViewState view = ViewState.Of(context, time);
            return Page<ErrorsPage>(await ShellAsync(context, view, store, watch), await ErrorsModel.LoadAsync(view, store));
        });
        application.MapGet("/performance", static async (HttpContext context, IEventStore store, WatchHealth watch, TimeProvider time) =>
        {
            ViewState view = ViewState.Of(context, time);
            return Page<PerformancePage>(await ShellAsync(context, view, store, watch), await PerformanceModel.LoadAsync(view, store));
        });
        application.MapFallback(static async (HttpContext context, IEventStore store, WatchHealth watch, TimeProvider time) =>
        {
            ViewState view = ViewState.Of(context, time);
            return NotFound(context, await ShellAsync(context, view, store, watch), "There is no such page", "The address leads nowhere.");
        });
    }

    private static Task<ShellModel> ShellAsync(HttpContext context, ViewState view, IEventStore store, WatchHealth watch) => ShellModel.LoadAsync(view, store, watch, context.Request.Host.ToString());

    private static RazorComponentResult Page<TPage>(ShellModel shell, object model)
        where TPage : IComponent => new(typeof(TPage), new Dictionary<string, object?> { ["Shell"] = shell, ["Model"] = model });

    private static RazorComponentResult NotFound(HttpContext context, ShellModel shell, string what, string why)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return new RazorComponentResult(typeof(NotFoundPage), new Dictionary<string, object?> { ["Shell"] = shell, ["What"] = what, ["Why"] = why }) { StatusCode = StatusCodes.Status404NotFound };
    }
}
