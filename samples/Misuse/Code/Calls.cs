using System.Collections;
using System.Linq.Expressions;
using AgentOps;

namespace Misuse;

public static class Tools
{
    [RecordTool] public static int Twice(int n) => 2 * n;
    [RecordTool] public static Task<int> SearchAsync(string query) => Task.FromResult(query.Length);
    [RecordTool] public static ValueTask<int> LoadAsync(int n) => new(n);

    [RecordAction]
    public static async IAsyncEnumerable<int> CountAsync()
    {
        await Task.Yield();
        yield return 1;
    }
}

public interface IRunner
{
    [RecordAction] int Run();
}

public class Agent
{
    [RecordAction] public virtual int Prepare() => 1;
}

public sealed class CarefulAgent : Agent
{
    public override int Prepare() => base.Prepare() + 1; // AOPS0202
}

public sealed class Bag : IEnumerable
{
    [RecordAction] public void Add(int n) { } // AOPS0112
    public IEnumerator GetEnumerator() => throw new NotSupportedException();
}

/// <summary>Family 02: calls that are not recorded, and results that are not waited for.</summary>
public static class Calls
{
    public static IEnumerable<int> MethodGroup() => new[] { 1, 2 }.Select(Tools.Twice); // AOPS0201

    public static int TypeParameter<T>(T runner) where T : IRunner => runner.Run(); // AOPS0203

    public static int Dynamic(dynamic n) => Tools.Twice(n); // AOPS0204

    public static Expression<Func<int>> Tree() => () => Tools.Twice(1); // AOPS0205

    public static Bag Initializer() => new() { 1 }; // AOPS0207

    [RecordAction] public static int Depth<T>(T item, int rest) => rest == 0 ? 0 : 1 + Depth(item, rest - 1); // AOPS0211

    public static void Dropped()
    {
        Tools.SearchAsync("umbrella"); // AOPS0209
        Tools.CountAsync(); // AOPS0210
    }

    public static async Task<int> AwaitedTwice()
    {
        ValueTask<int> task = Tools.LoadAsync(1);
        int first = await task;
        return first + await task; // AOPS0209
    }
}
