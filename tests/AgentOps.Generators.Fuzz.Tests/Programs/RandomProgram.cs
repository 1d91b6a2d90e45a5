using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AgentOps.Generators.Fuzz.Tests.Programs;

/// <summary>How a call stands among other statements.</summary>
internal enum Surrounding
{
    Plain,
    Caught,
    Filtered,
    Cleaned,
    Conditional,
    Loop,
}

/// <summary>A call of another method of the program.</summary>
internal sealed record Step(int Callee, Surrounding Surrounding);

/// <summary>A recorded method: how it is declared, what it calls, and how it ends.</summary>
internal sealed record Method(ProgramShape Shape, IReadOnlyList<Step> Steps, string? Exception, bool Yields);

/// <summary>
/// A random program as data, so that it can be made smaller: method 0 is the beginning and is not recorded; each method calls only
/// those of higher numbers.
/// </summary>
internal sealed partial record RandomProgram(string Name, IReadOnlyList<Method> Methods)
{
    private static readonly string[] s_exceptions =
        ["InvalidOperationException(\"m$N\")", "ArgumentException(\"m$N\", \"a\")", "OperationCanceledException(\"m$N\")", "TaskCanceledException(\"m$N\", new TimeoutException())"];

    public static RandomProgram Create(string name, Random random)
    {
        int count = random.Next(3, 8);
        var methods = new List<Method> { new(new ProgramShape("beginning", ShapeColor.Asynchronous, "", ""), [], null, false) };
        for (int i = 1; i <= count; i++)
        {
            bool isAsync = random.Next(5) < 2;
            IReadOnlyList<ProgramShape> shapes = isAsync ? AsynchronousShapes.All : SynchronousShapes.All;
            string? exception = random.Next(5) == 0 ? s_exceptions[random.Next(s_exceptions.Length)] : null;
            methods.Add(new Method(shapes[random.Next(shapes.Count)], [], exception, random.Next(2) == 0));
        }
        for (int i = 0; i <= count; i++)
        {
            int[] callees = [.. Enumerable.Range(i + 1, count - i).Where(callee => MayCall(methods[i], methods[callee]))];
            if (callees.Length == 0)
                continue;
            int calls = i == 0 ? random.Next(2, 5) : random.Next(3);
            methods[i] = methods[i] with
            {
                Steps = [.. Enumerable.Range(0, calls).Select(_ => new Step(callees[random.Next(callees.Length)], (Surrounding)random.Next(6)))],
            };
        }
        return new RandomProgram(name, methods);
    }

    /// <summary>Every program that is this one with something left out.</summary>
    public IEnumerable<RandomProgram> Smaller()
    {
        for (int i = 0; i < Methods.Count; i++)
        {
            Method method = Methods[i];
            for (int s = 0; s < method.Steps.Count; s++)
                yield return With(i, method with { Steps = [.. method.Steps.Where((_, at) => at != s)] });
            for (int s = 0; s < method.Steps.Count; s++)
            {
                if (method.Steps[s].Surrounding != Surrounding.Plain)
                    yield return With(i, method with { Steps = [.. method.Steps.Select((step, at) => at == s ? step with { Surrounding = Surrounding.Plain } : step)] });
            }
            if (method.Exception is not null)
                yield return With(i, method with { Exception = null });
            if (method.Yields)
                yield return With(i, method with { Yields = false });
        }
    }

    /// <summary>The shapes that are reached from the beginning.</summary>
    public IEnumerable<string> Shapes => Reached().Where(static i => i > 0).Select(i => Methods[i].Shape.Name);

    /// <summary>The program as one file with a namespace of its own.</summary>
    public string Render()
    {
        int call = 0;
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"namespace {Name};");
        foreach (int i in Reached().Where(static i => i > 0).Order())
            text.AppendLine(Expand(Methods[i], i, ref call));
        text.AppendLine("public static class Program").AppendLine("{").AppendLine("    public static async Task Run()").AppendLine("    {");
        text.AppendLine("        await Task.CompletedTask;");
        foreach (Step step in Methods[0].Steps)
            text.Append("        try { ").Append(Render(step, ref call)).AppendLine(" } catch (Exception e) { T.Caught(e); }");
        return text.AppendLine("    }").AppendLine("}").ToString();
    }

    private static bool MayCall(Method caller, Method callee) => caller.Shape.Color == ShapeColor.Asynchronous && HasAsyncBody(caller)
        || callee.Shape.Color == ShapeColor.Synchronous;

    private static bool HasAsyncBody(Method method) =>
        method.Shape.Name == "beginning" || !method.Shape.Declaration.Contains("$BODY", StringComparison.Ordinal);

    private RandomProgram With(int index, Method method) => this with { Methods = [.. Methods.Select((m, at) => at == index ? method : m)] };

    private HashSet<int> Reached()
    {
        var reached = new HashSet<int>();
        var open = new Stack<int>([0]);
        while (open.TryPop(out int at))
        {
            if (reached.Add(at))
            {
                foreach (Step step in Methods[at].Steps)
                    open.Push(step.Callee);
            }
        }
        return reached;
    }

    private string Render(Step step, ref int call)
    {
        string i = (++call).ToString(CultureInfo.InvariantCulture);
        Method callee = Methods[step.Callee];
        string text = callee.Shape.Call.Replace("$N", step.Callee.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace("$I", i, StringComparison.Ordinal);
        return step.Surrounding switch
        {
            Surrounding.Caught => $"try {{ {text} }} catch (Exception x{i}_) {{ T.Caught(x{i}_); }}",
            Surrounding.Filtered => $"try {{ {text} }} catch (Exception x{i}_) when (T.Filter(x{i}_)) {{ T.Caught(x{i}_); throw; }}",
            Surrounding.Cleaned => $"try {{ {text} }} finally {{ T.Note(\"finally {i}\"); }}",
            Surrounding.Conditional => $"if (T.Arg(true)) {{ {text} }}",
            Surrounding.Loop => $"for (int l{i}_ = 0; l{i}_ < 2; l{i}_++) {{ {text} }}",
            _ => $"{{ {text} }}",
        };
    }

    [GeneratedRegex(@"\$(?<kind>BODY|ASYNC|STREAM|RUN)\((?<value>.*?)\)\$|\$(?<kind>VOID|ASYNCVOID)\$")]
    private static partial Regex BodyMark();

    private string Expand(Method method, int number, ref int call)
    {
        int calls = call;
        string n = number.ToString(CultureInfo.InvariantCulture);
        string text = BodyMark().Replace(method.Shape.Declaration, mark => Body(method, mark.Groups["kind"].Value, mark.Groups["value"].Value, ref calls)).Replace("$N", n, StringComparison.Ordinal);
        call = calls;
        return text;
    }

    private string Body(Method method, string kind, string value, ref int call)
    {
        bool isAsync = kind is "ASYNC" or "ASYNCVOID" or "STREAM";
        var inside = new StringBuilder();
        if (isAsync)
            inside.Append(method.Yields ? "await Task.Yield(); " : "await Task.CompletedTask; ");
        foreach (Step step in method.Steps)
        {
            // The same method may have several bodies, some of which cannot await.
            if (isAsync || Methods[step.Callee].Shape.Color == ShapeColor.Synchronous)
                inside.Append(Render(step, ref call)).Append(' ');
        }
        string exception = method.Exception is null ? "" : $"if (T.Always) throw new {method.Exception}; ";
        if (kind == "STREAM")
        {
            // No yield may stand in a try that catches, so the stream says itself how it ends where it yields.
            string guarded = $"try {{ {inside}}} catch (Exception e) when (T.Fail(p, e)) {{ throw; }} ";
            string fail = method.Exception is null ? "" : $"if (T.Always) throw T.Failing(p, new {method.Exception}); ";
            string resume = method.Yields ? "await Task.Yield(); " : "";
            return $"int p = T.Enter(\"M$N\"); bool r = false; try {{ {guarded}yield return {value}; T.Resume(p); {resume}{fail}T.Note(\"again\"); yield return {value}; T.Resume(p); r = true; }} finally {{ T.Left(p, r); }}";
        }
        string end = kind is "VOID" or "ASYNCVOID" ? "" : $"return {value}; ";
        string body = $"int p = T.Enter(\"M$N\"); try {{ {inside}{exception}{end}}} catch (Exception e) when (T.Fail(p, e)) {{ throw; }} finally {{ T.Leave(p); }}";
        return kind is "BODY" or "ASYNC" ? $"{{ {body} }}" : body;
    }
}
