using Hybrid.Stacks.Commands;

return await HybridCommand.RunAsync(args);
