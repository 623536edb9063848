using Hybrid.Stacks.Commands;
using Hybrid.Stacks.Layers;
using Pulumi;

// Pulumi starts the program with its own address in the environment and no arguments; people start it with a command.
return args.Length is 0 && Environment.GetEnvironmentVariable("PULUMI_MONITOR") is not null
    ? await Deployment.RunAsync(() => LayerProgram.Run(RepositoryFolder.Find()))
    : await HybridCommand.RunAsync(args);
