using System.Diagnostics;
using AgentOps.Benchmarks.Subjects;
using Castle.DynamicProxy;

namespace AgentOps.Benchmarks.Peers;

/// <summary>The same call behind a Castle proxy whose interceptor takes two timestamps, the arguments and the result.</summary>
public sealed class ProxyPeer
{
    private readonly ICalculator _proxy =
        new ProxyGenerator().CreateInterfaceProxyWithTarget<ICalculator>(new Calculator(), new TimingInterceptor());

    public interface ICalculator
    {
        int Add(int a, int b);
    }

    public int Add(int a, int b) => _proxy.Add(a, b);

    private sealed class Calculator : ICalculator
    {
        public int Add(int a, int b) => Calls.BareAdd(a, b);
    }

    private sealed class TimingInterceptor : IInterceptor
    {
        public static long Elapsed;

        public static object? LastResult;

        public void Intercept(IInvocation invocation)
        {
            long start = Stopwatch.GetTimestamp();
            GC.KeepAlive(invocation.Arguments);
            invocation.Proceed();
            LastResult = invocation.ReturnValue;
            Elapsed += Stopwatch.GetTimestamp() - start;
        }
    }
}
