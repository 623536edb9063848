using System.Collections.Immutable;

namespace Hybrid.Infra.Network;

/// <summary>A place of ours outside AWS: its addresses, which no VPC may overlap, and how a VPN reaches it.</summary>
public sealed record OnPremisesSite
{
    /// <summary>The site's name, as in its certificate.</summary>
    public required string Name { get; init; }

    /// <summary>The site's IPv4 ranges.</summary>
    public required ImmutableArray<string> Cidrs { get; init; }

    /// <summary>Without it there is no VPN: the site reaches the tunnels over the internet, and neither the cache nor the search domain.</summary>
    public SiteVpnEnd? Vpn { get; init; }
}
