using AgentOps.Events;

namespace AgentOps.Generators.Tests;

/// <summary>Interfaces that are marked as recorded, and the decorators that are generated for them.</summary>
public sealed class DecoratorTests
{
    private const string Agent =
        """
        [RecordedInterface]
        public interface IAgent
        {
            [RecordLlm(Model = "m")] Task<string> Ask(string prompt, int tries = 2);
            string Plan(string goal);
        }

        public sealed class Agent : IAgent
        {
            public async Task<string> Ask(string prompt, int tries) { await Task.Yield(); return prompt + tries; }
            public string Plan(string goal) => goal + "!";
        }
        """;

    [Fact]
    public async Task Methods_are_recorded_as_their_attribute_says_and_else_as_actions()
    {
        RecordedRun run = await RecordedRun.Of(
            Agent,
            """
            IAgent agent = Recorded.Wrap<IAgent>(new Agent());
            Func<string, string> plan = agent.Plan;
            Check.That(plan("a") == "a!");
            Check.That(await (Task<string>)typeof(IAgent).GetMethod("Ask")!.Invoke(agent, ["q", 3])! == "q3");
            """);

        Assert.Equal(("Plan", "goal=\"a\"", "\"a!\""), (run.Named("Plan").DisplayName, run.Named("Plan").Arguments(), run.Named("Plan").Returns?.ToString()));
        LlmEvent ask = Assert.Single(run.Events.OfType<LlmEvent>());
        Assert.Equal(("m", "prompt=\"q\", tries=3", "\"q3\""), (ask.Model, ask.Arguments(), ask.Completion?.ToString()));
        Assert.Equal("IAgent.Ask(string, int)", ask.Site!.Method);
    }

    [Fact]
    public async Task Members_that_are_not_methods_are_passed_on()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            [RecordedInterface]
            public interface IStore
            {
                int Count { get; set; }
                string Name { get; init; }
                string this[int i, in int j] { get; set; }
                ref int First { get; }
                event Action Changed;
            }

            public sealed class Store : IStore
            {
                private int _first;
                public int Count { get; set; }
                public string Name { get; init; } = "n";
                public string this[int i, in int j] { get => $"{i}{j}"; set => Count = value.Length; }
                public ref int First => ref _first;
                public event Action? Changed;
                public void Fire() => Changed?.Invoke();
            }
            """,
            """
            var inner = new Store();
            IStore store = Recorded.Wrap<IStore>(inner);
            store.Count = 3;
            Check.That(inner.Count == 3 && store.Count == 3 && store.Name == "n" && store[1, 2] == "12");
            store[0, 0] = "four";
            Check.That(inner.Count == 4);
            store.First = 9;
            Check.That(inner.First == 9);
            int fired = 0; Action handler = () => fired++;
            store.Changed += handler; inner.Fire(); store.Changed -= handler; inner.Fire();
            Check.That(fired == 1);
            """);

        Assert.DoesNotContain(run.Events, static e => e is ActionEvent);
    }

    [Theory]
    [InlineData("[RecordedInterface] public interface I { T M<T>(T t) where T : struct; } public class C : I { public T M<T>(T t) where T : struct => t; }", "I", "x.M(1) == 1")]
    [InlineData("[RecordedInterface] public interface I { T? M<T>(T? t); } public class C : I { public T? M<T>(T? t) => t; }", "I", "x.M(1) == 1")]
    [InlineData("[RecordedInterface] public interface I { T? M<T>(T? t) where T : class; } public class C : I { public T? M<T>(T? t) where T : class => t; }", "I", "x.M(\"a\") == \"a\"")]
    [InlineData("[RecordedInterface] public interface I { T? M<T>(T? t) where T : struct; } public class C : I { public T? M<T>(T? t) where T : struct => t; }", "I", "x.M((int?)1) == 1")]
    [InlineData("[RecordedInterface] public interface I { int M(ref int a, out int b, in int c, params int[] d); } public class C : I { public int M(ref int a, out int b, in int c, params int[] d) { a = b = c; return d.Length; } }", "I", "x.M(ref a, out int b, 5, 1, 2) == 2 && a == 5")]
    [InlineData("[RecordedInterface] public interface I { int M() => 1; } public class C : I;", "I", "x.M() == 1")]
    [InlineData("[RecordedInterface] public interface I { int M() => 1; } public class C : I { int I.M() => 2; }", "I", "x.M() == 2")]
    [InlineData("public interface B { int M(); } [RecordedInterface] public interface I : B; public class C : I { public int M() => 1; }", "I", "x.M() == 1")]
    [InlineData("public interface B<T> { T M(T t); } [RecordedInterface] public interface I : B<int>; public class C : I { public int M(int t) => t; }", "I", "x.M(1) == 1")]
    [InlineData("public interface B { object M(); } [RecordedInterface] public interface I : B { new int M(); } public class C : I { object B.M() => 2; public int M() => 1; }", "I", "x.M() == 1")]
    [InlineData("public class O { [RecordedInterface] public interface I { int M(); } } public class C : O.I { public int M() => 1; }", "O.I", "x.M() == 1")]
    [InlineData("namespace N { [RecordedInterface] public interface I { int M(); } } public class C : N.I { public int M() => 1; }", "N.I", "x.M() == 1")]
    [InlineData("[RecordedInterface] public interface I { ValueTask<int> M(CancellationToken t = default); } public class C : I { public ValueTask<int> M(CancellationToken t) => new(1); }", "I", "await x.M() == 1")]
    [InlineData("[RecordedInterface] public interface I<T> { T M(T t); } public class C : I<int> { public int M(int t) => t; }", "I<int>", "x.M(1) == 1")]
    [InlineData("[RecordedInterface] public interface I<in A, out B> where A : class where B : new() { B M<U>(A a, U u) where U : notnull; } public class C : I<object, int> { public int M<U>(object a, U u) where U : notnull => 1; }", "I<object, int>", "x.M(\"a\", \"b\") == 1")]
    [InlineData("[RecordedInterface] public interface I { protected static int S => 1; sealed int X() => 2; private int Y() => X(); protected int Z() => Y(); int M(); } public class C : I { public int M() => 1; }", "I", "x.M() == 1")]
    [InlineData("[RecordedInterface] public interface I { int CallScope(int writer); int M(int self, int site); } public class C : I { public int CallScope(int writer) => writer; public int M(int self, int site) => site; }", "I", "x.M(0, 1) == 1")]
    public async Task Shape_is_recorded_once(string declarations, string type, string call)
    {
        RecordedRun run = await RecordedRun.Of(declarations, $"var x = Recorded.Wrap<{type}>(new C()); int a = 0; Check.That({call}); Check.That(a >= 0);");

        Assert.Equal("M", run.Call.DisplayName);
    }

    [Fact]
    public async Task Inner_instance_is_disposed_with_the_decorator()
    {
        await RecordedRun.Of(
            Agent +
            """
            public class Both : IAgent, IDisposable, IAsyncDisposable
            {
                public string Log = "";
                public Task<string> Ask(string prompt, int tries) => throw new NotSupportedException();
                public string Plan(string goal) => goal;
                public void Dispose() => Log += "d";
                public ValueTask DisposeAsync() { Log += "a"; return default; }
            }
            """,
            """
            var both = new Both();
            ((IDisposable)Recorded.Wrap<IAgent>(both)).Dispose();
            await ((IAsyncDisposable)Recorded.Wrap<IAgent>(both)).DisposeAsync();
            Check.That(both.Log == "da");
            ((IDisposable)Recorded.Wrap<IAgent>(new Agent())).Dispose();
            await ((IAsyncDisposable)Recorded.Wrap<IAgent>(new Agent())).DisposeAsync();
            """);
    }

    [Fact]
    public async Task Wrapping_twice_gives_the_same_decorator()
    {
        RecordedRun run = await RecordedRun.Of(
            Agent,
            "IAgent once = Recorded.Wrap<IAgent>(new Agent()); Check.That(ReferenceEquals(once, Recorded.Wrap<IAgent>(once))); once.Plan(\"a\");");

        Assert.Equal("Plan", run.Call.DisplayName);
    }

    [Fact]
    public async Task Interface_without_decorator_is_refused_with_what_to_do()
    {
        await RecordedRun.Of(
            "public interface IPlain; public class Plain : IPlain;",
            """
            try { Recorded.Wrap<IPlain>(new Plain()); Check.That(false); }
            catch (InvalidOperationException e) { Check.That(e.Message.Contains("IPlain") && e.Message.Contains("[RecordedInterface]")); }
            try { Recorded.Wrap<Plain>(new Plain()); Check.That(false); }
            catch (InvalidOperationException e) { Check.That(e.Message.Contains("not an interface")); }
            try { Recorded.Wrap<IPlain>(null!); Check.That(false); }
            catch (ArgumentNullException) { }
            """);
    }

    [Fact]
    public async Task Service_is_added_recorded_and_its_container_disposes_it()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            using Microsoft.Extensions.DependencyInjection;
            [RecordedInterface] public interface IAgent { int Work(); }
            public sealed class Clock { public int Now => 5; }
            public sealed class Agent(Clock clock) : IAgent, IDisposable
            {
                public static int Disposed;
                public int Work() => clock.Now;
                public void Dispose() => Disposed++;
            }
            """,
            """
            var services = new ServiceCollection();
            services.AddSingleton<Clock>();
            services.AddRecorded<IAgent, Agent>(ServiceLifetime.Scoped);
            using (var provider = services.BuildServiceProvider())
            {
                using var scope = provider.CreateScope();
                var agent = scope.ServiceProvider.GetRequiredService<IAgent>();
                Check.That(ReferenceEquals(agent, scope.ServiceProvider.GetRequiredService<IAgent>()));
                Check.That(agent.Work() == 5);
            }
            Check.That(Agent.Disposed == 1);
            """);

        Assert.Equal("Work", run.Call.DisplayName);
    }

    [Fact]
    public async Task Generic_service_is_added_recorded()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            using Microsoft.Extensions.DependencyInjection;
            [RecordedInterface] public interface IStore<T> { T Get(T key); }
            public sealed class Store<T> : IStore<T> { public T Get(T key) => key; }
            """,
            """
            var services = new ServiceCollection();
            services.AddRecorded<IStore<string>, Store<string>>();
            using var provider = services.BuildServiceProvider();
            Check.That(provider.GetRequiredService<IStore<string>>().Get("k") == "k");
            """);

        Assert.Equal(("Get", "key=\"k\""), (run.Call.DisplayName, run.Call.Arguments()));
    }
}
