using AgentOps.Events;
using AgentOps.TestSupport;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentOps.Generators.Tests;

/// <summary>
/// Functions of Semantic Kernel, known by the names of its types. The package is not at hand: stand-ins of the same names and
/// signatures do what it does with a delegate.
/// </summary>
public sealed class KernelAdapterTests
{
    private const string Package =
        """
        using System.Reflection;

        namespace Microsoft.SemanticKernel
        {
            public sealed class Kernel { public List<string> Filtered { get; } = []; }
            public sealed class KernelArguments : Dictionary<string, object?>;
            public sealed class KernelParameterMetadata(string name) { public string Name => name; }
            public sealed class KernelReturnParameterMetadata { public string Description { get; init; } = ""; }

            public sealed class KernelFunctionMetadata(string name)
            {
                public string Name => name;
                public string Description { get; init; } = "";
                public IReadOnlyList<KernelParameterMetadata> Parameters { get; init; } = [];
                public KernelReturnParameterMetadata ReturnParameter { get; init; } = new();
            }

            public sealed class FunctionResult(object? value) { public T? GetValue<T>() => (T?)value; }

            public abstract class KernelFunction
            {
                internal KernelFunction(KernelFunctionMetadata metadata) => Metadata = metadata;
                public KernelFunctionMetadata Metadata { get; init; }
                public string Name => Metadata.Name;
                public string Description => Metadata.Description;
                protected abstract ValueTask<FunctionResult> InvokeCoreAsync(Kernel kernel, KernelArguments arguments, CancellationToken cancellationToken);

                public async Task<FunctionResult> InvokeAsync(Kernel kernel, KernelArguments? arguments = null, CancellationToken cancellationToken = default)
                {
                    kernel.Filtered.Add(Name);
                    return await InvokeCoreAsync(kernel, arguments ?? [], cancellationToken);
                }
            }

            internal sealed class FromMethod(MethodInfo method, object? target, KernelFunctionMetadata metadata) : KernelFunction(metadata)
            {
                protected override async ValueTask<FunctionResult> InvokeCoreAsync(Kernel kernel, KernelArguments arguments, CancellationToken cancellationToken)
                {
                    object?[] values = [.. method.GetParameters().Select(p =>
                        p.ParameterType == typeof(Kernel) ? kernel : p.ParameterType == typeof(KernelArguments) ? arguments
                        : p.ParameterType == typeof(CancellationToken) ? cancellationToken : arguments[p.Name!])];
                    object? result = method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, values, null);
                    return new FunctionResult(result is Task<object?> task ? await task : result);
                }
            }

            public static class KernelFunctionFactory
            {
                public static KernelFunction CreateFromMethod(Delegate method, string? functionName = null, string? description = null, IEnumerable<KernelParameterMetadata>? parameters = null, KernelReturnParameterMetadata? returnParameter = null) =>
                    CreateFromMethod(method.Method, method.Target, functionName, description, parameters, returnParameter);

                public static KernelFunction CreateFromMethod(MethodInfo method, object? target = null, string? functionName = null, string? description = null, IEnumerable<KernelParameterMetadata>? parameters = null, KernelReturnParameterMetadata? returnParameter = null) =>
                    new FromMethod(method, target, new KernelFunctionMetadata(functionName ?? method.Name)
                    {
                        Description = description ?? "",
                        Parameters = parameters?.ToArray() ?? [.. method.GetParameters().Select(p => new KernelParameterMetadata(p.Name!))],
                        ReturnParameter = returnParameter ?? new(),
                    });
            }

            public sealed class KernelPlugin(string name, string description, IEnumerable<KernelFunction> functions) : List<KernelFunction>(functions)
            {
                public string Name => name;
                public string Description => description;
            }

            public static class KernelPluginFactory
            {
                public static KernelPlugin CreateFromObject(object target, string? pluginName = null) => CreateFromFunctions(
                    pluginName ?? target.GetType().Name, "from an object",
                    target.GetType().GetMethods().Where(m => m.DeclaringType == target.GetType()).Select(m => KernelFunctionFactory.CreateFromMethod(m, target)).ToArray());

                public static KernelPlugin CreateFromFunctions(string pluginName, string? description = null, IEnumerable<KernelFunction>? functions = null) =>
                    new(pluginName, description ?? "", functions ?? []);
            }
        }
        """;

    private static readonly byte[] s_package = CompilePackage();

    [Theory]
    [InlineData("KernelFunctionFactory.CreateFromMethod(T.Add, \"add\", \"Adds\")")]
    [InlineData("KernelFunctionFactory.CreateFromMethod((int a, int b) => a + b, \"add\", \"Adds\")")]
    [InlineData("KernelFunctionFactory.CreateFromMethod(typeof(T).GetMethod(\"Add\")!, null, \"add\", \"Adds\")")]
    public async Task Function_is_recorded_and_its_filters_run_once(string make)
    {
        IReadOnlyList<AgentEvent> events = await Run(
            "public static class T { public static int Add(int a, int b) => a + b; }",
            $$"""
            var kernel = new Kernel();
            KernelFunction f = {{make}};
            Check.That(f.Name == "add" && f.Description == "Adds" && string.Join(",", f.Metadata.Parameters.Select(p => p.Name)) == "a,b");
            Check.That((await f.InvokeAsync(kernel, new() { ["a"] = 1, ["b"] = 2 })).GetValue<int>() == 3);
            Check.That(kernel.Filtered.Count == 1);
            """);

        Assert.Equal(("add", "a=1, b=2", "3"), (CallIn(events).DisplayName, CallIn(events).Arguments(), CallIn(events).Returns?.ToString()));
    }

    [Fact]
    public async Task Functions_of_a_plugin_are_recorded()
    {
        IReadOnlyList<AgentEvent> events = await Run(
            "public sealed class T { public int Add(int a, int b) => a + b; }",
            """
            KernelPlugin plugin = KernelPluginFactory.CreateFromObject(new T(), "maths");
            Check.That(plugin.Name == "maths" && plugin.Description == "from an object");
            await plugin.Single().InvokeAsync(new Kernel(), new() { ["a"] = 1, ["b"] = 2 });
            """);

        Assert.Equal(("Add", "a=1, b=2"), (CallIn(events).DisplayName, CallIn(events).Arguments()));
    }

    [Fact]
    public async Task Failure_is_recorded_and_reaches_the_caller()
    {
        IReadOnlyList<AgentEvent> events = await Run(
            "",
            """
            KernelFunction f = KernelFunctionFactory.CreateFromMethod(int () => throw new FormatException("no"), "fails");
            try { await f.InvokeAsync(new Kernel()); Check.That(false); } catch (FormatException) { }
            """);

        Assert.Equal(EventStatus.Error, CallIn(events).Status);
    }

    [Fact]
    public async Task Body_that_records_is_not_recorded_twice()
    {
        IReadOnlyList<AgentEvent> events = await Run(
            "public static partial class T { [RecordTool] public static partial int Add(int a); private static int AddCore(int a) => a; }",
            """
            await KernelFunctionFactory.CreateFromMethod(T.Add).InvokeAsync(new Kernel(), new() { ["a"] = 1 });
            """);

        Assert.Equal("a=1", CallIn(events).Arguments());
    }

    private static AgentEvent CallIn(IReadOnlyList<AgentEvent> events) => Assert.Single(events, static e => e is ToolEvent or ActionEvent);

    private static async Task<IReadOnlyList<AgentEvent>> Run(string declarations, string body)
    {
        CSharpCompilation compilation = GeneratedProgram.Compile(("/project/Program.cs",
            $$"""
            using Microsoft.SemanticKernel;
            {{declarations}}
            public static class Program
            {
                public static async Task<Session> Run()
                {
                    await using var session = Session.Start();
            {{body}}
                    return session;
                }
            }

            public static class Check
            {
                public static void That(bool truth, [System.Runtime.CompilerServices.CallerArgumentExpression("truth")] string? what = null)
                {
                    if (!truth)
                        throw new Exception("The program does not behave as it would unrecorded: " + what);
                }
            }
            """)).AddReferences(MetadataReference.CreateFromImage(s_package));
        return (await GeneratedProgram.Create(compilation, s_package).RunAsync<Session>()).ReadEvents();
    }

    private static byte[] CompilePackage()
    {
        using var image = new MemoryStream();
        var emitted = GeneratedProgram.Compile(("/package/Kernel.cs", Package)).Emit(image);
        Assert.True(emitted.Success, string.Join("\n", emitted.Diagnostics));
        return image.ToArray();
    }
}
