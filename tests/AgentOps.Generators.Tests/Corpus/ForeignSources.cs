using System.Collections.Concurrent;
using AgentOps.TestSupport;

namespace AgentOps.Generators.Tests.Corpus;

/// <summary>An assembly that others wrote, and at least how much there is of it.</summary>
/// <param name="Name">Its name; the tests run on it, or could.</param>
/// <param name="Files">How many of its types are files of their own.</param>
/// <param name="Lines">How many lines they have together.</param>
/// <param name="Calls">How many calls are recorded once its methods are marked.</param>
/// <param name="Factories">Its types that make tools by the factories of a framework, whose calls are adapted in any project.</param>
internal sealed record ForeignAssembly(string Name, int Files, int Lines, int Calls, params string[] Factories);

/// <summary>The assemblies that are turned back into sources: few in every build, and large ones when long runs are asked for.</summary>
internal static class ForeignSources
{
    private static readonly ConcurrentDictionary<string, Lazy<DecompiledAssembly>> s_decompiled = new(StringComparer.Ordinal);

    private static readonly ForeignAssembly[] s_always =
    [
        new("Microsoft.Extensions.AI.Abstractions", 150, 23_000, 650),
        new("System.ClientModel", 115, 16_000, 1_200),
    ];

    private static readonly ForeignAssembly[] s_long =
    [
        new("ModelContextProtocol.Core", 270, 42_000, 1_700, "AIFunctionMcpServerPrompt", "AIFunctionMcpServerResource", "AIFunctionMcpServerTool"),
        new("System.Linq.Expressions", 300, 42_000, 4_500),
        new("System.Text.Json", 230, 38_000, 4_300),
        new("System.Net.Http", 165, 33_000, 2_900),
        new("System.Reflection.Metadata", 340, 32_000, 3_600),
        new("System.Collections.Immutable", 95, 16_000, 1_800),
        new("System.ComponentModel.TypeConverter", 220, 20_000, 1_100),
        new("System.Net.Sockets", 50, 15_000, 1_400),
        new("System.Linq.Parallel", 150, 14_000, 950),
        new("System.Linq", 20, 12_500, 750),
        new("System.Diagnostics.DiagnosticSource", 95, 9_900, 600),
        new("System.Threading.Tasks.Dataflow", 48, 9_700, 700),
        new("System.Private.Xml.Linq", 45, 9_100, 700),
    ];

    public static ForeignAssembly[] Assemblies { get; } = LongTests.Enabled ? [.. s_always, .. s_long] : s_always;

    /// <summary>The sources of an assembly. They are kept for the next test, unless they are many.</summary>
    public static DecompiledAssembly Of(string name) =>
        LongTests.Enabled ? Decompile(name) : s_decompiled.GetOrAdd(name, static name => new Lazy<DecompiledAssembly>(() => Decompile(name))).Value;

    private static DecompiledAssembly Decompile(string name) => DecompiledAssembly.Of(
        GeneratedProgram.References.Select(static reference => reference.Display!).First(path => Path.GetFileNameWithoutExtension(path) == name), TestContext.Current.CancellationToken);
}
