using AgentOps.Events;
using AgentOps.TestSupport;

namespace AgentOps.Generators.Tests;

/// <summary>Members of <c>extension</c> blocks, which only compilers newer than the one that the tests reference let be intercepted.</summary>
public sealed class ExtensionBlockTests(ExtensionBlockTests.ProgramRun run) : IClassFixture<ExtensionBlockTests.ProgramRun>
{
    [Theory]
    [InlineData("Words", "text=\"a b\", least=3", "2")]
    [InlineData("Repeat", "count=2", "\"aa\"")]
    [InlineData("Pair", "items=[1], other=\"x\"", "1")]
    [InlineData("Empty", "", "null")]
    [InlineData("Bump", "number=4, by=2", "{\"return\":6,\"number\":6}")]
    [InlineData("Version", "id=\"00000000-0000-0000-0000-000000000000\"", "0")]
    [InlineData("Half", "whole=\"abcd\"", "\"ab\"")]
    [InlineData("LaterAsync", "text=\"q\"", "\"q!\"")]
    [InlineData("Hidden", "text=\"s\"", "7")]
    [InlineData("ByName", "text=\"n\"", "8")]
    [InlineData("Secret", "text=\"[redacted]\", key=\"[redacted]\"", "9")]
    public void Member_of_an_extension_block_is_recorded(string name, string arguments, string returns)
    {
        ToolEvent tool = Assert.Single(run.Events.OfType<ToolEvent>(), e => e.Name == name);

        Assert.Equal((arguments, returns), (tool.Arguments(), tool.Returns!.ToString()));
    }

    [Fact]
    public void Variable_that_an_extension_member_changes_stays_changed() => Assert.Equal("6", run.Seen);

    [Fact]
    public void Method_that_becomes_a_delegate_is_the_only_thing_reported()
    {
        string report = Assert.Single(run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("warning AOPS0201", report, StringComparison.Ordinal);
    }

    /// <summary>One program for all tests: the compiler takes its time to start.</summary>
    public sealed class ProgramRun : IAsyncLifetime
    {
        public IReadOnlyList<AgentEvent> Events { get; private set; } = [];

        public string Seen { get; private set; } = "";

        public string Output { get; private set; } = "";

        public async ValueTask InitializeAsync()
        {
            (byte[] image, string output) = await SdkCompiler.CompileAsync(
                """
                using System;
                using System.Collections.Generic;
                using System.Threading.Tasks;
                using AgentOps;

                public static class Extensions
                {
                    extension(string text)
                    {
                        [RecordTool] public int Words(int least = 3) => text.Split(' ').Length;
                        [RecordTool] public async Task<string> LaterAsync() { await Task.Yield(); return text + "!"; }
                        [RecordTool] private int Hidden() => 7;
                        [RecordTool] public int ByName() => 8;
                        public int Reveal() => text.Hidden();
                    }
                    extension(string) { [RecordTool] public static string Repeat(int count) => new('a', count); }
                    extension<T>(List<T> items) where T : struct
                    {
                        [RecordTool] public int Pair<U>(U other) => items.Count;
                        [RecordTool] public static T? Empty() => null;
                    }
                    extension(ref int number) { [RecordTool] public int Bump(int by) => number += by; }
                    extension(in Guid id) { [RecordTool] public int Version() => id.Version; }
                    extension(ReadOnlySpan<char> whole) { [RecordTool] public ReadOnlySpan<char> Half() => whole[..(whole.Length / 2)]; }
                    extension([Redact] string text) { [RecordTool] public int Secret([Redact] string key) => 9; }
                }

                public static class Program
                {
                    public static async Task<(Session, string)> Run()
                    {
                        await using var session = Session.Start();
                        "a b".Words();
                        string.Repeat(2);
                        new List<int> { 1 }.Pair("x");
                        List<int>.Empty();
                        int number = 4;
                        number.Bump(2);
                        Guid.Empty.Version();
                        "abcd".AsSpan().Half();
                        await "q".LaterAsync();
                        "s".Reveal();
                        Extensions.ByName("n");
                        "t".Secret("k");
                        Func<int> group = "g".ByName;
                        return (session, number.ToString());
                    }
                }
                """);
            Output = output;
            (Session session, Seen) = await GeneratedProgram.Load(image).RunAsync<(Session, string)>();
            Events = session.ReadEvents();
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
