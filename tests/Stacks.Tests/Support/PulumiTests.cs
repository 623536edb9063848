namespace Hybrid.Stacks.Tests.Support;

/// <summary>Tests that run a deployment: one at a time, since the deployment and its configuration are the process's.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class PulumiTests : ICollectionFixture<Environments>
{
    public const string Name = "Pulumi";
}
