using AgentOps.Events;
using AgentOps.TestSupport;

namespace AgentOps.Generators.Tests;

/// <summary>Every shape of method that is recorded, compiled and run.</summary>
public sealed class MethodShapeTests
{
    [Fact]
    public async Task Synchronous_instance_call_records_arguments_and_result()
    {
        Session session = await Run(
            """
            public sealed class Tools
            {
                [RecordTool("add")] public int Add(int a, int b) => a + b;
            }
            public static class Program
            {
                public static Session Run()
                {
                    using var session = Session.Start();
                    if (new Tools().Add(2, 3) != 5) throw new Exception("wrong result");
                    return session;
                }
            }
            """);

        ToolEvent tool = Assert.Single(session.ReadEvents().OfType<ToolEvent>());
        Assert.Equal("add", tool.Name);
        Assert.Equal(["a=2", "b=3"], Fields(tool));
        Assert.Equal("5", tool.Returns!.ToString());
        Assert.Equal(EventStatus.Ok, tool.Status);
        Assert.Equal("Program.cs:10", tool.Site!.ToString());
        Assert.Equal("Tools.Add(int, int)", tool.Site.Method);
    }

    private static async Task<Session> Run(string source) => await GeneratedProgram.Create(source).RunAsync<Session>();

    private static IEnumerable<string> Fields(AgentEvent e) => e.Params.Select(p => $"{p.Name}={p.Value}");
}
