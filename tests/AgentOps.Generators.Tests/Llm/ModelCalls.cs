using AgentOps.Events;

namespace AgentOps.Generators.Tests;

/// <summary>Programs that call a model in every way there is, and what was recorded of each call, by the name of its method.</summary>
internal static class ModelCalls
{
    /// <summary>Gives one value back directly, in a task and in a task of the other kind.</summary>
    public static Task<IReadOnlyDictionary<string, LlmEvent>> OfValue(string declarations, string type, string value, string attributes = "[RecordLlm]") => Run(
        declarations,
        $$"""
        {{attributes}} public static {{type}} Direct() => {{value}};
        {{attributes}} public static async Task<{{type}}> InTask() { await Task.Yield(); return {{value}}; }
        {{attributes}} public static async ValueTask<{{type}}> InValueTask() { await Task.Yield(); return {{value}}; }
        """,
        "Model.Direct(); await Model.InTask(); await Model.InValueTask();");

    /// <summary>Streams chunks, to the end; and all but the last one, after which the reader leaves, is cancelled, or the stream fails.</summary>
    public static Task<IReadOnlyDictionary<string, LlmEvent>> OfStream(string declarations, string type, string[] chunks, string attributes = "[RecordLlm]")
    {
        string all = string.Concat(chunks.Select(static chunk => $"yield return {chunk};\n"));
        string most = string.Concat(chunks.SkipLast(1).Select(static chunk => $"yield return {chunk};\n"));
        return Run(
            declarations,
            $$"""
            {{attributes}} public static async IAsyncEnumerable<{{type}}> Whole() { await Task.Yield(); {{all}} }
            {{attributes}} public static async IAsyncEnumerator<{{type}}> Reader() { await Task.Yield(); {{all}} }
            {{attributes}} public static IEnumerable<{{type}}> Sequence() { {{all}} }
            {{attributes}} public static async IAsyncEnumerable<{{type}}> Left() { await Task.Yield(); {{all}} }
            {{attributes}} public static async IAsyncEnumerable<{{type}}> Cancelled() { await Task.Yield(); {{most}} throw new OperationCanceledException(); }
            {{attributes}} public static async IAsyncEnumerable<{{type}}> Failed() { await Task.Yield(); {{most}} throw new InvalidOperationException("cut"); }
            """,
            $$"""
            await foreach (var chunk in Model.Whole()) { }
            await using (var reader = Model.Reader()) { while (await reader.MoveNextAsync()) { } }
            foreach (var chunk in Model.Sequence()) { }
            int left = {{chunks.Length - 1}};
            if (left > 0) await foreach (var chunk in Model.Left()) { if (--left == 0) break; }
            try { await foreach (var chunk in Model.Cancelled()) { } } catch (OperationCanceledException) { }
            try { await foreach (var chunk in Model.Failed()) { } } catch (InvalidOperationException) { }
            """);
    }

    public static async Task<IReadOnlyDictionary<string, LlmEvent>> Run(string declarations, string methods, string body)
    {
        RecordedRun run = await RecordedRun.Of(
            $$"""
            #pragma warning disable OPENAI001 // Types of the OpenAI package that may still change.
            {{declarations}}
            public static class Model
            {
            {{methods}}
            }
            """,
            body);
        return run.Events.OfType<LlmEvent>().ToDictionary(static e => e.Name!);
    }

    /// <summary>The tools that a model wants called: <c>id name(arguments)</c>, joined.</summary>
    public static string Tools(this LlmEvent llm) => string.Join("; ", llm.ToolCalls.Select(static c => $"{c.Id} {c.Name}({c.Arguments})"));
}
