using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using AgentOps.Events;
using AgentOps.TestSupport;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentOps.Generators.Fuzz.Tests.Programs;

/// <summary>Programs that are compiled together, with the generator and without, and run one after the other.</summary>
internal static class DifferentialRun
{
    /// <summary>What is wrong with each program; nothing if all behave and are recorded as they should.</summary>
    public static async Task<Dictionary<RandomProgram, string>> FindDifferences(IReadOnlyList<RandomProgram> programs)
    {
        CSharpCompilation compilation = GeneratedProgram.Compile(
            [("/project/Trace.cs", TraceSource.Text), .. programs.Select(static p => ($"/project/{p.Name}.cs", p.Render()))]);
        GeneratorDriver driver = GeneratedProgram.CreateDriver(isTracking: false)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation instrumented, out ImmutableArray<Diagnostic> _);
        if (driver.GetRunResult().Results.Single().Exception is { } failure)
            throw new InvalidOperationException("The generator threw.", failure);
        Assembly bare = Load(compilation);
        Assembly recorded = Load(instrumented);

        var found = new Dictionary<RandomProgram, string>();
        foreach (RandomProgram program in programs)
        {
            (string[] expected, _) = await Run(bare, program.Name);
            var session = Session.Start();
            (string[] actual, (string Name, int Parent, string Status)[] calls) = await Run(recorded, program.Name);
            await session.DisposeAsync();
            if (FirstDifference(expected, actual) is { } behaviour)
                found[program] = "Behaves differently: " + behaviour;
            else if (FirstDifference(Expected(calls), Recorded(session.ReadEvents())) is { } record)
                found[program] = "Is not recorded as it ran: " + record;
        }
        return found;
    }

    private static async Task<(string[] Lines, (string, int, string)[] Calls)> Run(Assembly assembly, string name)
    {
        Type trace = assembly.GetType("T")!;
        trace.GetMethod("Reset")!.Invoke(null, null);
        Task running = (Task)assembly.GetType(name + ".Program")!.GetMethod("Run")!.Invoke(null, null)!;
        await running.WaitAsync(TimeSpan.FromSeconds(60)).ConfigureAwait(false);
        return ((string[])trace.GetProperty("Lines")!.GetValue(null)!, ((string, int, string)[])trace.GetProperty("Calls")!.GetValue(null)!);
    }

    /// <summary>The calls that ran, each with those around it.</summary>
    private static string[] Expected((string Name, int Parent, string Status)[] calls)
    {
        string Path(int call) => call == 0 ? "" : $"{Path(calls[call - 1].Parent)}/{calls[call - 1].Name}";
        return [.. Enumerable.Range(1, calls.Length).Select(call => $"{Path(call)} {calls[call - 1].Status}")];
    }

    private static string[] Recorded(IReadOnlyList<AgentEvent> events)
    {
        AgentEvent[] calls = [.. events.Where(static e => e is ToolEvent or ActionEvent)];
        var byId = calls.ToDictionary(static e => e.Id);
        string Path(AgentEvent e) => $"{(e.ParentId is { } parent && byId.TryGetValue(parent, out AgentEvent? around) ? Path(around) : "")}/{e.DisplayName}";
        return [.. calls.Select(e => $"{Path(e)} {e.Status}")];
    }

    private static string? FirstDifference(string[] expected, string[] actual)
    {
        for (int i = 0; i < Math.Max(expected.Length, actual.Length); i++)
        {
            string left = i < expected.Length ? expected[i] : "(nothing)";
            string right = i < actual.Length ? actual[i] : "(nothing)";
            if (left != right)
                return $"at {i}\n  should be: {left}\n  is:        {right}";
        }
        return null;
    }

    private static Assembly Load(Compilation compilation)
    {
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image);
        if (!emitted.Success)
        {
            Diagnostic error = emitted.Diagnostics.First(static d => d.Severity == DiagnosticSeverity.Error);
            throw new InvalidOperationException($"{error}\n{error.Location.SourceTree}");
        }
        image.Position = 0;
        return new AssemblyLoadContext("random programs", isCollectible: true).LoadFromStream(image);
    }
}
