using System.Collections.Immutable;
using AgentOps.TestSupport;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace AgentOps.Generators.Tests;

/// <summary>A project under edit: runs the generator after each change and tells why each step ran.</summary>
internal sealed class GeneratorEdits
{
    private GeneratorDriver _driver;

    public GeneratorEdits(CSharpCompilation compilation, IReadOnlyDictionary<string, string>? properties = null)
    {
        Compilation = compilation;
        _driver = GeneratedProgram.CreateDriver(properties);
        Run();
    }

    public GeneratorEdits(params (string Path, string Text)[] files)
        : this(GeneratedProgram.Compile(files))
    {
    }

    public CSharpCompilation Compilation { get; private set; }

    public GeneratorRunResult Result => _driver.GetRunResult().Results.Single();

    /// <summary>The generated files by hint name.</summary>
    public IReadOnlyDictionary<string, SourceText> Sources => Result.GeneratedSources.ToDictionary(static s => s.HintName, static s => s.SourceText);

    public GeneratorEdits Run()
    {
        _driver = _driver.RunGenerators(Compilation);
        Assert.Null(Result.Exception);
        return this;
    }

    public GeneratorEdits Change(Func<CSharpCompilation, CSharpCompilation> change)
    {
        Compilation = change(Compilation);
        return Run();
    }

    /// <summary>Replaces text that occurs once in a file.</summary>
    public GeneratorEdits Replace(string path, string old, string text)
    {
        SyntaxTree tree = Compilation.SyntaxTrees.Single(t => t.FilePath == path);
        string source = tree.ToString();
        int at = source.IndexOf(old, StringComparison.Ordinal);
        Assert.True(at >= 0 && source.IndexOf(old, at + 1, StringComparison.Ordinal) < 0, $"'{old}' is not in {path} exactly once.");
        SourceText changed = tree.GetText().WithChanges(new TextChange(new TextSpan(at, old.Length), text));
        return Change(c => c.ReplaceSyntaxTree(tree, tree.WithChangedText(changed)));
    }

    public GeneratorEdits WithProperties(IReadOnlyDictionary<string, string> properties)
    {
        _driver = _driver.WithUpdatedAnalyzerConfigOptions(new BuildProperties(properties));
        return Run();
    }

    public GeneratorEdits WithParseOptions(CSharpParseOptions options)
    {
        _driver = _driver.WithUpdatedParseOptions(options);
        return Change(c => c.RemoveAllSyntaxTrees().AddSyntaxTrees(c.SyntaxTrees.Select(tree => tree.WithRootAndOptions(tree.GetRoot(), options))));
    }

    /// <summary>Why the outputs of a step are what they are, in order.</summary>
    public IncrementalStepRunReason[] Reasons(string step) =>
        Result.TrackedSteps.TryGetValue(step, out ImmutableArray<IncrementalGeneratorRunStep> steps)
            ? [.. steps.SelectMany(static s => s.Outputs).Select(static output => output.Reason)]
            : [];

    /// <summary>How many outputs of a step are new or changed.</summary>
    public int Changed(string step) => Reasons(step).Count(static reason =>
        reason is not (IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged));

    /// <summary>The same project generated from nothing: what every incremental run must equal.</summary>
    public IReadOnlyDictionary<string, string> FromScratch() =>
        new GeneratorEdits(Compilation).Sources.ToDictionary(static pair => pair.Key, static pair => pair.Value.ToString());

    public IReadOnlyDictionary<string, string> Texts() => Sources.ToDictionary(static pair => pair.Key, static pair => pair.Value.ToString());
}
