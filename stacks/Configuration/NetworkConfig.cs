using System.Collections.Immutable;
using Hybrid.Infra.Network;

namespace Hybrid.Stacks.Configuration;

/// <summary><c>hybrid:network</c>, of the foundation.</summary>
internal sealed record NetworkConfig
{
    public required string Cidr { get; init; }

    public required ImmutableArray<string> AvailabilityZones { get; init; }

    public NatMode Nat { get; init; } = NatMode.PerZone;

    public ImmutableArray<OnPremisesSite> Sites { get; init; } = [];
}
