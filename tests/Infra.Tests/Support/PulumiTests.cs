namespace Hybrid.Infra.Tests.Support;

/// <summary>Tests that run a deployment: one at a time, since the deployment is ambient.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class PulumiTests
{
    public const string Name = "Pulumi";
}
