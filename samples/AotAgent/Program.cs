#if !UNRECORDED
using AgentOps;
#endif
using AotAgent;

// What was recorded is read elsewhere: the program without a recorder is the same but for the session.
#if !UNRECORDED
using Session session = Session.Start(new() { Name = "weather", Tags = { "aot" } });
#endif
Console.WriteLine(await new WeatherAgent().AnswerAsync("Will it rain in Lisbon?"));
#if !UNRECORDED
session.End(EndState.Success);
#endif
