using Pulumi;

namespace Hybrid.Stacks.References;

/// <summary>What a data plane says of itself, on EKS or elsewhere.</summary>
internal sealed record DataPlaneOutputs
{
    public required Output<string> Site { get; init; }

    public required Output<string> Namespace { get; init; }

    /// <summary>Where API consumers call.</summary>
    public required Output<string> ProxyUrl { get; init; }

    /// <summary>The role that the pods have in AWS.</summary>
    public required Output<string> RoleArn { get; init; }
}
