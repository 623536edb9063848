using System.Collections.Immutable;
using Hybrid.Infra.Network;
using Hybrid.Infra.Validation;
using Pulumi;

namespace Hybrid.Infra.Cluster;

public sealed record EksClusterArgs
{
    /// <summary>1 to 40 characters: it is part of other names.</summary>
    public required string ClusterName { get; init; }

    /// <summary>One of <see cref="KubernetesVersions.Supported"/>.</summary>
    public required string Version { get; init; }

    public required Input<string> VpcId { get; init; }

    public required InputList<string> SubnetIds { get; init; }

    /// <summary>The key for the cluster's secrets.</summary>
    public required Input<string> SecretsKeyArn { get; init; }

    /// <summary>The key for the nodes' volumes.</summary>
    public required Input<string> NodesKeyArn { get; init; }

    public required Input<string> LogsKeyArn { get; init; }

    /// <summary>Who may reach the API server from the internet; nobody when empty.</summary>
    public ImmutableArray<string> PublicAccessCidrs { get; init; } = [];

    /// <summary>The services' addresses, apart from the VPC's and the sites'.</summary>
    public string ServiceCidr { get; init; } = "172.20.0.0/16";

    public required ImmutableArray<ClusterAccess> Access { get; init; }

    public ClusterCompute Compute { get; init; } = ClusterCompute.Managed;

    /// <summary>At least one, and none with Auto Mode.</summary>
    public required ImmutableArray<NodeGroupSpec> NodeGroups { get; init; }

    public required AddonVersions Addons { get; init; }

    /// <summary>The zone in which external-dns writes the services' addresses.</summary>
    public required Input<string> DnsZoneArn { get; init; }

    public required Output<string> Domain { get; init; }

    /// <summary>Days.</summary>
    public int LogRetention { get; init; } = 365;

    public bool Protect { get; init; } = true;

    internal void Validate()
    {
        Check.Slug(ClusterName, 40, "clusterName");
        Check.OneOf(Version, KubernetesVersions.Supported, "version");
        Check.LogRetention(LogRetention, "logRetention");
        foreach (var cidr in PublicAccessCidrs)
        {
            Check.That(CidrBlock.Parse(cidr, "publicAccessCidrs").PrefixLength >= 8, "publicAccessCidrs", $"{cidr} is as good as everyone", "/8 or narrower");
        }

        var services = CidrBlock.Parse(ServiceCidr, "serviceCidr");
        Check.InRange(services.PrefixLength, 12, 24, "serviceCidr");
        Check.That(!Access.IsDefaultOrEmpty, "access", "nobody could enter the cluster", "at least one role");
        foreach (var access in Access)
        {
            access.Validate("access");
        }

        Check.That(
            Access.Select(access => access.RoleName).Distinct(StringComparer.Ordinal).Count() == Access.Length,
            "access",
            "a role appears twice",
            "each role once");
        Check.That(
            Compute is ClusterCompute.Auto == NodeGroups.IsDefaultOrEmpty,
            "nodeGroups",
            NodeGroups.IsDefaultOrEmpty ? "none was given" : "Auto Mode makes its nodes itself",
            NodeGroups.IsDefaultOrEmpty ? "at least one" : "none");
        foreach (var group in NodeGroups)
        {
            group.Validate();
        }

        Addons.Validate(Compute, Version);
    }
}
