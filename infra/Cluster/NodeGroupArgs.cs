using Pulumi;

namespace Hybrid.Infra.Cluster;

public sealed record NodeGroupArgs
{
    public required NodeGroupSpec Spec { get; init; }

    public required Input<string> ClusterName { get; init; }

    /// <summary>The cluster's version: nodes move with it.</summary>
    public required string Version { get; init; }

    public required Input<string> RoleArn { get; init; }

    public required InputList<string> SubnetIds { get; init; }

    public required Input<string> VolumeKeyArn { get; init; }
}
