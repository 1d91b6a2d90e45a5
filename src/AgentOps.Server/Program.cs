using AgentOps.Server;

return await DashboardCommand.RunAsync(args, Console.Out, Console.Error);
