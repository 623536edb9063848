namespace Hybrid.Infra.Network;

/// <summary>The site's end of a site-to-site VPN.</summary>
public sealed record SiteVpnEnd
{
    /// <summary>The public IPv4 address of the site's device.</summary>
    public required string IpAddress { get; init; }

    /// <summary>The BGP number of the site's network, 1 to 4294967294.</summary>
    public required long BgpAsn { get; init; }
}
