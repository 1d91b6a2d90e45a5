using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace AgentOps.Server.Live;

/// <summary>Tells a page that there is something new, so that it asks for itself again.</summary>
internal static class LiveEndpoint
{
    /// <summary>However much comes, nobody reads faster.</summary>
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(500);

    /// <summary>Something goes over the line at least so often, so that a dead one is noticed.</summary>
    private static readonly TimeSpan s_beat = TimeSpan.FromSeconds(20);

    public static void MapLive(this WebApplication application) => application.MapGet(
        "/live",
        static (ChangeSignal changes, TimeProvider time, IHostApplicationLifetime lifetime, HttpContext context) =>
        {
            CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
            context.Response.RegisterForDispose(either);
            return TypedResults.ServerSentEvents(TellAsync(changes, time, either.Token));
        });

    private static async IAsyncEnumerable<SseItem<long>> TellAsync(ChangeSignal changes, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long seen = changes.Version;
        yield return new SseItem<long>(seen, "hello");
        while (!cancellationToken.IsCancellationRequested)
        {
            bool changed = false;
            try
            {
                using var beat = new CancellationTokenSource(s_beat, time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, beat.Token);
                seen = await changes.WaitAsync(seen, either.Token).ConfigureAwait(false);
                changed = true;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // Nothing came for a while.
            }
            catch (OperationCanceledException)
            {
                yield break;
            }
            yield return new SseItem<long>(seen, changed ? "changed" : "beat");
            try
            {
                await Task.Delay(s_pace, time, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                yield break;
            }
        }
    }
}
