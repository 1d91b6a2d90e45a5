using System.Globalization;

namespace AgentOps.TestAgent.Commands;

/// <summary>Texts of a length, through the whole recorder. Each command prints the session's id.</summary>
internal static class LongPayloadCommand
{
    /// <summary><c>long-payload &lt;limit&gt; &lt;length&gt;</c>: records one action whose result is a text of that length.</summary>
    public static void Run(string[] arguments)
    {
        Recorder.Configure(new RecorderOptions { MaxPayloadBytes = int.Parse(arguments[0], CultureInfo.InvariantCulture) });
        using Session session = Session.Start();
        session.RecordAction(new ActionRecord("long") { Returns = new string('x', int.Parse(arguments[1], CultureInfo.InvariantCulture)) });
        Console.WriteLine(session.Id);
    }

    /// <summary><c>long-text &lt;length&gt; &lt;count&gt;</c>: calls that take and give a text of that length, without a break.</summary>
    public static void Echo(string[] arguments)
    {
        using Session session = Session.Start();
        // Long texts fill the first segment sooner than the second is made.
        SpinWait.SpinUntil(() => session.Log.HasSpare);
        string text = new('x', int.Parse(arguments[0], CultureInfo.InvariantCulture));
        for (int i = int.Parse(arguments[1], CultureInfo.InvariantCulture); i > 0; i--)
            Echo(text);
        Console.WriteLine(session.Id);
    }

    [RecordTool("echo")]
    internal static string Echo(string text) => text;
}
