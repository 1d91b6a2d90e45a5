using AgentOps.Benchmarks.Gate;
using BenchmarkDotNet.Running;

if (args is ["gate", ..])
    return GateRun.Run(args[1..]);
BenchmarkSwitcher.FromAssembly(typeof(GateRun).Assembly).Run(args);
return 0;
