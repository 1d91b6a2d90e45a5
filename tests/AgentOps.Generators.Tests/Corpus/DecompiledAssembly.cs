using System.Collections.Concurrent;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using AgentOps.TestSupport;
using ICSharpCode.Decompiler;
using ICSharpCode.Decompiler.CSharp;
using ICSharpCode.Decompiler.CSharp.Transforms;
using ICSharpCode.Decompiler.Metadata;
using ICSharpCode.Decompiler.TypeSystem;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace AgentOps.Generators.Tests.Corpus;

/// <summary>C# that others wrote, and that never heard of recording: an assembly, turned back into sources, a file for each of its types.</summary>
/// <remarks>The sources stay in memory. Not all of what a decompiler writes compiles again.</remarks>
internal sealed class DecompiledAssembly
{
    private DecompiledAssembly(string name, CSharpCompilation compilation, int lines)
    {
        Name = name;
        Compilation = compilation;
        Lines = lines;
    }

    public string Name { get; }

    public CSharpCompilation Compilation { get; }

    public int Lines { get; }

    /// <summary>Decompiles an assembly that the tests run on.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static DecompiledAssembly Of(string path, CancellationToken cancellation)
    {
        using var module = new PEFile(path, PEStreamOptions.PrefetchEntireImage);
        var settings = new DecompilerSettings(ICSharpCode.Decompiler.CSharp.LanguageVersion.CSharp13_0)
        {
            ThrowOnAssemblyResolveErrors = false,
            ShowXmlDocumentation = false,
            UseDebugSymbols = false,
        };
        var resolver = new UniversalAssemblyResolver(path, throwOnError: false, module.DetectTargetFrameworkId());
        foreach (string folder in s_folders)
            resolver.AddSearchDirectory(folder);
        var types = new DecompilerTypeSystem(module, resolver, settings);
        TypeDefinitionHandle[] taken =
        [
            .. module.Metadata.GetTopLevelTypeDefinitions().Where(type => !CSharpDecompiler.MemberIsHidden(module, type, settings)),
        ];
        var files = new ConcurrentBag<(string Path, SourceText Text)>();
        Parallel.ForEach(taken, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, type =>
        {
            var decompiler = new CSharpDecompiler(types, settings);
            decompiler.AstTransforms.Add(new EscapeInvalidIdentifiers());
            string name = type.GetFullTypeName(module.Metadata).ReflectionName;
            files.Add(($"/project/{name}.cs", SourceText.From(s_pragmas + decompiler.DecompileTypesAsString([type]), System.Text.Encoding.UTF8)));
        });
        string assembly = Path.GetFileNameWithoutExtension(path);
        return new DecompiledAssembly(assembly, Compile(assembly, module.Metadata, files), files.Sum(static file => file.Text.Lines.Count));
    }

    private static CSharpCompilation Compile(string assembly, MetadataReader metadata, IEnumerable<(string Path, SourceText Text)> files) => GeneratedProgram.Compile()
        .RemoveAllSyntaxTrees()
        .AddSyntaxTrees(files
            .OrderBy(static file => file.Path, StringComparer.Ordinal)
            .AsParallel().AsOrdered()
            .Select(static file => CSharpSyntaxTree.ParseText(file.Text, GeneratedProgram.ParseOptions, file.Path)))
        .WithAssemblyName(assembly)
        .WithOptions(GeneratedProgram.Compile().Options.WithPublicSign(true).WithCryptoPublicKey(metadata.GetBlobContent(metadata.GetAssemblyDefinition().PublicKey)))
        .WithReferences(GeneratedProgram.References.Where(reference => Path.GetFileNameWithoutExtension(reference.Display) != assembly));

    /// <summary>What is experimental is an error where nobody says that it is used on purpose. Of what this package says all is heard.</summary>
    private static readonly string s_pragmas =
        $"#pragma warning disable\n#pragma warning restore {string.Join(", ", AllAnalyzers.Rules.Select(static rule => rule.Id).Distinct())}\n";

    private static readonly string[] s_folders =
        [.. GeneratedProgram.References.Select(static reference => Path.GetDirectoryName(reference.Display)!).Distinct(StringComparer.Ordinal)];
}
