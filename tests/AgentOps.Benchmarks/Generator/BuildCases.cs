using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using AgentOps.Benchmarks.Gate;
using AgentOps.TestSupport;
using Microsoft.CodeAnalysis;

namespace AgentOps.Benchmarks.Generator;

/// <summary>What the generator and the analyzers add to a build: the compiler as a process of its own, with them and without, by turns.</summary>
/// <remarks>
/// Told in processor time, which other work on the machine does not lengthen as it does the time that passes. Both run the analyzers that the SDK gives
/// every project: without any, the compiler does not even begin what all analyzers share.
/// </remarks>
internal static partial class BuildCases
{
    private const int Rounds = 5;

    public static void Measure(GateReport report, LargeProject project)
    {
        string directory = Directory.CreateTempSubdirectory("agentops-build-").FullName;
        try
        {
            string without = Path.Combine(directory, "without.rsp");
            string with = Path.Combine(directory, "with.rsp");
            Write(project, directory, without, with);
            Compile(without);
            Compile(with);
            var bare = new List<double>();
            var added = new List<double>();
            for (int round = 0; round < Rounds; round++)
            {
                double first = Compile(without);
                double second = Compile(with);
                bare.Add(first);
                added.Add(second - first);
            }
            bare.Sort();
            added.Sort();
            double baseline = bare[Rounds / 2];
            GateReport.Note(string.Create(
                CultureInfo.InvariantCulture,
                $"compiler without: {baseline:0} ms of processor time; with: {added[Rounds / 2]:+0;-0} ms ({added[0]:+0;-0} to {added[^1]:+0;-0} ms)"));
            report.AtMost("build time added", 100 * added[Rounds / 2] / baseline, 5, "%");
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static void Write(LargeProject project, string directory, string without, string with)
    {
        var common = new StringBuilder();
        common.AppendLine("/noconfig /nostdlib+ /target:library /nullable:enable /langversion:preview /debug:portable /optimize+ /deterministic+ /nologo /warn:4 /nowarn:CS1591");
        common.AppendLine("/features:InterceptorsNamespaces=AgentOps.Generated");
        foreach (MetadataReference reference in GeneratedProgram.References)
        {
            if (reference.Display is { } path && IsNeeded(Path.GetFileName(path)))
                common.AppendLine(CultureInfo.InvariantCulture, $"/reference:\"{path}\"");
        }
        foreach (string analyzer in AnalyzersOfSdk())
            common.AppendLine(CultureInfo.InvariantCulture, $"/analyzer:\"{analyzer}\"");
        common.AppendLine(CultureInfo.InvariantCulture, $"/analyzerconfig:\"{Path.Combine(SdkAnalyzers, "build", "config", "analysislevel_10_default.globalconfig")}\"");
        foreach (SyntaxTree tree in project.Compile().SyntaxTrees)
        {
            string file = Path.Combine(directory, Path.GetFileName(tree.FilePath));
            File.WriteAllText(file, tree.ToString());
            common.AppendLine(CultureInfo.InvariantCulture, $"\"{file}\"");
        }
        File.WriteAllText(without, common + $"/out:\"{Path.Combine(directory, "without.dll")}\"\n");
        File.WriteAllText(with, common + $"/out:\"{Path.Combine(directory, "with.dll")}\"\n/analyzer:\"{typeof(Generators.RecordingGenerator).Assembly.Location}\"\n");
    }

    private static bool IsNeeded(string name) => name is "AgentOps.dll" or "mscorlib.dll" or "netstandard.dll" || name.StartsWith("System.", StringComparison.Ordinal);

    private static double Compile(string response)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(Sdk, "Roslyn", "bincore", "csc.dll"));
        start.ArgumentList.Add("@" + response);
        double before = ProcessorTimeOfChildren();
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException("The compiler failed: " + output[..Math.Min(output.Length, 2000)]);
        return ProcessorTimeOfChildren() - before;
    }

    /// <summary>What the processes that this one waited for took, in milliseconds.</summary>
    private static unsafe double ProcessorTimeOfChildren()
    {
        const int Children = -1;
        // Two times of seconds and microseconds, user's and system's, come first (getrusage(2)).
        long* usage = stackalloc long[32];
        if (GetResourceUsage(Children, usage) != 0)
            throw new InvalidOperationException("The processor time of child processes cannot be read.");
        return ((usage[0] + usage[2]) * 1e3) + ((usage[1] + usage[3]) / 1e3);
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static unsafe partial int GetResourceUsage(int who, long* usage);

    private static string SdkAnalyzers => Path.Combine(Sdk, "Sdks", "Microsoft.NET.Sdk", "analyzers");

    private static IEnumerable<string> AnalyzersOfSdk() =>
        [Path.Combine(SdkAnalyzers, "Microsoft.CodeAnalysis.NetAnalyzers.dll"), Path.Combine(SdkAnalyzers, "Microsoft.CodeAnalysis.CSharp.NetAnalyzers.dll")];

    /// <summary>The latest of the installed SDKs, beside the runtime that this process runs on.</summary>
    private static string Sdk
    {
        get
        {
            string root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));
            return Directory.EnumerateDirectories(Path.Combine(root, "sdk")).Where(static sdk => File.Exists(Path.Combine(sdk, "Roslyn", "bincore", "csc.dll"))).Order(StringComparer.Ordinal).Last();
        }
    }
}
