using AgentOps.TestSupport;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentOps.Generators.Tests;

/// <summary>What a keystroke in a project of a thousand files allocates: bytes do not depend on how busy the machine is.</summary>
public sealed class EditCostTests
{
    private const int Files = 1000;

    [Fact]
    public void Keystroke_in_a_body_elsewhere_allocates_half_a_megabyte_at_most()
    {
        Assert.InRange(BytesOfAKeystroke(new LargeProject(Files).FileElsewhere), 1, 500_000);
    }

    [Fact]
    public void Keystroke_in_a_file_with_calls_allocates_one_and_a_half_megabytes_at_most()
    {
        Assert.InRange(BytesOfAKeystroke(LargeProject.CallerFile), 1, 1_500_000);
    }

    private static long BytesOfAKeystroke(int file)
    {
        var project = new LargeProject(Files);
        CSharpCompilation compilation = project.Compile();
        GeneratorDriver driver = GeneratedProgram.CreateDriver(isTracking: false).RunGenerators(compilation, TestContext.Current.CancellationToken);
        Assert.Equal(LargeProject.Sites, driver.GetRunResult().GeneratedTrees.Sum(static tree => tree.ToString().Split("[InterceptsLocation(").Length - 1));
        var bytes = new List<long>();
        for (int edit = 1; edit <= 5; edit++)
        {
            compilation = project.EditBody(compilation, file, edit);
            long before = GC.GetAllocatedBytesForCurrentThread();
            driver = driver.RunGenerators(compilation, CancellationToken.None);
            bytes.Add(GC.GetAllocatedBytesForCurrentThread() - before);
        }
        // The first fills caches that stay.
        return bytes.Order().ElementAt(2);
    }
}
