using AgentOps.Benchmarks.Gate;
using AgentOps.Benchmarks.Generator;
using BenchmarkDotNet.Running;

switch (args)
{
    case ["gate", ..]:
        return GateRun.Run(args[1..]);
    case ["generator", ..]:
        return GeneratorRun.Run(args[1..]);
    case ["starts", string recorded, string bare, ..]:
        return ProcessStarts.Run(recorded, bare, args.Contains("--strict"));
    case ["gate-start"]:
        StartCases.RunStart();
        return 0;
    case ["gate-idle", ..]:
        StartCases.RunIdle(record: args.Length > 1);
        return 0;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(GateRun).Assembly).Run(args);
        return 0;
}
