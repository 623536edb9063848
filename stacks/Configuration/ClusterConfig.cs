using System.Collections.Immutable;
using Hybrid.Infra.Cluster;

namespace Hybrid.Stacks.Configuration;

/// <summary><c>hybrid:cluster</c>, of the platform.</summary>
internal sealed record ClusterConfig
{
    /// <summary>The Kubernetes version, one that EKS supports.</summary>
    public required string Version { get; init; }

    /// <summary>The IPv4 range of Kubernetes services.</summary>
    public string ServiceCidr { get; init; } = "172.20.0.0/16";

    /// <summary>Who may reach the cluster's endpoint over the internet; the endpoint is private only when empty.</summary>
    public ImmutableArray<string> PublicAccessCidrs { get; init; } = [];

    /// <summary>Who may do what on the cluster: nobody else has access, the creator included.</summary>
    public required ImmutableArray<ClusterAccess> Access { get; init; }

    /// <summary>Managed node groups, or EKS Auto Mode, which makes nodes as pods need them and has network, storage and load balancing built in.</summary>
    public ClusterCompute Compute { get; init; } = ClusterCompute.Managed;

    /// <summary>The managed node groups; none with Auto Mode.</summary>
    public ImmutableArray<NodeGroupSpec> NodeGroups { get; init; } = [];

    /// <summary>The add-ons' pinned versions.</summary>
    public required AddonVersions Addons { get; init; }
}
