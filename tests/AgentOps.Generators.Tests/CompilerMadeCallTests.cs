using AgentOps.Generators.Diagnostics;
using AgentOps.TestSupport;

namespace AgentOps.Generators.Tests;

/// <summary>Calls that the compiler makes for other syntax: no interceptor takes them, so each is reported.</summary>
public sealed class CompilerMadeCallTests
{
    [Fact]
    public Task Enumeration_is_reported() => Verify(
        """
        public sealed class Bag { [RecordTool] public Cursor GetEnumerator() => new(); }
        public sealed class Other { public Cursor GetEnumerator() => new(); }
        public sealed class Cursor { public int Current => 1; public bool MoveNext() => false; }
        public sealed class Moving { public Steps GetEnumerator() => new(); }
        public sealed class Steps { public int Current => 1; [RecordTool] public bool MoveNext() => false; }
        public static class Use
        {
            public static void All()
            {
                foreach (int n in [|new Bag()|]) { }
                foreach (int n in [|new Moving()|]) { }
                foreach (int n in new Other()) { }
            }
        }
        """);

    [Fact]
    public Task Disposal_is_reported() => Verify(
        """
        public sealed class Scope : IDisposable { [RecordTool] public void Dispose() { } }
        public sealed class Plain : IDisposable { public void Dispose() { } }
        public sealed class Later : IAsyncDisposable { [RecordTool] public ValueTask DisposeAsync() => default; }
        public static class Use
        {
            public static async Task All(Scope given)
            {
                using ([|given|]) { }
                using ([|Scope a = new()|]) { }
                [|using var b = new Scope();|]
                [|await using var c = new Later();|]
                using var d = new Plain();
            }
        }
        """);

    [Fact]
    public Task Deconstruction_is_reported() => Verify(
        """
        public sealed class Pair { [RecordTool] public void Deconstruct(out int a, out int b) => a = b = 1; }
        public static class Use
        {
            public static void All(Pair pair, Pair[] pairs)
            {
                var (a, b) = [|pair|];
                ((a, b), int c) = [|(pair, 1)|];
                foreach (var (d, e) in [|pairs|]) { }
                _ = pair is [|(1, 2)|];
                (a, b) = (b, a);
            }
        }
        """);

    [Fact]
    public Task Await_is_reported() => Verify(
        """
        public sealed class Promise { [RecordTool] public System.Runtime.CompilerServices.TaskAwaiter GetAwaiter() => Task.CompletedTask.GetAwaiter(); }
        public static class Use { public static async Task All() { [|await new Promise()|]; await Task.CompletedTask; } }
        """);

    [Fact]
    public Task Operators_are_reported() => Verify(
        """
        public sealed class Money
        {
            [RecordTool] public static Money operator +(Money a, Money b) => a;
            [RecordTool] public static Money operator -(Money a) => a;
            [RecordTool] public static Money operator ++(Money a) => a;
            [RecordTool] public static implicit operator Money(int n) => new();
            public static Money operator *(Money a, Money b) => a;
        }
        public static class Use
        {
            public static void All(Money a)
            {
                _ = [|a + a|];
                _ = [|-a|];
                [|a++|];
                [|a += a|];
                a = [|5|];
                _ = a * a;
            }
        }
        """);

    private static Task Verify(string markup) => AnalyzerVerifier.VerifyAsync<CallSiteAnalyzer>(RuleIds.UnsupportedSyntax, markup);
}
