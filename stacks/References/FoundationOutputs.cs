using System.Collections.Immutable;
using Pulumi;

namespace Hybrid.Stacks.References;

internal sealed record FoundationOutputs
{
    public required Output<string> Domain { get; init; }

    public required Output<string> ZoneId { get; init; }

    public required Output<string> ZoneArn { get; init; }

    public required Output<ImmutableArray<string>> NameServers { get; init; }

    public required Output<string> VpcId { get; init; }

    public required Output<string> VpcCidr { get; init; }

    public required Output<ImmutableArray<string>> PublicSubnetIds { get; init; }

    public required Output<ImmutableArray<string>> PrivateSubnetIds { get; init; }

    public required Output<ImmutableArray<string>> IsolatedSubnetIds { get; init; }

    /// <summary>The on-premises sites that a VPN connects.</summary>
    public required Output<ImmutableArray<string>> VpnSites { get; init; }

    /// <summary>Those sites' addresses.</summary>
    public required Output<ImmutableArray<string>> VpnCidrs { get; init; }

    public required Output<string> ClusterKeyArn { get; init; }

    public required Output<string> NodesKeyArn { get; init; }

    public required Output<string> DatabaseKeyArn { get; init; }

    public required Output<string> CacheKeyArn { get; init; }

    public required Output<string> SearchKeyArn { get; init; }

    public required Output<string> LogsKeyArn { get; init; }

    public required Output<string> AlarmsKeyArn { get; init; }

    public required Output<string> RegistryUrl { get; init; }
}
