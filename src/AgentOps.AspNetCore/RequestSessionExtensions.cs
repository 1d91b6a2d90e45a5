using AgentOps.AspNetCore;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Gives requests sessions.</summary>
public static class RequestSessionExtensions
{
    /// <summary>
    /// Runs each request in a session of its own from here on down the pipeline. Put it behind routing, which names the session, and behind what
    /// answers for exceptions, which pass through unchanged.
    /// </summary>
    /// <param name="app">The pipeline.</param>
    /// <param name="configure">Sets the options; may be left out.</param>
    /// <exception cref="ArgumentNullException"><paramref name="app"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">A tag is empty.</exception>
    public static IApplicationBuilder UseAgentOpsSessions(this IApplicationBuilder app, Action<RequestSessionOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(app);
        var options = new RequestSessionOptions();
        configure?.Invoke(options);
        if (options.Tags.Any(string.IsNullOrWhiteSpace))
            throw new ArgumentException("A tag of UseAgentOpsSessions is empty. A tag needs at least one visible character; leave it out instead.", nameof(configure));
        return app.Use(next => new RequestSessions(next, options).InvokeAsync);
    }
}
