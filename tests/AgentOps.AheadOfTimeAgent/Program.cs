using System.Diagnostics.Metrics;
using System.Globalization;
using AgentOps;
using AgentOps.AheadOfTimeAgent;
using AgentOps.Metrics;
using Microsoft.Extensions.AI;

long tokens = 0;
using var listener = new MeterListener
{
    InstrumentPublished = static (instrument, listener) =>
    {
        if (instrument.Name == "agentops.llm.tokens")
            listener.EnableMeasurementEvents(instrument);
    },
};
listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref tokens, value));
listener.Start();

using IDisposable published = Recorder.PublishMetrics();
using Session session = Session.Start(new() { Name = "ahead", Budget = new Budget { MaxCalls = 5, MaxRepeats = 1, AtLimit = BudgetAction.Stop } });
using IChatClient client = new EchoClient().Recorded();
ChatResponse answer = await client.GetResponseAsync("Hello there");
var streamed = new List<string>();
await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync("one two"))
    streamed.Add(update.Text);
Reply reply = await OwnModel.AskAsync("own");
int four = Tools.Twice(2);
string stopped = "not stopped";
try
{
    Tools.Twice(2);
}
catch (BudgetExceededException e)
{
    stopped = e.Notice.Limit.ToString();
}
SessionAnalytics analytics = session.GetAnalytics();
session.End(EndState.Success);
// The meter is told from the log, in its own time.
const int Expected = 1000 + 100 + 10 + 2 + 7 + 3;
SpinWait.SpinUntil(() => Interlocked.Read(ref tokens) >= Expected, TimeSpan.FromSeconds(60));
Console.WriteLine($"{answer.Text} | {string.Join(' ', streamed).Trim()} | {reply.Text} | {four} | {stopped}");
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"{analytics.Usage.Tokens.InputTokens} in, {analytics.Usage.Tokens.OutputTokens} out, {analytics.Usage.Cost.KnownCalls} of {analytics.Usage.Calls} costs known, {Interlocked.Read(ref tokens)} heard"));
