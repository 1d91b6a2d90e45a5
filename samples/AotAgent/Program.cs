#if !UNRECORDED
using AgentOps;
using AgentOps.Metrics;
#endif
using AotAgent;

#if UNRECORDED
Console.WriteLine(await new WeatherAgent().AnswerAsync("Will it rain in Lisbon?"));
#else
using Session session = Session.Start(new() { Name = "weather", Tags = { "aot" } });
Console.WriteLine(await new WeatherAgent().AnswerAsync("Will it rain in Lisbon?"));
session.End(EndState.Success);

EventCounts counts = session.GetAnalytics().Counts;
Console.WriteLine($"Session {session.Id}: {counts.Llms} model call, {counts.Tools} tool calls, {counts.Actions} action, {counts.Errors} error.");
#endif
