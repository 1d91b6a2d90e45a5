using AgentOps.Events;
using AgentOps.TestSupport;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentOps.Generators.Tests;

/// <summary>Recorded methods of a library, called from another project.</summary>
public sealed class CrossProjectTests
{
    private static readonly byte[] s_library = Compile(
        """
        namespace Library;
        public static class Tools { [RecordTool("library tool")] public static int Do(int n) => n; }
        public abstract class Base { [RecordTool] protected virtual int Hidden(int n) => n; [RecordTool] protected static T Same<T>(T item) => item; }
        public interface IAsk { [RecordLlm(Model = "m")] Task<string> AskAsync(string prompt); }
        """);

    [Fact]
    public async Task Call_of_a_librarys_method_is_recorded_in_the_calling_project()
    {
        CSharpCompilation compilation = Consumer(
            """
            public static class Program { public static Session Run() { using var session = Session.Start(); Library.Tools.Do(3); return session; } }
            """);
        Session session = await GeneratedProgram.Create(compilation, s_library).RunAsync<Session>();

        var tool = Assert.IsType<ToolEvent>(Assert.Single(session.ReadEvents(), static e => e.Site is not null));
        Assert.Equal(("library tool", "n=3", compilation.AssemblyName), (tool.Name, tool.Arguments(), tool.Site!.Project));
    }

    [Fact]
    public async Task Protected_methods_of_a_librarys_class_are_recorded_in_the_class_that_calls_them()
    {
        Session session = await GeneratedProgram.Create(
            Consumer(
                """
                public sealed class Derived : Library.Base { protected override int Hidden(int n) => -n; public int Use() => Other(this) + Same(3); static int Other(Derived d) => d.Hidden(2) ; }
                public static class Program { public static Session Run() { using var session = Session.Start(); new Derived().Use(); return session; } }
                """),
            s_library).RunAsync<Session>();

        Assert.Equal(["-2", "3"], session.ReadEvents().OfType<ToolEvent>().Select(static e => e.Returns!.ToString()));
    }

    [Fact]
    public async Task Implementation_of_a_librarys_interface_is_recorded()
    {
        Session session = await GeneratedProgram.Create(
            Consumer(
                """
                public sealed class Model : Library.IAsk { public async Task<string> AskAsync(string prompt) { await Task.Yield(); return prompt; } }
                public static class Program
                {
                    public static async Task<Session> Run() { using var session = Session.Start(); await new Model().AskAsync("a"); Library.IAsk ask = new Model(); await ask.AskAsync("b"); return session; }
                }
                """),
            s_library).RunAsync<Session>();

        Assert.Equal(["\"a\"", "\"b\""], session.ReadEvents().OfType<LlmEvent>().Select(e => e.Completion!.ToString()));
    }

    [Fact]
    public void Library_lists_its_recorded_methods_once_and_in_order()
    {
        var edits = new GeneratorEdits(
            ("/project/B.cs", "public class B { [RecordTool] public void Zeta() { } [RecordAction] public void Alpha() { } }"),
            ("/project/A.cs", "public class A { [RecordLlm] public string Middle() => \"\"; [RecordTool] public void Alpha(int n) { } [Obsolete] public void Other() { } }"));

        Assert.Contains("RecordedMethods(\"Alpha;Middle;Zeta\")", Assert.Single(edits.Texts().Values), StringComparison.Ordinal);
    }

    /// <summary>A compilation that references the library's image.</summary>
    internal static CSharpCompilation Consumer(string source) =>
        GeneratedProgram.Compile(("/project/Program.cs", source)).AddReferences(MetadataReference.CreateFromImage(s_library));

    private static byte[] Compile(string source)
    {
        CSharpCompilation compilation = GeneratedProgram.Compile(("/library/Tools.cs", source));
        GeneratedProgram.CreateDriver().RunGeneratorsAndUpdateCompilation(compilation, out Compilation updated, out _);
        using var image = new MemoryStream();
        Assert.True(updated.Emit(image).Success);
        return image.ToArray();
    }
}
