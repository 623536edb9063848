using Gateway.Tunnel.Hosting;
using Grpc.Core;

namespace Gateway.Tunnel.Sites;

/// <summary>Authorisation after authentication, the same on both tunnels.</summary>
internal static class SiteAdmission
{
    /// <summary>The site where it may join, null where it may not.</summary>
    /// <exception cref="RpcException">UNAVAILABLE: the directory cannot answer now.</exception>
    public static async ValueTask<Site?> AdmitAsync(ISiteDirectory sites, string name, TunnelMetrics metrics, CancellationToken cancellationToken)
    {
        Site? site;
        try
        {
            site = await sites.FindAsync(name, cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            metrics.Refused("sites_unavailable");
            throw new RpcException(new Status(StatusCode.Unavailable, "the site directory cannot be read"));
        }

        if (site is { Enabled: true })
        {
            return site;
        }

        metrics.Refused(site is null ? "unknown_site" : "disabled_site");
        return null;
    }

    /// <summary>Does not tell unknown from disabled.</summary>
    public static RpcException Denied(string name) =>
        new(new Status(StatusCode.PermissionDenied, $"site '{name}' is not registered or is disabled"));
}
