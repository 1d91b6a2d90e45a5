using AgentOps.Events;
using AgentOps.TestSupport;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentOps.Generators.Tests;

/// <summary>Two ways of recording that meet in one call make one event of it. Each pair that can meet has a test that counts.</summary>
public sealed class NestedModeTests
{
    private const string AI = "using Microsoft.Extensions.AI;\n";

    private const string BodyBehindInterface =
        """
        public interface IAgent { [RecordTool] int M(int n); }
        public partial class Agent : IAgent
        {
            [RecordTool] public virtual partial int M(int n);
            private int MCore(int n) => n == 0 ? 0 : n;
        }
        """;

    [Theory]
    // A call site and a body.
    [InlineData("public partial class C { [RecordTool] public partial int M(int n); private int MCore(int n) => n; }", "Check.That(new C().M(1) == 1);")]
    [InlineData(BodyBehindInterface, "IAgent a = new Agent(); Check.That(a.M(1) == 1);")]
    [InlineData(BodyBehindInterface, "Agent a = new Agent(); Check.That(a.M(1) == 1);")]
    [InlineData(BodyBehindInterface + "public sealed class Sub : Agent { public override int M(int n) => base.M(n); }", "IAgent a = new Sub(); Check.That(a.M(1) == 1);")]
    [InlineData("public abstract class B { [RecordTool] public abstract int M(int n); } public partial class C : B { [RecordTool] public sealed override partial int M(int n); private int MCore(int n) => n; }", "B b = new C(); Check.That(b.M(1) == 1);")]
    [InlineData("public interface I<T> { [RecordTool] T M(T n); } public partial class C<T> : I<T> { [RecordTool] public partial T M(T n); private T MCore(T n) => n; }", "I<int> i = new C<int>(); Check.That(i.M(1) == 1);")]
    [InlineData("public interface I { [RecordTool] int M(int n); } public partial struct S : I { [RecordTool] public partial int M(int n); private int MCore(int n) => n; }", "I i = new S(); Check.That(i.M(1) == 1);")]
    [InlineData("public interface I { [RecordTool] Task<int> M(int n); } public partial class C : I { [RecordTool] public partial Task<int> M(int n); private async Task<int> MCore(int n) { await Task.Yield(); return n; } }", "I i = new C(); Check.That(await i.M(1) == 1);")]
    // A call site and a decorator.
    [InlineData("[RecordedInterface] public interface I { [RecordTool] int M(int n); } public class C : I { public int M(int n) => n; }", "I i = Recorded.Wrap<I>(new C()); Check.That(i.M(1) == 1);")]
    [InlineData("public interface J { [RecordTool] int M(int n); } [RecordedInterface] public interface I : J; public class C : I { public int M(int n) => n; }", "J i = Recorded.Wrap<I>(new C()); Check.That(i.M(1) == 1);")]
    [InlineData("[RecordedInterface] public interface I { [RecordTool] int M(int n); } public class C : I { public int M(int n) => n; }", "I i = new C(); Check.That(i.M(1) == 1); Recorded.Wrap<I>(new C());")]
    // A decorator and a body.
    [InlineData("[RecordedInterface] public interface I { [RecordTool] int M(int n); } public partial class C : I { [RecordTool] public partial int M(int n); private int MCore(int n) => n; }", "I i = Recorded.Wrap<I>(new C()); Func<int, int> f = i.M; Check.That(f(1) == 1);")]
    [InlineData("[RecordedInterface] public interface I { int M(int n); } public partial class C : I { [RecordTool] public partial int M(int n); private int MCore(int n) => n; }", "I i = Recorded.Wrap<I>(new C()); Check.That(i.M(1) == 1);")]
    // All three.
    [InlineData("[RecordedInterface] public interface I { [RecordTool] int M(int n); } public partial class C : I { [RecordTool] public partial int M(int n); private int MCore(int n) => n; }", "I i = Recorded.Wrap<I>(new C()); Check.That(i.M(1) == 1);")]
    // A decorator and a decorator.
    [InlineData("[RecordedInterface] public interface I { int M(int n); } public class C : I { public int M(int n) => n; }", "I i = Recorded.Wrap<I>(Recorded.Wrap<I>(new C())); Check.That(i.M(1) == 1);")]
    // An adapter and a body.
    [InlineData(AI + "public static partial class C { [RecordTool] public static partial int M(int n); private static int MCore(int n) => n; }", "await AIFunctionFactory.Create(C.M).InvokeAsync(new() { [\"n\"] = 1 });")]
    [InlineData(AI + "public static partial class C { [RecordTool] public static partial int M(int n); private static int MCore(int n) => n; }", "await AIFunctionFactory.Create((int n) => C.M(n)).InvokeAsync(new() { [\"n\"] = 1 });")]
    [InlineData(AI + "public static partial class C { [RecordTool] public static partial int M(int n); private static int MCore(int n) => n; }", "Func<int, int> f = C.M; await AIFunctionFactory.Create(f).InvokeAsync(new() { [\"n\"] = 1 });")]
    [InlineData(AI + "public static partial class C { [RecordTool] public static partial int M(int n); private static int MCore(int n) => n; }", "await AIFunctionFactory.Create(typeof(C).GetMethod(\"M\")!, (object?)null).InvokeAsync(new() { [\"n\"] = 1 });")]
    // An adapter and a call site.
    [InlineData(AI + "public static class C { [RecordTool] public static int M(int n) => n; }", "await AIFunctionFactory.Create(C.M).InvokeAsync(new() { [\"n\"] = 1 });")]
    [InlineData(AI + "public static class C { [RecordTool] public static int M(int n) => n; }", "await AIFunctionFactory.Create((int n) => C.M(n)).InvokeAsync(new() { [\"n\"] = 1 });")]
    [InlineData(AI + "public static class C { [RecordTool] public static int M(int n) => n; }", "await AIFunctionFactory.Create((int n) => { return C.M(n); }).InvokeAsync(new() { [\"n\"] = 1 });")]
    [InlineData(AI + "public static class C { [RecordTool] public static void M(int n) { } }", "await AIFunctionFactory.Create((int n) => { C.M(n); }).InvokeAsync(new() { [\"n\"] = 1 });")]
    [InlineData(AI + "public static class C { [RecordTool] public static async Task<int> M(int n) { await Task.Yield(); return n; } }", "await AIFunctionFactory.Create(async (int n) => await C.M(n)).InvokeAsync(new() { [\"n\"] = 1 });")]
    // An adapter and a decorator.
    [InlineData(AI + "[RecordedInterface] public interface I { [RecordTool] int M(int n); } public class C : I { public int M(int n) => n; }", "await AIFunctionFactory.Create(Recorded.Wrap<I>(new C()).M).InvokeAsync(new() { [\"n\"] = 1 });")]
    [InlineData(AI + "[RecordedInterface] public interface I { [RecordTool] int M(int n); } public class C : I { public int M(int n) => n; }", "await AIFunctionFactory.Create(typeof(I).GetMethod(\"M\")!, Recorded.Wrap<I>(new C())).InvokeAsync(new() { [\"n\"] = 1 });")]
    // An adapter and an adapter.
    [InlineData(AI + "public static class C { public static int M(int n) => n; } public sealed class Outer(AIFunction inner) : DelegatingAIFunction(inner);", "await AIFunctionFactory.Create(C.M).InvokeAsync(new() { [\"n\"] = 1 }); new Outer(AIFunctionFactory.Create(C.M));")]
    public async Task Call_is_recorded_once(string declarations, string body)
    {
        RecordedRun run = await RecordedRun.Of(declarations, body);

        Assert.Equal("n=1", Assert.Single(run.Events, static e => e is ToolEvent or ActionEvent).Arguments());
    }

    [Fact]
    public async Task Note_of_one_call_is_not_taken_by_another()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public interface IAgent { [RecordTool("I")] int M(int n); }
            public partial class Inner : IAgent { [RecordTool("inner")] public partial int M(int n); private int MCore(int n) => n; }
            public sealed class Outer(Func<int, int> next) : IAgent { public int M(int n) => next(n + 1); }
            """,
            "IAgent outer = new Outer(new Inner().M); Check.That(outer.M(1) == 2);");

        Assert.Equal(["n=1", "n=2"], run.Events.OfType<ToolEvent>().Select(static e => e.Arguments()));
    }

    [Fact]
    public async Task Recursion_behind_a_recorded_call_is_recorded()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public interface IAgent { [RecordTool] int M(int n); }
            public partial class Agent : IAgent { [RecordTool] public partial int M(int n); private int MCore(int n) => n == 0 ? 0 : M(n - 1); }
            """,
            "IAgent a = new Agent(); Check.That(a.M(2) == 0);");

        Assert.Equal(["n=2", "n=1", "n=0"], run.Events.OfType<ToolEvent>().Select(static e => e.Arguments()));
    }

    [Fact]
    public async Task Librarys_body_is_recorded_once_wherever_it_is_called()
    {
        byte[] library = Library(
            """
            namespace Library;
            public interface IAgent { [RecordTool] int M(int n); }
            public partial class Agent : IAgent { [RecordTool] public partial int M(int n); private int MCore(int n) => n; }
            """);
        CSharpCompilation compilation = GeneratedProgram.Compile(("/project/Program.cs",
            """
            public static class Program
            {
                public static Session Run()
                {
                    using var session = Session.Start();
                    var agent = new Library.Agent();
                    agent.M(1);
                    ((Library.IAgent)agent).M(2);
                    new[] { 3 }.Select(agent.M).ToArray();
                    return session;
                }
            }
            """)).AddReferences(MetadataReference.CreateFromImage(library));

        Session session = await GeneratedProgram.Create(compilation, library).RunAsync<Session>();

        Assert.Equal(["n=1", "n=2", "n=3"], session.ReadEvents().OfType<ToolEvent>().Select(static e => e.Arguments()));
    }

    [Fact]
    public async Task Librarys_interface_is_wrapped_although_nothing_of_the_library_ran_yet()
    {
        byte[] library = Library("namespace Library; [RecordedInterface] public interface IAgent { int M(int n); }");
        CSharpCompilation compilation = GeneratedProgram.Compile(("/project/Program.cs",
            """
            public sealed class Agent : Library.IAgent { public int M(int n) => n; }
            public static class Program
            {
                public static Session Run() { using var session = Session.Start(); Recorded.Wrap<Library.IAgent>(new Agent()).M(1); return session; }
            }
            """)).AddReferences(MetadataReference.CreateFromImage(library));

        Session session = await GeneratedProgram.Create(compilation, library).RunAsync<Session>();

        Assert.Equal("n=1", Assert.Single(session.ReadEvents().OfType<ActionEvent>()).Arguments());
    }

    private static byte[] Library(string source)
    {
        CSharpCompilation compilation = GeneratedProgram.Compile(("/library/Library.cs", source));
        GeneratedProgram.CreateDriver().RunGeneratorsAndUpdateCompilation(compilation, out Compilation updated, out _);
        using var image = new MemoryStream();
        Assert.True(updated.Emit(image).Success);
        return image.ToArray();
    }
}
