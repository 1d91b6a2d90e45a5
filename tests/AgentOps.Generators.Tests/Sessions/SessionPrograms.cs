using AgentOps.Generators.Diagnostics.Sessions;
using AgentOps.TestSupport;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentOps.Generators.Tests.Sessions;

/// <summary>Programs that the rules of sessions are tried on.</summary>
internal static class SessionPrograms
{
    /// <summary>Recorded methods that the programs call.</summary>
    public const string Tools = """
        public class Agent
        {
            [RecordTool] public string Search(string q) => q;
            [RecordTool] public Task<string> SearchAsync(string q) => Task.FromResult(q);
            [RecordTool] public ValueTask<int> CountAsync() => new(1);
            [RecordLlm] public IAsyncEnumerable<string> StreamAsync(string q) => throw new NotSupportedException();
            [RecordTool] public static int Roll() => 4;
            public int Plain() => 1;
        }
        """;

    /// <summary>What the frameworks declare that call programs.</summary>
    public const string Frameworks = """
        namespace Microsoft.Extensions.Hosting
        {
            public interface IHostedService { Task StartAsync(CancellationToken t); Task StopAsync(CancellationToken t); }
            public abstract class BackgroundService : IHostedService
            {
                public virtual Task StartAsync(CancellationToken t) => ExecuteAsync(t);
                public virtual Task StopAsync(CancellationToken t) => Task.CompletedTask;
                protected abstract Task ExecuteAsync(CancellationToken t);
            }
            public interface IHost { }
            public static class HostExtensions { public static void Run(this IHost host) { } public static Task RunAsync(this IHost host) => Task.CompletedTask; }
        }
        namespace Microsoft.AspNetCore.Mvc
        {
            public abstract class ControllerBase { public string Ok(object? o = null) => ""; }
            public sealed class NonActionAttribute : Attribute;
        }
        namespace Microsoft.AspNetCore.Http { public class HttpContext { } }
        namespace Microsoft.AspNetCore.Routing { public interface IEndpointRouteBuilder { } }
        namespace Microsoft.AspNetCore.Builder
        {
            public class WebApplication : Microsoft.AspNetCore.Routing.IEndpointRouteBuilder
            {
                public static WebApplication Create() => new();
                public void Use(Func<Microsoft.AspNetCore.Http.HttpContext, Func<Task>, Task> middleware) { }
                public void Run() { }
            }
            public static class EndpointRouteBuilderExtensions
            {
                public static object MapGet(this Microsoft.AspNetCore.Routing.IEndpointRouteBuilder b, string route, Delegate handler) => b;
                public static object MapPost(this Microsoft.AspNetCore.Routing.IEndpointRouteBuilder b, string route, Delegate handler) => b;
            }
        }
        namespace NUnit.Framework
        {
            public class TestAttribute : Attribute; public class SetUpAttribute : Attribute; public class TearDownAttribute : Attribute; public class TestCaseAttribute(int n) : Attribute { public int N => n; }
        }
        namespace Microsoft.VisualStudio.TestTools.UnitTesting
        {
            public class TestMethodAttribute : Attribute; public class TestInitializeAttribute : Attribute; public class TestClassAttribute : Attribute;
        }
        """;

    /// <summary>Verifies a program, or a library if it has no entry point, with the rules that need the project and the one that is live.</summary>
    public static Task VerifyMissingAsync(string markup, params (string Path, string Markup)[] others) => VerifyAsync<MissingSessionAnalyzer>(markup, others);

    public static Task VerifyLifetimeAsync(string markup) => VerifyAsync<SessionLifetimeAnalyzer>(markup);

    public static Task VerifyAsync<TAnalyzer>(string markup, params (string Path, string Markup)[] others)
        where TAnalyzer : DiagnosticAnalyzer, new() => AnalyzerVerifier.VerifyAsync<TAnalyzer>(
        "none", [("/project/Program.cs", markup), ("/project/Tools.cs", Tools), ("/project/Frameworks.cs", Frameworks), .. others], change: AsProgram);

    /// <summary>What is reported for a program.</summary>
    public static async Task<Diagnostic[]> AnalyzeAsync<TAnalyzer>(string source, Func<CSharpCompilation, CSharpCompilation>? change = null)
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        CSharpCompilation compilation = GeneratedProgram.Compile(("/project/Program.cs", source), ("/project/Tools.cs", Tools), ("/project/Frameworks.cs", Frameworks));
        return [.. await AnalyzerVerifier.AnalyzeAsync<TAnalyzer>(AsProgram(change is null ? compilation : change(compilation)))];
    }

    /// <summary>The same compilation as a program, if it has a place to begin.</summary>
    public static CSharpCompilation AsProgram(CSharpCompilation compilation)
    {
        CSharpCompilation program = compilation.WithOptions(compilation.Options.WithOutputKind(OutputKind.ConsoleApplication));
        return program.GetEntryPoint(CancellationToken.None) is null ? compilation : program;
    }
}
