using System.Runtime.CompilerServices;

namespace AgentOps.Benchmarks.Subjects;

/// <summary>The methods that are measured: each once bare and once recorded, and otherwise the same.</summary>
public static class Calls
{
    private static readonly Task<int> s_done = Task.FromResult(7);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int BareAdd(int a, int b) => a + b;

    [RecordTool]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Add(int a, int b) => a + b;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int BareLength(string text) => text.Length;

    [RecordTool(Leaf = true)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Length(string text) => text.Length;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int BareArea(Box box) => box.Width * box.Height;

    [RecordTool(Leaf = true)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Area(Box box) => box.Width * box.Height;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Task<int> BareDone(int a, int b) => s_done;

    [RecordTool(Leaf = true)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Task<int> Done(int a, int b) => s_done;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static ValueTask<int> BareDoneValue(int a, int b) => new(a + b);

    [RecordTool(Leaf = true)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static ValueTask<int> DoneValue(int a, int b) => new(a + b);

    public static async Task<int> BarePending(Gate gate) => await gate;

    [RecordTool(Leaf = true)]
    public static async Task<int> Pending(Gate gate) => await gate;

    public static async ValueTask<int> BarePendingValue(Gate gate) => await gate;

    [RecordTool(Leaf = true)]
    public static async ValueTask<int> PendingValue(Gate gate) => await gate;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<int> BarePooledValue(Gate gate) => await gate;

    /// <summary>Calls one recorded method, and so is its parent.</summary>
    [RecordAction]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Outer(int a, int b) => Add(a, b);

    /// <summary>The same, said to be nobody's parent.</summary>
    [RecordAction(Leaf = true)]
    [MethodImpl(MethodImplOptions.NoInlining)]
#pragma warning disable AOPS0106 // What the promise saves is seen beside a call that keeps none.
    public static int OuterLeaf(int a, int b) => Add(a, b);
#pragma warning restore AOPS0106

    public static async IAsyncEnumerable<int> BareStream(int count)
    {
        for (int i = 0; i < count; i++)
        {
            await Task.CompletedTask;
            yield return i;
        }
    }

    [RecordTool]
    public static async IAsyncEnumerable<int> Stream(int count)
    {
        for (int i = 0; i < count; i++)
        {
            await Task.CompletedTask;
            yield return i;
        }
    }
}

/// <summary>An argument with properties.</summary>
public sealed record Box(int Width, int Height, string Name);

/// <summary>Something to wait for that costs no memory of its own: whoever waits goes on when it is opened, on the thread that opens it.</summary>
public sealed class Gate : ICriticalNotifyCompletion
{
    private Action? _continuation;

    public bool IsCompleted => false;

    public Gate GetAwaiter() => this;

    public int GetResult() => 7;

    public void OnCompleted(Action continuation) => _continuation = continuation;

    public void UnsafeOnCompleted(Action continuation) => _continuation = continuation;

    public void Open()
    {
        Action continuation = _continuation!;
        _continuation = null;
        continuation();
    }
}
