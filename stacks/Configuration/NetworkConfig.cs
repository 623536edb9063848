using System.Collections.Immutable;
using Hybrid.Infra.Network;

namespace Hybrid.Stacks.Configuration;

/// <summary><c>hybrid:network</c>, of the foundation.</summary>
internal sealed record NetworkConfig
{
    /// <summary>The VPC's IPv4 range, /16 to /20; the subnets are computed from it. Must not overlap with a site's.</summary>
    public required string Cidr { get; init; }

    /// <summary>Three zones of the region.</summary>
    public required ImmutableArray<string> AvailabilityZones { get; init; }

    /// <summary>One NAT gateway for all zones, or one per zone, so that a lost zone takes no other's way out.</summary>
    public NatMode Nat { get; init; } = NatMode.PerZone;

    /// <summary>The on-premises sites.</summary>
    public ImmutableArray<OnPremisesSite> Sites { get; init; } = [];
}
