using AgentOps.Events;
using AgentOps.Generators.Calls;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentOps.Generators.Tests;

/// <summary>Private and protected methods, which generated code calls through accessors that the runtime binds.</summary>
public sealed class PrivateMethodTests
{
    [Theory]
    [InlineData("public class C { [RecordTool] private int Do(int n) => n + _one; private int _one = 1; public int Use(int n) => Do(n); }", "new C().Use(1)")]
    [InlineData("public class C { [RecordTool] private static int Do(int n) => n + 1; public int Use(int n) => Do(n); }", "new C().Use(1)")]
    [InlineData("public static class C { [RecordTool] private static int Do(int n) => n + 1; public static int Use(int n) => Do(n); }", "C.Use(1)")]
    [InlineData("namespace A.B { public static class C<T> { [RecordTool] private static int Do(T n) => 2; public static int Use(T n) => Do(n); } }", "A.B.C<int>.Use(1)")]
    [InlineData("public static class C { [RecordTool] private static int Do<T>(T n) where T : struct => 2; public static int Use<T>(T n) where T : struct => Do(n); }", "C.Use(1)")]
    [InlineData("public class C<T>(T one) { [RecordTool] private U Do<U>(U n) where U : System.Numerics.INumber<U> => n + U.CreateChecked((int)(object)one!); public int Use(int n) => Do(n); }", "new C<int>(1).Use(1)")]
    [InlineData("public class O<T> { public class C<U> where U : struct { [RecordTool] private int Do(U n) => 2; public int Use(U n) => Do(n); } }", "new O<string>.C<int>().Use(1)")]
    [InlineData("public readonly struct C { [RecordTool] private int Do(in int n) => n + 1; public int Use(int n) => Do(n); }", "new C().Use(1)")]
    [InlineData("public struct C { [RecordTool] private static int Do(int n) => n + 1; public int Use(int n) => Do(n); }", "new C().Use(1)")]
    [InlineData("public ref struct C { [RecordTool] private int Do(int n) => n + 1; public int Use(int n) => Do(n); }", "new C().Use(1)")]
    [InlineData("public record C { [RecordTool] protected virtual int Do(int n) => n + 1; public int Use(int n) => Do(n); }", "new C().Use(1)")]
    [InlineData("public interface I { [RecordTool] private int Do(int n) => n + 1; int Use(int n) => Do(n); } public class C : I;", "((I)new C()).Use(1)")]
    [InlineData("public interface I { [RecordTool] private static int Do(int n) => n + 1; static int Use(int n) => Do(n); }", "I.Use(1)")]
    [InlineData("public class O { private static class C { [RecordTool] internal static int Do(int n) => n + 1; } public static int Use(int n) => C.Do(n); }", "O.Use(1)")]
    [InlineData("public class O<S> { private class C<T> { [RecordTool] internal static int Do<U>(U n) => 2; } public static int Use(int n) => C<string>.Do(n); }", "O<int>.Use(1)")]
    [InlineData("file static class C { [RecordTool] public static int Do(int n) => n + 1; } public static class P { public static int Use(int n) => C.Do(n); }", "P.Use(1)")]
    [InlineData("public static class C { [RecordTool] private static int Do(this int n) => n + 1; public static int Use(int n) => n.Do(); }", "C.Use(1)")]
    public async Task Private_method_is_recorded(string declarations, string call)
    {
        RecordedRun run = await RecordedRun.Of(declarations, $"Check.That({call} == 2);");

        Assert.Equal(("n=1", "2"), (run.Call.Arguments(), run.Call.Returns!.ToString()));
    }

    [Fact]
    public async Task Protected_virtual_method_runs_the_override()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public abstract class Base
            {
                [RecordTool] protected virtual string Name(string of) => "base";
                [RecordTool] protected abstract Task<string> LaterAsync();
                public async Task<string> Use() => Name("x") + await LaterAsync();
            }
            public sealed class Derived : Base
            {
                protected override string Name(string of) => "derived";
                protected override async Task<string> LaterAsync() { await Task.Yield(); return "!"; }
            }
            """,
            "Check.That(await new Derived().Use() == \"derived!\");");

        Assert.Equal(["\"derived\"", "\"!\""], run.Events.OfType<ToolEvent>().Select(static e => e.Returns!.ToString()));
    }

    [Fact]
    public async Task Private_method_of_a_struct_keeps_what_it_changes()
    {
        await RecordedRun.Of(
            "public struct Counter { public int Value; [RecordTool] private void Add(ref int n, out int was) { was = Value; Value += n++; } public void Use(ref int n) => Add(ref n, out _); }",
            "var counter = new Counter(); int n = 2; counter.Use(ref n); counter.Use(ref n); Check.That(counter.Value == 5 && n == 4);");
    }

    [Fact]
    public async Task Exception_of_a_private_method_has_the_users_frames_only()
    {
        RecordedRun run = await ComparedRun.SameAsUnrecorded(
            """
            public class Tools
            {
                public static readonly Exception Thrown = new InvalidOperationException("no");
                [RecordTool] private void Fail<T>(T item) => throw Thrown;
                [RecordTool] private static async Task FailLaterAsync() { await Task.Yield(); throw Thrown; }
                public void Use() => Fail(1);
                public Task UseLater() => FailLaterAsync();
            }
            """,
            """
                    try { new Tools().Use(); } catch (InvalidOperationException e) { Seen.Add(e, Tools.Thrown); }
                    try { await new Tools().UseLater(); } catch (InvalidOperationException e) { Seen.Add(e, Tools.Thrown); }
            """);

        Assert.All(run.Events.OfType<ToolEvent>(), static e => Assert.Equal(EventStatus.Error, e.Status));
    }

    [Theory]
    [InlineData(7, "C", "Plain", "None")]
    [InlineData(8, "C", "Plain", "Accessor")]
    [InlineData(8, "C", "Generic", "None")]
    [InlineData(9, "C", "Generic", "Accessor")]
    [InlineData(8, "G`1", "Plain", "None")]
    [InlineData(9, "G`1", "Plain", "Accessor")]
    [InlineData(9, "S", "Plain", "None")]
    [InlineData(10, "S", "Plain", "AccessorByTypeName")]
    [InlineData(7, "S", "Open", "Direct")]
    public void Way_to_a_method_depends_on_the_target_framework(int version, string type, string method, string expected)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "user",
            [CSharpSyntaxTree.ParseText("public class C { void Plain() { } void Generic<T>() { } } public class G<T> { void Plain() { } } public static class S { static void Plain() { } public static void Open() { } }", cancellationToken: TestContext.Current.CancellationToken)],
            [TargetFramework.Version(version)]);

        IMethodSymbol symbol = compilation.GetTypeByMetadataName(type)!.GetMembers(method).OfType<IMethodSymbol>().Single();

        Assert.Equal(expected, MethodAccess.Of(compilation, symbol).ToString());
    }
}
