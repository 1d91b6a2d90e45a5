using System.Text.Json;
using System.Text.Json.Serialization;
using AgentOps.Server.Filters;
using AgentOps.Server.Pages;
using AgentOps.Server.Store;

namespace AgentOps.Server.Api;

/// <summary>What the pages show, as JSON: version 1 of the query interface. Unknown values are <c>null</c>, money is USD, durations are nanoseconds.</summary>
internal static class QueryApi
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    public static void MapQueryApi(this WebApplication application)
    {
        RouteGroupBuilder api = application.MapGroup("/api/v1");
        api.MapGet("/projects", static async (IEventStore store) => Json(new { Projects = await store.ReadProjectsAsync() }));
        api.MapGet("/status", static async (IEventStore store, Watching.WatchHealth watch) => Json(new { Store = await store.ReadFiguresAsync(), Watch = watch.State }));
        api.MapGet("/overview", static async (HttpContext context, IEventStore store, TimeProvider time) =>
        {
            OverviewModel model = await OverviewModel.LoadAsync(ViewState.Of(context, time), store);
            return Json(new { Period = PeriodOf(model.View), Now = ApiShapes.Of(model.Now), Before = ApiShapes.Of(model.Before), ActiveSessions = model.Live.Count });
        });
        api.MapGet("/sessions", static async (HttpContext context, IEventStore store, TimeProvider time) =>
        {
            ViewState view = ViewState.Of(context, time);
            if (view.FilterProblem is { } problem)
                return Problem("q", problem);
            SessionsModel model = await SessionsModel.LoadAsync(view, store);
            return Json(new
            {
                Period = PeriodOf(view), model.Page.Matching, model.Page.InScope, Page = model.PageNumber, model.Pages, Cost = NanoUsd.ToUsd(model.Page.CostNano), model.Page.UnpricedCalls, model.Page.Tokens,
                Sessions = model.Page.Rows.Select(row => ApiShapes.Of(row, view.Now)),
            });
        });
        api.MapGet("/sessions/{id}", static async (string id, IEventStore store, TimeProvider time) =>
            Guid.TryParse(id, out Guid session) && await store.ReadSessionAsync(session) is { } stored
                ? Json(ApiShapes.Of(stored.Session, time.GetUtcNow()))
                : Missing($"There is no session '{id}'."));
        api.MapGet("/sessions/{id}/events", static async (string id, IEventStore store) =>
            Guid.TryParse(id, out Guid session) && await store.ReadSessionAsync(session) is { } stored
                ? Json(new { Session = session, Events = stored.Events.Select(ApiShapes.Of) })
                : Missing($"There is no session '{id}'."));
        api.MapGet("/events/{id}/content", static async (string id, IEventStore store) =>
            Guid.TryParse(id, out Guid wanted) && await store.ReadContentAsync(wanted) is { } content ? Json(content) : Missing($"There is no event '{id}'."));
        api.MapGet("/facets", static async (HttpContext context, IEventStore store, TimeProvider time) =>
            Json(new { Facets = await store.ReadFacetsAsync(ViewState.Of(context, time).Scope) }));
        api.MapGet("/errors", static async (HttpContext context, IEventStore store, TimeProvider time) =>
        {
            ViewState view = ViewState.Of(context, time);
            if (view.FilterProblem is { } problem)
                return Problem("q", problem);
            ErrorsModel model = await ErrorsModel.LoadAsync(view, store);
            return Json(new { Period = PeriodOf(view), model.Errors, model.SessionsHit, model.Groups, model.Tools });
        });
        api.MapGet("/filter", static (string? q) =>
        {
            try
            {
                FilterParser.Parse(q);
                return Json(new { Valid = true, Fields = FilterField.All });
            }
            catch (FilterException e)
            {
                return Problem("q", e.Message);
            }
        });
        api.MapGet("/{**rest}", static (string? rest) => Missing($"There is no '/api/v1/{rest}'."));
    }

    private static object PeriodOf(ViewState view) => new { view.Period.From, view.Period.To, BucketSeconds = view.Period.Bucket.TotalSeconds };

    private static IResult Json(object value) => Results.Json(value, s_json);

    private static IResult Problem(string field, string message) => Results.Json(new { Error = message, Field = field }, s_json, statusCode: StatusCodes.Status400BadRequest);

    private static IResult Missing(string message) => Results.Json(new { Error = message }, s_json, statusCode: StatusCodes.Status404NotFound);
}
