using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AgentOps.AspNetCore;

/// <summary>Runs each request in a session, from here on down the pipeline until the last byte of its answer.</summary>
internal sealed class RequestSessions(RequestDelegate next, RequestSessionOptions options)
{
    private const string TraceParent = "traceparent";
    private const string TraceState = "tracestate";
    private const string ActivityName = "AgentOps.Session";
    private const string ClientGone = "The client closed the request.";

    private static readonly object s_hasSession = new();

    [StackTraceHidden]
    public Task InvokeAsync(HttpContext context) => RunsInSession(context) ? RunAsync(context) : next(context);

    [StackTraceHidden]
    private async Task RunAsync(HttpContext context)
    {
        using Activity? continued = ContinueTrace(context.Request.Headers);
        context.Items[s_hasSession] = s_hasSession;
        if (Start(context) is not { } session)
        {
            await next(context).ConfigureAwait(false);
            return;
        }
        // Also where a callback of the options throws.
        using Session open = session;
        Activity.Current?.SetTag("agentops.session.id", session.Id.ToString());
        if (options.ResponseHeader is { } header && !context.Response.HasStarted)
            context.Response.Headers[header] = session.Id.ToString();
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (Exception e) when (Failed(session, context, e))
        {
            throw;
        }
        finally
        {
            End(session, context);
        }
    }

    /// <summary>A tag or a metric may come from the request, and one that cannot be recorded must not cost its answer.</summary>
    private Session? Start(HttpContext context)
    {
        SessionOptions session = OptionsFor(context);
        try
        {
            return Session.Start(session);
        }
        catch (ArgumentException e)
        {
            if (context.RequestServices.GetService<ILoggerFactory>() is { } loggers)
                RequestSessionLog.NotStarted(loggers.CreateLogger("AgentOps.Recorder"), session.Name, e.Message);
            return null;
        }
    }

    /// <summary>A request has one session, also where its pipeline runs again to answer for an error, or has this middleware twice.</summary>
    private bool RunsInSession(HttpContext context)
    {
        if (context.Items.ContainsKey(s_hasSession))
            return false;
        foreach (PathString excluded in options.ExcludedPaths)
        {
            if (context.Request.Path.StartsWithSegments(excluded))
                return false;
        }
        return options.Filter is null || options.Filter(context);
    }

    private SessionOptions OptionsFor(HttpContext context)
    {
        TraceContext.TryParse(context.Request.Headers[TraceParent], context.Request.Headers[TraceState], out TraceContext? incoming);
        var session = new SessionOptions { Name = options.Name?.Invoke(context) ?? NameOf(context), TraceContext = TraceContext.Current ?? incoming };
        foreach (string tag in options.Tags)
            session.Tags.Add(tag);
        foreach (string name in options.RouteValueTags)
        {
            if (Convert.ToString(context.GetRouteValue(name), CultureInfo.InvariantCulture) is { Length: > 0 } value)
                session.Tags.Add($"{name}:{value}");
        }
        options.Configure?.Invoke(context, session);
        return session;
    }

    /// <summary>The path itself may hold anything, and names nothing that comes again.</summary>
    private static string NameOf(HttpContext context) => context.GetEndpoint() switch
    {
        RouteEndpoint { RoutePattern.RawText: { } pattern } => $"{context.Request.Method} {(pattern.StartsWith('/') ? pattern : "/" + pattern)}",
        { DisplayName: { } name } => $"{context.Request.Method} {name}",
        _ => $"{context.Request.Method} (no route)",
    };

    /// <summary>
    /// Without anybody who listens to activities there is none for a request, and what it calls would be told of no trace. Then one is made here.
    /// </summary>
    private static Activity? ContinueTrace(IHeaderDictionary headers)
    {
        if (Activity.Current is not null || !TraceContext.TryParse(headers[TraceParent], headers[TraceState], out TraceContext? incoming))
            return null;
        var activity = new Activity(ActivityName) { TraceStateString = incoming.TraceState };
        return activity.SetParentId(incoming.TraceParent).Start();
    }

    private static bool Failed(Session session, HttpContext context, Exception exception)
    {
        // Who went away says nothing of the agent.
        if (exception is OperationCanceledException && context.RequestAborted.IsCancellationRequested)
            session.End(AgentOps.EndState.Indeterminate, ClientGone);
        else
            session.End(AgentOps.EndState.Fail, $"{exception.GetType().FullName}: {MessageOf(exception)}");
        return false;
    }

    private void End(Session session, HttpContext context)
    {
        // By an exception, or by the code itself.
        if (session.IsEnded)
            return;
        if (context.RequestAborted.IsCancellationRequested && !context.WebSockets.IsWebSocketRequest)
        {
            session.End(AgentOps.EndState.Indeterminate, ClientGone);
            return;
        }
        int status = context.Response.StatusCode;
        EndState state = options.EndState?.Invoke(context) ?? (status < 400 ? AgentOps.EndState.Success : status >= 500 ? AgentOps.EndState.Fail : AgentOps.EndState.Indeterminate);
        session.End(state, status < 400 ? null : $"HTTP {status} {ReasonPhrases.GetReasonPhrase(status)}".TrimEnd());
    }

    private static string MessageOf(Exception exception)
    {
        try
        {
            return exception.Message;
        }
        catch (Exception e)
        {
            return $"<{e.GetType()} while reading the exception>";
        }
    }
}
