using System.Diagnostics;
using AgentOps.Benchmarks.Subjects;
using AspectInjector.Broker;

namespace AgentOps.Benchmarks.Peers;

/// <summary>The same call woven by AspectInjector, whose advice takes two timestamps, the arguments and the result.</summary>
public static class WeavingPeer
{
    [Timed]
    public static int Add(int a, int b) => Calls.BareAdd(a, b);
}

/// <summary>Has its method woven.</summary>
[Injection(typeof(TimingAspect))]
[AttributeUsage(AttributeTargets.Method)]
public sealed class TimedAttribute : Attribute;

/// <summary>The advice.</summary>
[Aspect(Scope.Global)]
public sealed class TimingAspect
{
    private long _elapsed;
    private object? _lastResult;

    [Advice(Kind.Around)]
    public object Around([Argument(Source.Arguments)] object[] arguments, [Argument(Source.Target)] Func<object[], object> target)
    {
        long start = Stopwatch.GetTimestamp();
        object result = target(arguments);
        _lastResult = result;
        _elapsed += Stopwatch.GetTimestamp() - start;
        return result;
    }

    /// <summary>What was taken last, so that none of it is dead code.</summary>
    public (long Elapsed, object? Result) Last => (_elapsed, _lastResult);
}
