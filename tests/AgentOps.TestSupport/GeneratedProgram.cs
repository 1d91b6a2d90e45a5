using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using AgentOps.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace AgentOps.TestSupport;

/// <summary>
/// A C# program that is compiled with the generator, emitted, loaded and run: many interceptor errors appear only when a
/// compilation is emitted, and only running shows what was recorded.
/// </summary>
public sealed class GeneratedProgram
{
    private readonly Assembly _assembly;

    private GeneratedProgram(Assembly assembly, ImmutableDictionary<string, string> generated)
    {
        _assembly = assembly;
        GeneratedSources = generated;
    }

    /// <summary>The generated files by hint name.</summary>
    public ImmutableDictionary<string, string> GeneratedSources { get; }

    /// <summary>Options that list the namespace of the interceptors, as the package does.</summary>
    public static CSharpParseOptions ParseOptions { get; } = new CSharpParseOptions(LanguageVersion.Preview)
        .WithFeatures([new("InterceptorsNamespaces", "AgentOps.Generated")]);

    /// <summary>Everything that the test process itself runs on, the runtime library included.</summary>
    public static ImmutableArray<MetadataReference> References { get; } =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(static path => !Path.GetFileName(path).StartsWith("AgentOps.Generators", StringComparison.Ordinal))
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>A compilation of files given as (path, text), with the usual usings.</summary>
    public static CSharpCompilation Compile(params (string Path, string Text)[] files) => CSharpCompilation.Create(
        "TestProgram_" + Guid.NewGuid().ToString("N"),
        [
            .. files.Select(static file => CSharpSyntaxTree.ParseText(SourceText.From(file.Text, System.Text.Encoding.UTF8), ParseOptions, file.Path)),
            CSharpSyntaxTree.ParseText(
                SourceText.From("""
                global using System;
                global using System.Collections.Generic;
                global using System.Linq;
                global using System.Threading;
                global using System.Threading.Tasks;
                global using AgentOps;
                """, System.Text.Encoding.UTF8),
                ParseOptions,
                "Usings.cs"),
        ],
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true));

    /// <summary>A driver for the generator.</summary>
    /// <param name="properties">MSBuild properties that the generator sees, without their prefix.</param>
    /// <param name="isTracking">Whether it remembers why each step ran, which costs time and memory of its own.</param>
    public static GeneratorDriver CreateDriver(IReadOnlyDictionary<string, string>? properties = null, bool isTracking = true) => CSharpGeneratorDriver.Create(
        [new RecordingGenerator().AsSourceGenerator()],
        parseOptions: ParseOptions,
        optionsProvider: new BuildProperties(properties ?? new Dictionary<string, string> { ["ProjectDir"] = "/project/" }),
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: isTracking));

    /// <summary>The same compilation with what is generated for it.</summary>
    public static CSharpCompilation WithGenerated(CSharpCompilation compilation)
    {
        CreateDriver(isTracking: false).RunGeneratorsAndUpdateCompilation(compilation, out Compilation updated, out _);
        return (CSharpCompilation)updated;
    }

    /// <summary>Compiles one file, generates, emits and loads.</summary>
    /// <exception cref="InvalidOperationException">Something does not compile; the message has the errors and the generated code.</exception>
    public static GeneratedProgram Create(string source) => Create(("/project/Program.cs", source));

    /// <inheritdoc cref="Create(string)"/>
    public static GeneratedProgram Create(params (string Path, string Text)[] files) => Create(Compile(files));

    /// <inheritdoc cref="Create(string)"/>
    public static GeneratedProgram Create(CSharpCompilation compilation, params IEnumerable<byte[]> alsoLoaded)
    {
        GeneratorDriver driver = CreateDriver().RunGeneratorsAndUpdateCompilation(
            compilation, out Compilation updated, out ImmutableArray<Diagnostic> reported);
        GeneratorRunResult result = driver.GetRunResult().Results.Single();
        if (result.Exception is { } failure)
            throw new InvalidOperationException("The generator threw.", failure);
        return Load(updated, result.GeneratedSources.ToImmutableDictionary(s => s.HintName, s => s.SourceText.ToString()), reported, alsoLoaded);
    }

    /// <summary>Compiles the same file without the generator: the program as it behaves unrecorded.</summary>
    /// <exception cref="InvalidOperationException">It does not compile.</exception>
    public static GeneratedProgram CreateUnrecorded(string source) =>
        Load(Compile(("/project/Program.cs", source)), ImmutableDictionary<string, string>.Empty, [], []);

    /// <summary>Loads a program that another compiler made.</summary>
    public static GeneratedProgram Load(byte[] image) =>
        new(new AssemblyLoadContext("compiled program", isCollectible: false).LoadFromStream(new MemoryStream(image)), ImmutableDictionary<string, string>.Empty);

    /// <summary>Calls the static method <c>Program.Run</c> and waits for what it returns.</summary>
    public async Task<T> RunAsync<T>(params object?[] arguments)
    {
        MethodInfo run = _assembly.GetType("Program")?.GetMethod("Run", BindingFlags.Public | BindingFlags.Static)
            ?? throw new InvalidOperationException("The program has no public static method Program.Run.");
        object? returned = run.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);
        return returned switch
        {
            Task<T> task => await task.ConfigureAwait(false),
            T value => value,
            _ => throw new InvalidOperationException($"Program.Run returned {returned?.GetType().ToString() ?? "null"}, not {typeof(T)}."),
        };
    }

    private static GeneratedProgram Load(
        Compilation compilation, ImmutableDictionary<string, string> generated, ImmutableArray<Diagnostic> reported, IEnumerable<byte[]> alsoLoaded)
    {
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image);
        Diagnostic[] problems = [.. emitted.Diagnostics.Concat(reported).Where(IsProblem)];
        if (!emitted.Success || problems.Length > 0)
        {
            throw new InvalidOperationException(
                string.Join("\n", problems.Select(static p => p.ToString())) + "\n\n" + string.Join("\n\n", generated.Values));
        }
        var context = new AssemblyLoadContext("generated program", isCollectible: false);
        foreach (byte[] other in alsoLoaded)
            context.LoadFromStream(new MemoryStream(other));
        image.Position = 0;
        return new GeneratedProgram(context.LoadFromStream(image), generated);
    }

    private static bool IsProblem(Diagnostic diagnostic) =>
        diagnostic.Severity == DiagnosticSeverity.Error
        || (diagnostic.Severity == DiagnosticSeverity.Warning && diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true);
}
