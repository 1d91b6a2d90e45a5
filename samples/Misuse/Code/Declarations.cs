using AgentOps;

namespace Misuse;

/// <summary>Family 01: methods and types that are marked and cannot be recorded as they stand.</summary>
public static partial class Declarations
{
    private sealed record Plan(string Goal);

    public static int LocalFunction()
    {
        [RecordTool] static int Twice(int n) => 2 * n;
        return Twice(4); // AOPS0101
    }

    [RecordTool] public static int Sum(int first, __arglist) => first;
    public static int VariableArguments() => Sum(1, __arglist(2, 3)); // AOPS0102

    [RecordAction] private static string Describe(Plan plan) => plan.Goal;
    public static string HiddenType() => Describe(new Plan("answer")); // AOPS0103

    [RecordAction] public static async void Refresh() => await Task.Yield(); // AOPS0105

    [RecordTool, RecordAction] public static void MarkedTwice() { } // AOPS0106

    [RecordTool(Leaf = true)] public static string NoLeaf() => Lookup("x"); // AOPS0106

    [RecordTool] public static string Lookup(string key) => key;

    [RecordTool(Capture = (Capture)9)] public static void CapturesNothingKnown() { } // AOPS0107

    [RecordTool] static partial void Index(string path); // AOPS0108
    private static void IndexCore(int number) { }

    [RecordLlm(Model = "gpt-5")] public static Task<string> AskAsync(string prompt) => Task.FromResult(prompt); // AOPS0111

    [RecordTool] public static string Get(string key) => key; // AOPS0112
}

[RecordedInterface]
public interface IUndecorated
{
    static abstract IUndecorated Make(); // AOPS0109
    string Answer(string question);
}

public interface ITool
{
    string Search(string query);
}

public sealed class WebSearch : ITool
{
    [RecordTool("web")] public string Search(string query) => query; // AOPS0110
}
