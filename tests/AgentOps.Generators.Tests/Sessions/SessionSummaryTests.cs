using System.Globalization;
using AgentOps.Generators.Diagnostics.Sessions;
using AgentOps.TestSupport;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentOps.Generators.Tests.Sessions;

/// <summary>What methods say of sessions by <c>[RequiresSession]</c> and <c>[OpensSession]</c>, in their own project and in others.</summary>
public sealed class SessionSummaryTests
{
    private const string Library = """
        namespace Library;
        public class Flow
        {
            [RequiresSession] public void Plan() => new Step().Take();
            [RequiresSession] public virtual Task PlanAsync() => Task.CompletedTask;
            [OpensSession] public static void Open() => Session.Start();
            public static void Unknown() { }
            public void Unmarked() { }
        }
        public class Step { [RecordTool] public void Take() { } }
        """;

    [Fact]
    public Task Method_that_requires_a_session_is_reported_where_the_program_begins() => SessionPrograms.VerifyMissingAsync(
        """
        static class Program
        {
            static void Main() { {|AOPS0502:Direct|}(); {|AOPS0501:Behind|}(); }
            [RequiresSession] static void Direct() { }
            static void Behind() => Direct();
        }
        """);

    [Fact]
    public Task Method_that_requires_a_session_has_one() => SessionPrograms.VerifyMissingAsync(
        """
        static class Program
        {
            static void Main() { using var session = Session.Start(); Run(); }
            [RequiresSession] static void Run() => Agent.Roll();
        }
        public class Tests { [Xunit.Fact, RequiresSession] public void A() => Agent.Roll(); }
        """);

    [Fact]
    public Task Override_of_a_method_that_requires_a_session_requires_one() => SessionPrograms.VerifyMissingAsync(
        """
        new Derived().{|AOPS0502:Run|}();
        class Base { [RequiresSession] public virtual void Run() { } }
        class Derived : Base { public override void Run() { } }
        """);

    [Fact]
    public Task Interface_member_that_requires_a_session_is_reported() => SessionPrograms.VerifyMissingAsync(
        """
        static class Program { static void Main(string[] a) => Use(null!); static void Use(IFlow flow) => flow.Run(); }
        interface IFlow { [RequiresSession] void Run(); }
        """.Replace("=> Use(null!)", "=> {|AOPS0501:Use|}(null!)", StringComparison.Ordinal));

    [Fact]
    public Task After_a_method_that_opens_a_session_one_is_open() => SessionPrograms.VerifyMissingAsync(
        """
        static class Program
        {
            static void Main() { Agent.{|AOPS0502:Roll|}(); Open(); Agent.Roll(); Run(); }
            [OpensSession] static void Open() { }
            static void Run() => Agent.Roll();
        }
        """);

    [Fact]
    public Task Method_that_leaves_a_session_open_needs_no_mark() => SessionPrograms.VerifyMissingAsync(
        """
        static class Program
        {
            private static Session? s_session;
            static void Main() { Setup(); Agent.Roll(); Run(); s_session?.End(); }
            static void Setup() => Begin("name");
            static void Begin(string name) => s_session = Session.Start(new SessionOptions { Name = name });
            static void Run() => Agent.Roll();
        }
        """);

    [Theory]
    [InlineData("new Flow().Plan();", "Plan")]
    [InlineData("await new Flow().PlanAsync();", "PlanAsync")]
    [InlineData("new Step().Take();", "Take")]
    [InlineData("Flow.Open(); new Flow().Plan();", null)]
    [InlineData("Flow.Unknown(); new Flow().Plan();", null)]
    [InlineData("new Flow().Unmarked();", null)]
    [InlineData("using (Session.Start()) new Flow().Plan();", null)]
    public async Task Marks_are_read_from_referenced_assemblies(string statements, string? reported)
    {
        string[] messages = [.. (await InOtherProjectAsync("using Library; " + statements)).Select(static d => d.Id + " " + d.GetMessage(CultureInfo.InvariantCulture))];

        Assert.Equal(reported is null ? [] : [SessionRules.MissingSessionHere.Id], messages.Select(static m => m[..8]));
        Assert.All(messages, m => Assert.Contains($"'{reported}'", m, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Marks_are_read_from_projects_that_are_not_compiled_yet()
    {
        CSharpCompilation library = Compile(Library);
        Diagnostic[] reported = await SessionPrograms.AnalyzeAsync<MissingSessionAnalyzer>(
            "using Library; Run(); static void Run() => new Flow().Plan();", c => c.AddReferences(library.ToMetadataReference()));

        Assert.Equal([SessionRules.MissingSession.Id], reported.Select(static d => d.Id));
    }

    [Fact]
    public async Task Program_that_has_a_library_set_things_up_is_not_sure_of_its_controllers()
    {
        const string Controller = "public class C : Microsoft.AspNetCore.Mvc.ControllerBase { public int Get() => Agent.Roll(); }";

        Assert.Empty(await InOtherProjectAsync("Library.Flow.Unknown(); " + Controller));
        Assert.Single(await InOtherProjectAsync("Console.WriteLine(); " + Controller));
    }

    /// <summary>A program that references the library as it is built: with the generator's list of recorded methods, as a reference assembly.</summary>
    private static Task<Diagnostic[]> InOtherProjectAsync(string source)
    {
        GeneratedProgram.CreateDriver().RunGeneratorsAndUpdateCompilation(Compile(Library), out Compilation library, out _);
        using var image = new MemoryStream();
        Assert.True(library.Emit(image, options: new(metadataOnly: true, includePrivateMembers: false)).Success);
        image.Position = 0;
        return SessionPrograms.AnalyzeAsync<MissingSessionAnalyzer>(source, c => c.AddReferences(MetadataReference.CreateFromStream(image)));
    }

    private static CSharpCompilation Compile(string source) => GeneratedProgram.Compile(("/library/Library.cs", source));
}
