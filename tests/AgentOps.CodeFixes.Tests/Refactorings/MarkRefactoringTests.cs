using AgentOps.CodeFixes.Refactorings;
using AgentOps.CodeFixes.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.Text;

namespace AgentOps.CodeFixes.Tests.Refactorings;

/// <summary>Marks that are offered without a rule that asks for them. The caret is at <c>$$</c>.</summary>
public sealed class MarkRefactoringTests
{
    private const string Ai = "using Microsoft.Extensions.AI;\n";

    [Theory]
    [InlineData("int $$Add(int a) => a;", "AIFunctionFactory.Create(Add)")]
    [InlineData("int Add(int a) => a;", "AIFunctionFactory.Create($$Add)")]
    [InlineData("int Add(int a) => a;", "AIFunctionFactory.Create(Tools.A$$dd)")]
    [InlineData("int Add(int a) => a;", "AIFunctionFactory.Create((Func<int, int>)Add$$, name: \"add\")")]
    [InlineData("int Add$$(int a) => a;", "ModelContextProtocol.Server.McpServerTool.Create(Add)")]
    public async Task Tool_is_recorded_where_it_is_declared_and_where_it_is_handed_over(string method, string use)
    {
        string source = Ai + $"public static class Tools\n{{\n    /// <summary>Adds.</summary>\n    public static {method}\n    public static object It() => {use};\n}}\n";

        Assert.Equal(
            source.Replace("$$", "", StringComparison.Ordinal).Replace("    public static int Add", "    [RecordTool]\n    public static int Add", StringComparison.Ordinal),
            await ChangedAsync<RecordToolRefactoring>(source));
    }

    [Fact]
    public async Task Tool_that_frameworks_find_by_its_attribute_is_recorded() => Assert.Contains(
        "[RecordTool] [ModelContextProtocol.Server.McpServerTool] public static int Add(int a) => a;",
        await ChangedAsync<RecordToolRefactoring>("public static class Tools { [ModelContextProtocol.Server.McpServerTool] public static int $$Add(int a) => a; }"),
        StringComparison.Ordinal);

    /// <summary>The package is not at hand: the factory is known by its name.</summary>
    [Theory]
    [InlineData("int $$Add(int a) => a;", "KernelFunctionFactory.CreateFromMethod(Add)")]
    [InlineData("int Add(int a) => a;", "KernelFunctionFactory.CreateFromMethod($$Add)")]
    [InlineData("int Add(int a) => a;", "KernelFunctionFactory.CreateFromMethod((Func<int, int>)A$$dd, \"add\")")]
    public async Task Function_of_semantic_kernel_is_recorded(string method, string use)
    {
        const string kernel = "namespace Microsoft.SemanticKernel { public abstract class KernelFunction; public static class KernelFunctionFactory { public static KernelFunction CreateFromMethod(Delegate method, string? functionName = null) => null!; } }\n";
        string source = $"using Microsoft.SemanticKernel;\npublic static class Tools\n{{\n    public static {method}\n    public static object It() => {use};\n}}\n" + kernel;

        Assert.Equal(
            source.Replace("$$", "", StringComparison.Ordinal).Replace("    public static int Add", "    [RecordTool]\n    public static int Add", StringComparison.Ordinal),
            await ChangedAsync<RecordToolRefactoring>(source));
    }

    [Fact]
    public async Task Factory_of_that_name_in_another_namespace_is_none() => Assert.Null(await ChangedAsync<RecordToolRefactoring>(
        "public static class KernelFunctionFactory { public static object CreateFromMethod(Delegate method) => method; } public static class Tools { public static int $$Add(int a) => a; public static object It() => KernelFunctionFactory.CreateFromMethod(Add); }"));

    [Fact]
    public async Task Tool_in_another_file_gets_the_mark_and_that_file_the_import()
    {
        using EditedSolution edited = EditedSolution.Of(
            ("/a/Use.cs", Ai + "public static class Use { public static object It() => AIFunctionFactory.Create(Tools.Add); }"),
            ("/a/Tools.cs", "public static class Tools\n{\n    public static int Add(int a) => a;\n}\n"));
        Document use = edited.Document("Use.cs");
        CodeAction action = Assert.Single(await OfferedAsync<RecordToolRefactoring>(use, (await use.GetTextAsync(TestContext.Current.CancellationToken)).ToString().IndexOf("Add", StringComparison.Ordinal)));

        Assert.Equal(
            "public static class Tools\n{\n    [RecordTool]\n    public static int Add(int a) => a;\n}\n",
            await edited.TextAsync(await EditedSolution.ChangedAsync(action), "Tools.cs"));
    }

    [Theory]
    [InlineData("[RecordTool] public static int $$Add(int a) => a; public static object It() => AIFunctionFactory.Create(Add);")]
    [InlineData("public static int $$Add(int a) => a; public static Func<int, int> It() => Add;")]
    [InlineData("public static int Add(int $$a) => a; public static object It() => AIFunctionFactory.Create(Add);")]
    [InlineData("public static object It() => AIFunctionFactory.Create($$(int a) => a);")]
    public async Task What_is_no_tool_or_recorded_already_is_left_alone(string members) =>
        Assert.Null(await ChangedAsync<RecordToolRefactoring>(Ai + $"public static class Tools {{ {members} }}"));

    [Theory]
    [InlineData("Task<ChatResponse>")]
    [InlineData("ValueTask<ChatResponse>")]
    [InlineData("ChatResponse")]
    [InlineData("IAsyncEnumerable<ChatResponseUpdate>")]
    [InlineData("Task<GeneratedEmbeddings<Embedding<float>>>")]
    public async Task Method_that_returns_an_answer_is_recorded_as_a_model_call(string type) => Assert.Equal(
        Ai + $"public class Agent\n{{\n    // Asks.\n    [RecordLlm]\n    public {type} Ask() => null!;\n}}\n",
        await ChangedAsync<RecordLlmRefactoring>(Ai + $"public class Agent\n{{\n    // Asks.\n    public {type} $$Ask() => null!;\n}}\n"));

    [Theory]
    [InlineData("public Task<string> $$Ask() => null!;")]
    [InlineData("[RecordLlm] public Task<ChatResponse> $$Ask() => null!;")]
    [InlineData("[RecordAction] public Task<ChatResponse> $$Ask() => null!;")]
    [InlineData("public Task<ChatResponse> Ask() { $$return null!; }")]
    public async Task What_is_no_model_call_or_recorded_already_is_left_alone(string member) =>
        Assert.Null(await ChangedAsync<RecordLlmRefactoring>(Ai + $"public class Agent {{ {member} }}"));

    private static async Task<string?> ChangedAsync<TRefactoring>(string source)
        where TRefactoring : CodeRefactoringProvider, new()
    {
        int caret = source.IndexOf("$$", StringComparison.Ordinal);
        using EditedSolution edited = EditedSolution.Of(("/a/Program.cs", source.Remove(caret, 2)));
        CodeAction? action = (await OfferedAsync<TRefactoring>(edited.Document("Program.cs"), caret)).SingleOrDefault();
        return action is null ? null : await edited.TextAsync(await EditedSolution.ChangedAsync(action), "Program.cs");
    }

    private static async Task<List<CodeAction>> OfferedAsync<TRefactoring>(Document document, int caret)
        where TRefactoring : CodeRefactoringProvider, new()
    {
        var actions = new List<CodeAction>();
        await new TRefactoring().ComputeRefactoringsAsync(new CodeRefactoringContext(document, new TextSpan(caret, 0), actions.Add, TestContext.Current.CancellationToken));
        return actions;
    }
}
