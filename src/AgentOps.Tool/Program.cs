using AgentOps.Tool;

return await ToolApplication.RunAsync(args, ToolEnvironment.OfProcess());
