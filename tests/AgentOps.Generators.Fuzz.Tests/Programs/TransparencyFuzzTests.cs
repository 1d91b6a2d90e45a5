using System.Globalization;
using System.Text;
using AgentOps.TestSupport;

namespace AgentOps.Generators.Fuzz.Tests.Programs;

/// <summary>
/// Random programs of all shapes that are recorded behave the same with recording and without, and each call of a recorded method
/// that ran is on record exactly once, under the call around it and with the status it ended in.
/// </summary>
public sealed class TransparencyFuzzTests
{
    private const int Batch = 100;

    public static TheoryData<string> ShapeNames => [.. SynchronousShapes.All.Concat(AsynchronousShapes.All).Select(static s => s.Name)];

    [Fact]
    public async Task Random_programs_behave_and_are_recorded_as_they_run()
    {
        int batches = LongTests.Times(20, 500);
        for (int batch = 0; batch < batches; batch++)
        {
            RandomProgram[] programs = [.. Enumerable.Range(batch * Batch, Batch).Select(static number =>
                RandomProgram.Create(string.Create(CultureInfo.InvariantCulture, $"Program{number}"), TestSeed.ForRound(number)))];
            Dictionary<RandomProgram, string> found = await DifferentialRun.FindDifferences(programs);
            if (found.Count > 0)
                Assert.Fail(await Report(found));
        }
    }

    [Theory]
    [MemberData(nameof(ShapeNames))]
    public async Task Shape_alone_and_throwing_behaves_and_is_recorded_as_it_runs(string name)
    {
        ProgramShape shape = SynchronousShapes.All.Concat(AsynchronousShapes.All).Single(s => s.Name == name);
        RandomProgram Of(string program, string? exception, bool yields) => new(
            program,
            [
                new Method(new ProgramShape("beginning", ShapeColor.Asynchronous, "", ""), [new Step(1, Surrounding.Caught), new Step(1, Surrounding.Plain)], null, false),
                new Method(shape, [], exception, yields),
            ]);

        Dictionary<RandomProgram, string> found = await DifferentialRun.FindDifferences(
        [
            Of("Plain", null, false), Of("Yielding", null, true),
            Of("Throwing", "InvalidOperationException(\"m$N\")", false), Of("ThrowingLater", "InvalidOperationException(\"m$N\")", true),
        ]);

        Assert.True(found.Count == 0, string.Join("\n", found.Select(static pair => pair.Value + "\n" + pair.Key.Render())));
    }

    private static async Task<string> Report(Dictionary<RandomProgram, string> found)
    {
        var report = new StringBuilder();
        report.AppendLine(CultureInfo.InvariantCulture, $"Seed {TestSeed.Value}: {found.Count} programs.");
        foreach (RandomProgram program in found.Keys.OrderBy(static p => p.Render().Length).Take(3))
        {
            (RandomProgram small, string difference) = await Shrink(program, found[program]);
            report.AppendLine(CultureInfo.InvariantCulture, $"{program.Name} ({string.Join(", ", small.Shapes)}): {difference}").AppendLine(small.Render());
        }
        return report.ToString();
    }

    /// <summary>Leaves out what can be left out while there is still a difference.</summary>
    private static async Task<(RandomProgram Program, string Difference)> Shrink(RandomProgram program, string difference)
    {
        bool isSmaller = true;
        while (isSmaller)
        {
            isSmaller = false;
            RandomProgram[] candidates = [.. program.Smaller().Select(static (p, i) => p with { Name = string.Create(CultureInfo.InvariantCulture, $"Smaller{i}") })];
            Dictionary<RandomProgram, string> failing = await DifferentialRun.FindDifferences(candidates);
            if (candidates.FirstOrDefault(failing.ContainsKey) is { } smaller)
            {
                (program, difference) = (smaller, failing[smaller]);
                isSmaller = true;
            }
        }
        return (program, difference);
    }
}
