using System.Collections.Immutable;
using Hybrid.Infra.Cluster;

namespace Hybrid.Stacks.Configuration;

/// <summary><c>hybrid:cluster</c>, of the platform.</summary>
internal sealed record ClusterConfig
{
    public required string Version { get; init; }

    public string ServiceCidr { get; init; } = "172.20.0.0/16";

    public ImmutableArray<string> PublicAccessCidrs { get; init; } = [];

    public required ImmutableArray<ClusterAccess> Access { get; init; }

    public required ImmutableArray<NodeGroupSpec> NodeGroups { get; init; }

    public required AddonVersions Addons { get; init; }
}
