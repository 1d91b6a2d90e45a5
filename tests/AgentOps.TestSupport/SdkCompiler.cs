using System.Diagnostics;
using System.Globalization;
using AgentOps.Generators;

namespace AgentOps.TestSupport;

/// <summary>
/// The compiler of the SDK that these tests were built with, run as a build runs it: newer than the one that generator and tests
/// are compiled against, and so the one that shows how the generator fares in it.
/// </summary>
public static class SdkCompiler
{
    /// <summary>Compiles sources with generator and analyzers.</summary>
    /// <returns>The assembly, and everything that the compiler said.</returns>
    public static async Task<(byte[] Image, string Output)> CompileAsync(params IEnumerable<string> sources)
    {
        string folder = Directory.CreateTempSubdirectory("sdk-compiler-").FullName;
        try
        {
            string image = Path.Combine(folder, $"TestProgram_{Guid.NewGuid():N}.dll");
            List<string> arguments =
            [
                "/nologo", "/target:library", "/langversion:14", "/nullable:enable", "/unsafe+", "/features:InterceptorsNamespaces=AgentOps.Generated",
                "/deterministic", $"/pathmap:\"{folder}\"=/_/", $"/analyzer:\"{typeof(RecordingGenerator).Assembly.Location}\"", $"/out:\"{image}\"",
            ];
            arguments.AddRange(GeneratedProgram.References.Select(static reference => $"/reference:\"{reference.Display}\""));
            foreach ((string text, int i) in sources.Select(static (text, i) => (text, i)))
            {
                string file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"Program{i}.cs"));
                await File.WriteAllTextAsync(file, text).ConfigureAwait(false);
                arguments.Add($"\"{file}\"");
            }
            string response = Path.Combine(folder, "arguments.rsp");
            await File.WriteAllLinesAsync(response, arguments).ConfigureAwait(false);
            var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
            start.ArgumentList.Add(Locate());
            start.ArgumentList.Add("/noconfig");
            start.ArgumentList.Add("@" + response);
            using Process compiler = Process.Start(start)!;
            string output = await compiler.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
            await compiler.WaitForExitAsync().ConfigureAwait(false);
            if (compiler.ExitCode != 0)
                throw new InvalidOperationException(output);
            return (await File.ReadAllBytesAsync(image).ConfigureAwait(false), output);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The newest SDK beside the runtime that the tests run on.</summary>
    private static string Locate()
    {
        string root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));
        return Directory.EnumerateDirectories(Path.Combine(root, "sdk"))
            .Select(static sdk => Path.Combine(sdk, "Roslyn", "bincore", "csc.dll"))
            .Where(File.Exists)
            .OrderDescending(StringComparer.Ordinal)
            .First();
    }
}
