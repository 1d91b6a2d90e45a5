using System.Collections.Immutable;
using AgentOps.Generators.Adapters;
using AgentOps.Generators.Emit;
using AgentOps.Generators.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentOps.Generators.Declarations;

/// <summary>Everything outside the source files that decides what is recorded: options, references, and the project's own settings.</summary>
internal sealed class ProjectEnvironment : IEquatable<ProjectEnvironment>
{
    /// <summary>The one namespace that holds interceptors.</summary>
    public const string GeneratedNamespace = "AgentOps.Generated";

    private readonly CompilationOptions _options;
    private readonly ImmutableArray<MetadataReference> _references;
    private readonly ProjectSettings _settings;
    private readonly object _lock = new();
    private Compilation? _compilation;
    private HashSet<string> _referencedNames = [];

    private ProjectEnvironment(Compilation compilation, ProjectSettings settings)
    {
        _compilation = compilation;
        _options = compilation.Options;
        _references = compilation.ExternalReferences;
        _settings = settings;
        AssemblyName = compilation.AssemblyName ?? "";
    }

    public string AssemblyName { get; }

    public string ProjectDirectory => _settings.ProjectDirectory;

    /// <summary>What is captured of calls whose attribute does not say.</summary>
    public CaptureLevels Capture => _settings.Capture;

    /// <summary>Whether anything is emitted at all.</summary>
    public bool IsRecording => _settings is { IsSwitchedOn: true, AllowsInterceptors: true, HasFileTypes: true };

    /// <summary>Whether a build wants to know what became of every call.</summary>
    public bool WantsReport => HasRuntime && IsRecording && _settings.WantsReport;

    /// <summary>Whether code that records can be emitted; that needs no interceptors.</summary>
    public bool CanEmitRecording => _settings is { IsSwitchedOn: true, HasFileTypes: true };

    /// <summary>Whether the project's own settings are these.</summary>
    public bool HasSettings(ProjectSettings settings) => _settings.Equals(settings);

    public static ProjectEnvironment Create(Compilation compilation, ProjectSettings settings) => new(compilation, settings);

    /// <summary>Whether the runtime is referenced; without it nothing that is emitted would compile.</summary>
    public bool HasRuntime { get; private set; }

    /// <summary>The frameworks whose factories the project may call.</summary>
    public Frameworks Frameworks { get; private set; }

    /// <summary>Whether services can be registered with a container.</summary>
    public bool HasServices { get; private set; }

    /// <summary>Whether a compilation can use the runtime.</summary>
    public static bool ReferencesRuntime(Compilation compilation) => compilation.GetTypeByMetadataName("AgentOps.Recording.CallScope") is not null;

    /// <summary>
    /// Names of recorded methods in referenced assemblies. Read once, when this environment is found to be new; the compilation
    /// is let go then, so that an environment that stays in the cache keeps none alive.
    /// </summary>
    public IReadOnlyCollection<string> GetReferencedNames(CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_compilation is not null)
            {
                _referencedNames = ReadReferencedNames(_compilation, cancellation);
                _compilation = null;
            }
            return _referencedNames;
        }
    }

    public bool Equals(ProjectEnvironment? other) =>
        other is not null
        && AssemblyName == other.AssemblyName
        && _settings.Equals(other._settings)
        && (_references == other._references || _references.SequenceEqual(other._references))
        && _options.Equals(other._options);

    public override bool Equals(object? obj) => Equals(obj as ProjectEnvironment);

    public override int GetHashCode() => AssemblyName.GetHashCode();

    private HashSet<string> ReadReferencedNames(Compilation compilation, CancellationToken cancellation)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        HasRuntime = ReferencesRuntime(compilation);
        if (!HasRuntime)
            return names;
        Frameworks = FactoryTypes.ReferencedBy(compilation);
        HasServices = compilation.GetTypeByMetadataName("Microsoft.Extensions.DependencyInjection.ActivatorUtilities") is not null
            && compilation.GetTypeByMetadataName("Microsoft.Extensions.DependencyInjection.IServiceCollection") is not null;
        foreach (IAssemblySymbol assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!assembly.Modules.Any(static m => m.ReferencedAssemblies.Any(static a => a.Name == RecordedAttributeNames.Namespace)))
                continue;
            foreach (AttributeData attribute in assembly.GetAttributes())
            {
                if (attribute.AttributeClass?.Name == "RecordedMethodsAttribute" && attribute.SingleText() is { } list)
                    names.UnionWith(list.Split(';'));
            }
        }
        return names;
    }
}

/// <summary>What the project file and the command line say.</summary>
internal sealed record ProjectSettings(string ProjectDirectory, bool IsSwitchedOn, bool AllowsInterceptors, bool HasFileTypes, CaptureLevels Capture, bool WantsReport)
{
    public static ProjectSettings Create(ParseOptions parseOptions, AnalyzerConfigOptions options)
    {
        options.TryGetValue("build_property.ProjectDir", out string? directory);
        return new ProjectSettings(
            directory ?? "",
            !Says(options, "AgentOpsRecording", "false"),
            ListsGeneratedNamespace(parseOptions),
            parseOptions is CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp11 },
            CaptureProperty.Read(options, out CaptureLevels capture) ? capture : CaptureLevels.None,
            Says(options, "AgentOpsReport", "true"));
    }

    private static bool Says(AnalyzerConfigOptions options, string property, string value) =>
        options.TryGetValue("build_property." + property, out string? said) && string.Equals(said?.Trim(), value, StringComparison.OrdinalIgnoreCase);

    private static bool ListsGeneratedNamespace(ParseOptions options) =>
        options.Features.TryGetValue("InterceptorsNamespaces", out string? listed)
        && listed.Split(';').Any(static name => name.Trim() is "AgentOps" or ProjectEnvironment.GeneratedNamespace);
}
