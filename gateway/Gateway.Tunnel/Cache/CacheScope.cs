using Gateway.Tunnel.Identity;

namespace Gateway.Tunnel.Cache;

/// <summary>Whose cache it is: part of what every record is bound to, so that one site's files are nothing to another.</summary>
internal sealed record CacheScope(string TrustDomain, string Site)
{
    public static CacheScope Of(PeerIdentity identity) => new(identity.TrustDomain, identity.Site!);
}
