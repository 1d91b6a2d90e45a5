using System.Globalization;
using AgentOps.TestSupport;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentOps.Generators.Fuzz.Tests.Edits;

/// <summary>After any edits the generator's output is what it would make from nothing.</summary>
public sealed class IncrementalFuzzTests
{
    [Fact]
    public void Output_after_random_edits_is_that_of_a_fresh_run()
    {
        TestSeed.Rounds(LongTests.Times(4, 40), static random => Edit(new EditedProject(random), random, steps: 150));
    }

    [Fact]
    public void Output_after_each_single_change_of_the_corpus_is_that_of_a_fresh_run()
    {
        TestSeed.Rounds(LongTests.Times(1, 10), static random =>
        {
            var project = new EditedProject(random);
            GeneratorDriver driver = Fresh(project);
            for (int i = 0; i < random.Next(40); i++)
                project.Edit();
            foreach (string edit in project.Sweep())
            {
                driver = Updated(driver, project).RunGenerators(project.Compile());
                Check(driver, project, edit);
            }
        });
    }

    private static void Edit(EditedProject project, Random random, int steps)
    {
        GeneratorDriver driver = Fresh(project);
        var older = new Queue<GeneratorDriver>();
        for (int step = 0; step < steps; step++)
        {
            project.Edit();
            driver = Updated(driver, project);
            CSharpCompilation compilation = project.Compile();
            switch (random.Next(6))
            {
                case 0:
                    Cancel(driver, project, compilation, after: random.Next(1, 12));
                    break;
                case 1:
                    driver = Fail(driver, project, compilation, after: random.Next(1, 12));
                    compilation = project.Compile();
                    break;
            }
            driver = driver.RunGenerators(compilation);
            Check(driver, project, string.Create(CultureInfo.InvariantCulture, $"step {step}: {project.LastEdits}"));
            older.Enqueue(driver);
            if (older.Count > 4)
                Check(Updated(older.Dequeue(), project).RunGenerators(compilation), project, string.Create(CultureInfo.InvariantCulture, $"step {step}, from an older driver"));
        }
    }

    private static void Cancel(GeneratorDriver driver, EditedProject project, CSharpCompilation compilation, int after)
    {
        using var source = new CancellationTokenSource();
        int reads = 0;
        project.OnRead = () =>
        {
            if (++reads == after)
                source.Cancel();
        };
        try
        {
            driver.RunGenerators(compilation, source.Token);
        }
        catch (OperationCanceledException)
        {
            // The editor throws away what a cancelled run made, and goes on from the driver before it.
        }
        project.OnRead = static () => { };
    }

    private static GeneratorDriver Fail(GeneratorDriver driver, EditedProject project, CSharpCompilation compilation, int after)
    {
        int reads = 0;
        project.OnRead = () =>
        {
            if (++reads == after)
                throw new IOException("The text cannot be read.");
        };
        try
        {
            return driver.RunGenerators(compilation);
        }
        finally
        {
            project.OnRead = static () => { };
        }
    }

    private static GeneratorDriver Fresh(EditedProject project) =>
        Updated(GeneratedProgram.CreateDriver(isTracking: false), project).RunGenerators(project.Compile());

    private static GeneratorDriver Updated(GeneratorDriver driver, EditedProject project) =>
        driver.WithUpdatedAnalyzerConfigOptions(project.Properties).WithUpdatedParseOptions(project.ParseOptions);

    private static void Check(GeneratorDriver driver, EditedProject project, string edit)
    {
        GeneratorDriver fresh = Fresh(project);
        Assert.Null(fresh.GetRunResult().Results.Single().Exception);
        string expected = Output(fresh);
        string actual = Output(driver);
        if (expected != actual)
        {
            string[] left = expected.Split('\n');
            string[] right = actual.Split('\n');
            Assert.Fail($"{edit}\nmissing:\n{string.Join("\n", left.Except(right).Take(6))}\nnot from nothing:\n{string.Join("\n", right.Except(left).Take(6))}");
        }
    }

    private static string Output(GeneratorDriver driver)
    {
        GeneratorRunResult result = driver.GetRunResult().Results.Single();
        return result.Exception is { } failure
            ? "The generator threw: " + failure
            : string.Join("\n", result.GeneratedSources.OrderBy(static s => s.HintName, StringComparer.Ordinal).Select(static s => s.HintName + "\n" + s.SourceText));
    }
}
