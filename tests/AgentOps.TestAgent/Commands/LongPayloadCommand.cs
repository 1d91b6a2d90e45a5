using System.Globalization;

namespace AgentOps.TestAgent.Commands;

/// <summary><c>long-payload &lt;limit&gt; &lt;length&gt;</c>: records one action whose result is a text of that length, and prints the session's id.</summary>
internal static class LongPayloadCommand
{
    public static void Run(string[] arguments)
    {
        Recorder.Configure(new RecorderOptions { MaxPayloadBytes = int.Parse(arguments[0], CultureInfo.InvariantCulture) });
        using Session session = Session.Start();
        session.RecordAction(new ActionRecord("long") { Returns = new string('x', int.Parse(arguments[1], CultureInfo.InvariantCulture)) });
        Console.WriteLine(session.Id);
    }
}
