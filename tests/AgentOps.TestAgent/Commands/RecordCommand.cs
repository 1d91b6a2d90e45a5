using System.Globalization;

namespace AgentOps.TestAgent.Commands;

/// <summary><c>record &lt;session id&gt; &lt;label&gt; &lt;count&gt;</c>: takes part in a session and prints the id of each event it recorded to it.</summary>
internal static class RecordCommand
{
    public static void Run(string[] arguments)
    {
        using Session session = Session.Resume(arguments[0]);
        int count = int.Parse(arguments[2], CultureInfo.InvariantCulture);
        for (int i = 0; i < count; i++)
            Console.WriteLine(session.RecordAction(new ActionRecord($"{arguments[1]} {i}")));
    }
}
