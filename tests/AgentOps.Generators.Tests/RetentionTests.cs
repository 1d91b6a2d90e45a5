using System.Reflection;
using System.Runtime.CompilerServices;
using AgentOps.Generators.Adapters;
using AgentOps.Generators.Calls;
using AgentOps.Generators.Declarations;
using AgentOps.Generators.Report;
using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Tests;

/// <summary>What the generator keeps between runs keeps no compilation alive.</summary>
public sealed class RetentionTests
{
    /// <summary>What the steps of the pipeline hand on and the driver keeps.</summary>
    public static TheoryData<Type> CachedTypes =>
    [
        typeof(SourceFile), typeof(FileDeclarations), typeof(ProjectEnvironment), typeof(ProjectSettings), typeof(RecordedNames),
        typeof(DeclarationShape), typeof(CallCandidates), typeof(CallJob), typeof(PartJob), typeof(BindJob<FileResult>), typeof(BindJob<PartResult>), typeof(FileResult), typeof(PartResult),
        typeof(SearchTerms), typeof(UseSearch), typeof(FactoryNames), typeof(FileFacts), typeof(ReportInput),
    ];

    [Fact]
    public void Old_compilations_are_let_go_after_edits_all_over_the_project()
    {
        (GeneratorEdits project, List<WeakReference> old) = Edit(50);

        Collect();

        Assert.Equal(50, old.Count);
        Assert.Equal(0, old.Count(static reference => reference.IsAlive));
        GC.KeepAlive(project);
    }

    [Theory]
    [MemberData(nameof(CachedTypes))]
    public void Cached_type_holds_nothing_of_a_compilation(Type type)
    {
        var found = new List<string>();
        Walk(type, type.Name, [], found);

        // Both let go of it when they have been used once; the test below sees that they do.
        found.RemoveAll(static path => path.EndsWith("BindJob`1._compilation", StringComparison.Ordinal) || path.EndsWith("ProjectEnvironment._compilation", StringComparison.Ordinal));
        Assert.Empty(found);
    }

    [Fact]
    public void Every_output_of_every_step_is_of_a_known_type()
    {
        GeneratorEdits project = Project(2);

        Type[] seen =
        [
            .. project.Result.TrackedSteps.Where(static step => typeof(GeneratorSteps).GetFields(BindingFlags.Public | BindingFlags.Static).Any(field => field.Name == step.Key))
                .SelectMany(static step => step.Value).SelectMany(static step => step.Outputs).Select(static output => output.Value.GetType()).Distinct(),
        ];

        Assert.NotEmpty(seen);
        Assert.Subset(CachedTypes.Select(static row => row.Data).Append(typeof(string)).ToHashSet(), seen.ToHashSet());
    }

    [Fact]
    public void Values_that_are_kept_reach_no_symbol_node_or_compilation()
    {
        GeneratorEdits project = Edit(5).Project;
        var found = new List<string>();
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);

        foreach (IncrementalGeneratorRunStep step in project.Result.TrackedSteps.Values.SelectMany(static steps => steps))
        {
            // What the compiler itself hands in is its own to keep.
            foreach (object value in step.Outputs.Select(static output => output.Value).Where(static v => v is not (Compilation or SyntaxTree or ParseOptions)))
                WalkValue(value, step.Name ?? "step", seen, found);
        }

        Assert.Contains(seen, static value => value is FileResult);
        Assert.Empty(found);
    }

    [Fact]
    public void Bound_job_and_environment_have_let_go_of_their_compilation()
    {
        GeneratorEdits project = Project(2);
        object[] inputs =
        [
            .. project.Result.TrackedSteps[GeneratorSteps.Bind].SelectMany(static step => step.Inputs)
                .Select(static input => input.Source.Outputs[input.OutputIndex].Value).OfType<CallJob>(),
            .. project.Result.TrackedSteps[GeneratorSteps.Environment].SelectMany(static step => step.Outputs).Select(static output => output.Value),
        ];

        Assert.Equal(2, inputs.OfType<CallJob>().Count());
        Assert.Single(inputs.OfType<ProjectEnvironment>());
        Assert.All(inputs, static value => Assert.Null(
            (value is CallJob ? typeof(BindJob<FileResult>) : value.GetType()).GetField("_compilation", BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(value)));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (GeneratorEdits Project, List<WeakReference> Old) Edit(int count)
    {
        GeneratorEdits project = Project(count);
        var old = new List<WeakReference>();
        for (int i = 0; i < count; i++)
        {
            old.Add(new WeakReference(project.Compilation));
            project.Replace($"/project/File{i}.cs", $"Tools.Do({i})", $"Tools.Do({i + 1000})");
        }
        return (project, old);
    }

    private static GeneratorEdits Project(int files) => new(
    [
        ("/project/Tools.cs", "public static class Tools { [RecordTool] public static int Do(int n) => n; }"),
        .. Enumerable.Range(0, files).Select(static i => ($"/project/File{i}.cs", $"public static class File{i} {{ public static int Use() => Tools.Do({i}); }}")),
    ]);

    private static void Collect()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    /// <summary>Follows the values in the fields of our own types, collections and tuples.</summary>
    private static void WalkValue(object? value, string path, HashSet<object> seen, List<string> found)
    {
        if (value is null or string or Type || value.GetType().IsPrimitive || value.GetType().IsEnum)
            return;
        if (value is ISymbol or SyntaxNode or SyntaxToken or Compilation or SemanticModel or Location)
        {
            // The tuple of a shape and the compiler's own compilation is a step of its own, remade by every run.
            if (!path.Contains("Item", StringComparison.Ordinal) || value is not Compilation)
                found.Add($"{path}: {value.GetType()}");
            return;
        }
        // A tree is alive as long as its file is, and options and references are the project's.
        if (value is SyntaxTree or CompilationOptions or ParseOptions or MetadataReference or Delegate || (!value.GetType().IsValueType && !seen.Add(value)))
            return;
        if (value is System.Collections.IEnumerable items)
        {
            foreach (object? item in items)
                WalkValue(item, path + "[]", seen, found);
        }
        bool isOurs = value.GetType().Assembly == typeof(RecordingGenerator).Assembly || value is ITuple;
        foreach (FieldInfo field in isOurs ? value.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic) : [])
            WalkValue(field.GetValue(value), $"{path}.{field.Name}", seen, found);
    }

    /// <summary>Follows the fields of our own types, collections and tuples.</summary>
    private static void Walk(Type type, string path, HashSet<Type> seen, List<string> found)
    {
        if (typeof(ISymbol).IsAssignableFrom(type) || typeof(SyntaxNode).IsAssignableFrom(type) || typeof(Compilation).IsAssignableFrom(type)
            || typeof(SemanticModel).IsAssignableFrom(type) || type == typeof(SyntaxToken) || type == typeof(Location))
        {
            found.Add(path);
            return;
        }
        if (!seen.Add(type))
            return;
        if (type.HasElementType)
            Walk(type.GetElementType()!, path + "[]", seen, found);
        foreach (Type argument in type.IsGenericType ? type.GetGenericArguments() : [])
            Walk(argument, $"{path}<{argument.Name}>", seen, found);
        if (type.Assembly != typeof(RecordingGenerator).Assembly)
            return;
        foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            Walk(field.FieldType, $"{type.Name}.{field.Name}", seen, found);
    }
}
