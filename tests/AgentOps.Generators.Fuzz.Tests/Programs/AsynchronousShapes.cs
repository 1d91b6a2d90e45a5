namespace AgentOps.Generators.Fuzz.Tests.Programs;

/// <summary>The shapes whose result is awaited.</summary>
internal static class AsynchronousShapes
{
    public static IReadOnlyList<ProgramShape> All { get; } =
    [
        Of("Task", "public static class C$N { [RecordTool] public static async Task M$N(int a) { $ASYNCVOID$ } }",
            "await T.Await(C$N.M$N(T.Arg(1)));"),
        Of("Task of T", "public sealed class C$N { [RecordTool] public async Task<int> M$N(int a, CancellationToken token = default) $ASYNC(a + 1)$ }",
            "T.Note(await T.Await(new C$N().M$N(T.Arg(1))));"),
        Of("ValueTask", "public sealed class C$N { [RecordAction] public async ValueTask M$N(string a) { $ASYNCVOID$ } }",
            "await new C$N().M$N(T.Arg(\"v\"));"),
        Of("ValueTask of T", "public static class C$N { [RecordTool] public static async ValueTask<string> M$N<T1>(T1 a) $ASYNC(a + \"!\")$ }",
            "T.Note(await C$N.M$N(T.Arg($I)).ConfigureAwait(false));"),
        Of("task made by hand", "public static class C$N { [RecordTool] public static Task<int> M$N(int a) $BODY(Task.FromResult(a))$ }",
            "T.Note(await T.Await(C$N.M$N(T.Arg(1))));"),
        Of("task that has failed", "public static class C$N { [RecordTool] public static Task M$N(int a) => Task.FromException(new ArgumentException(\"failed \" + a)); }",
            "T.Called(\"M$N\", \"Error\"); try { await T.Await(C$N.M$N(1)); } catch (ArgumentException e$I) { T.Caught(e$I); }"),
        Of("task that was cancelled", "public static class C$N { [RecordTool] public static Task<int> M$N(CancellationToken token) => Task.FromCanceled<int>(token); }",
            "T.Called(\"M$N\", \"Cancelled\"); try { await T.Await(C$N.M$N(new CancellationToken(true))); } catch (OperationCanceledException e$I) { T.Caught(e$I); }"),
        Of("cancelled while it waits", "public static class C$N { [RecordTool] public static async Task<int> M$N(CancellationToken token) { int p = T.Enter(\"M$N\"); try { await Task.Delay(-1, token); return 1; } catch (Exception e) when (T.Fail(p, e)) { throw; } finally { T.Leave(p); } } }",
            "using (var s$I = new CancellationTokenSource()) { Task<int> w$I = C$N.M$N(s$I.Token); s$I.Cancel(); try { await T.Await(w$I); } catch (OperationCanceledException e$I) { T.Note(e$I.CancellationToken == s$I.Token); T.Caught(e$I); } }"),
        Of("several failures", "public static class C$N { [RecordTool] public static Task M$N(int a) => Task.WhenAll(Task.FromException(new ArgumentException(\"one\")), Task.FromException(new InvalidOperationException(\"two\"))); }",
            "T.Called(\"M$N\", \"Error\"); Task k$I = C$N.M$N(1); try { await T.Await(k$I); } catch (Exception e$I) { T.Caught(e$I); } T.Note(k$I.Exception?.InnerExceptions.Count);"),
        Of("interface task", "public interface I$N { [RecordTool] Task<int> M$N(int a); } public sealed class C$N : I$N { public async Task<int> M$N(int a) $ASYNC(a)$ } public sealed class D$N : I$N { public Task<int> M$N(int a) $BODY(Task.FromResult(-a))$ }",
            "I$N i$I = new C$N(); T.Note(await T.Await(i$I.M$N(T.Arg(1)))); i$I = new D$N(); T.Note(await T.Await(i$I.M$N(T.Arg(2))));"),
        Of("stream", "public static class C$N { [RecordTool] public static async IAsyncEnumerable<int> M$N(int a, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token = default) { $STREAM(a)$ } }",
            "await foreach (int x$I in C$N.M$N(T.Arg(1))) T.Note(x$I);"),
        Of("stream that is left", "public sealed class C$N { [RecordTool] public async IAsyncEnumerable<string> M$N(int a) { $STREAM(\"s\" + a)$ } }",
            "await foreach (string x$I in new C$N().M$N(T.Arg(1)).WithCancellation(default)) { T.Note(x$I); break; }"),
        Of("async lambda", "public static class C$N { [RecordTool] public static async Task<int> M$N(int a) $ASYNC(a)$ }",
            "Func<int, Task<int>> f$I = async x => await C$N.M$N(x) + await C$N.M$N(T.Arg(2)); T.Note(await f$I(1));"),
        Of("async recursion", "public static class C$N { [RecordTool] public static async ValueTask<int> M$N(int a) $ASYNC(a <= 0 ? 0 : 1 + await C$N.M$N(a - 1))$ }",
            "T.Note(await C$N.M$N(T.Arg(2)));"),
        Of("virtual task", "public class B$N { [RecordTool] public virtual async Task<int> M$N(int a) $ASYNC(a)$ } public sealed class C$N : B$N { public override Task<int> M$N(int a) $BODY(Task.FromResult(a + 10))$ }",
            "B$N b$I = new C$N(); T.Note(await T.Await(b$I.M$N(T.Arg(1)))); T.Note(await new B$N().M$N(2));"),
        Of("awaited in an argument", "public static class C$N { [RecordTool] public static async Task<int> M$N(int a, int b) $ASYNC(a - b)$ }",
            "T.Note(await C$N.M$N(T.Arg(5), await C$N.M$N(T.Arg(3), T.Arg(1))) + T.Arg(9));"),
        Of("async struct", "public struct C$N { public int V; [RecordTool] public async Task<int> M$N(int a) $ASYNC(a)$ }",
            "var s$I = new C$N { V = 1 }; T.Note(await s$I.M$N(T.Arg(1)));"),
    ];

    private static ProgramShape Of(string name, string declaration, string call) => new(name, ShapeColor.Asynchronous, declaration, call);
}
