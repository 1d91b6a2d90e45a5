using System.Net;
using Microsoft.Net.Http.Headers;

namespace AgentOps.Server.Security;

/// <summary>
/// Stands before every route: requests that name another host, come from another site's page or have no right are answered here, and every answer
/// says what a browser may do with it.
/// </summary>
internal sealed class RequestGate(RequestDelegate next, BrowserTokens tokens)
{
    public const string TokenParameter = "token";

    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private const string Refusal =
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Not signed in · AgentOps</title>"
        + "<h1>This browser is not signed in</h1><p>Open the address that <code>agentops dashboard</code> printed when it started. It works once, for one browser; "
        + "start the dashboard again for another one.</p></html>";

    public async Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        SetHeaders(context.Response.Headers);
        if (!IsLocal(context.Request.Host.Host))
        {
            await AnswerAsync(context, HttpStatusCode.BadRequest, "text/plain", "This server answers to localhost and 127.0.0.1 only.\n").ConfigureAwait(false);
            return;
        }
        if (IsFromElsewhere(context.Request))
        {
            await AnswerAsync(context, HttpStatusCode.Forbidden, "text/plain", "Pages of other sites may not ask this server.\n").ConfigureAwait(false);
            return;
        }
        string cookie = CookieOf(context);
        bool isKnown = tokens.IsKnown(context.Request.Cookies[cookie]);
        if (HttpMethods.IsGet(context.Request.Method) && context.Request.Query.ContainsKey(TokenParameter))
        {
            if (!isKnown && tokens.TryExchange(context.Request.Query[TokenParameter]) is { } browser)
            {
                context.Response.Cookies.Append(cookie, browser, new CookieOptions { HttpOnly = true, SameSite = Microsoft.AspNetCore.Http.SameSiteMode.Lax, Path = "/", IsEssential = true });
                isKnown = true;
            }
            if (isKnown)
            {
                // The token goes out of the address, so that it is neither kept in the history nor shared.
                context.Response.Redirect(WithoutToken(context.Request));
                return;
            }
        }
        if (!isKnown)
        {
            await AnswerAsync(context, HttpStatusCode.Unauthorized, "text/html", Refusal).ConfigureAwait(false);
            return;
        }
        await next(context).ConfigureAwait(false);
    }

    /// <summary>Cookies do not tell ports apart, and two dashboards may run side by side.</summary>
    private static string CookieOf(HttpContext context) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"agentops-{context.Connection.LocalPort}");

    /// <summary>A name of an attacker's that leads here must not be one of ours.</summary>
    private static bool IsLocal(string host) => host is "localhost" or "127.0.0.1" or "[::1]";

    /// <summary>Following a link to here is fine; being asked by a script, a form or an image of another site is not.</summary>
    private static bool IsFromElsewhere(HttpRequest request)
    {
        string site = request.Headers["Sec-Fetch-Site"].ToString();
        bool isLink = HttpMethods.IsGet(request.Method) && request.Headers["Sec-Fetch-Mode"] == "navigate" && request.Headers["Sec-Fetch-Dest"] == "document";
        if (site is "cross-site" or "same-site")
            return !isLink;
        // Browsers that do not say where a request comes from say at least who sends a form.
        return !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)
            && request.Headers.Origin is [{ Length: > 0 } origin] && !string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }

    private static string WithoutToken(HttpRequest request)
    {
        var query = new QueryString();
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in request.Query)
        {
            if (name == TokenParameter)
                continue;
            foreach (string? value in values)
                query = query.Add(name, value ?? "");
        }
        string path = request.Path.Value is { Length: > 0 } asked && !asked.StartsWith("//", StringComparison.Ordinal) ? new PathString(asked).ToUriComponent() : "/";
        return path + query.ToUriComponent();
    }

    private static void SetHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }

    private static async Task AnswerAsync(HttpContext context, HttpStatusCode status, string type, string text)
    {
        context.Response.StatusCode = (int)status;
        context.Response.Headers[HeaderNames.ContentType] = type + "; charset=utf-8";
        await context.Response.WriteAsync(text, context.RequestAborted).ConfigureAwait(false);
    }
}
