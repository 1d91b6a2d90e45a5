using Microsoft.AspNetCore.Http;

namespace AgentOps.AspNetCore;

/// <summary>Which requests run in a session of their own, and what that session is called. Read once, when the application is built.</summary>
public sealed class RequestSessionOptions
{
    /// <summary>Paths whose requests run in no session, with all below them: probes, static files.</summary>
    public IList<PathString> ExcludedPaths { get; } = [];

    /// <summary>Which requests run in a session; all but the excluded paths when left out.</summary>
    public Func<HttpContext, bool>? Filter { get; set; }

    /// <summary>What a session is called; the method and the route's pattern, such as <c>GET /orders/{id}</c>, when left out or <see langword="null"/>.</summary>
    public Func<HttpContext, string?>? Name { get; set; }

    /// <summary>Tags of every session.</summary>
    public IList<string> Tags { get; } = [];

    /// <summary>Names of route values that become tags, as <c>name:value</c>. Choose those with few values: not the id of an order.</summary>
    public IList<string> RouteValueTags { get; } = [];

    /// <summary>Sets more of a session at its start: tags of the request, metrics, a budget.</summary>
    public Action<HttpContext, SessionOptions>? Configure { get; set; }

    /// <summary>
    /// Says how a request that threw nothing ended, by its answer. When left out: below 400 <see cref="EndState.Success"/>, from 500 on
    /// <see cref="EndState.Fail"/>, and <see cref="EndState.Indeterminate"/> in between, where the fault is the client's.
    /// </summary>
    public Func<HttpContext, EndState>? EndState { get; set; }

    /// <summary>The header of the response that tells the session's id to the client; none when left out.</summary>
    public string? ResponseHeader { get; set; }
}
