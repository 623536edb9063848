using System.Globalization;
using Gateway.Tunnel.Hosting;
using Gateway.Tunnel.Identity;
using Grpc.Core;

namespace Gateway.Tunnel.Sites;

/// <summary>
/// Authorisation after authentication, the same on both tunnels and for each call: a connection may be older than what has become of its certificate and site.
/// </summary>
internal sealed class SiteAdmission(
    ISiteDirectory sites, CertificateFiles certificates, TunnelServerOptions options, TunnelMetrics metrics, TimeProvider time)
{
    /// <summary>The site where it may join.</summary>
    /// <param name="connection">Null where the call came over none of ours.</param>
    /// <param name="renewing">True where the call only asks for a new certificate: then an expired one is enough, within the grace time.</param>
    /// <exception cref="RpcException">It may not: UNAUTHENTICATED, PERMISSION_DENIED, or UNAVAILABLE where the directory cannot answer now.</exception>
    public async ValueTask<Site> AdmitAsync(TunnelConnection? connection, bool renewing, CancellationToken cancellationToken)
    {
        if (connection?.Peer is not { Site: { } name })
        {
            throw new RpcException(new Status(StatusCode.Unauthenticated, "no data plane's certificate"));
        }

        CheckCertificate(connection, renewing ? options.RenewalGrace : TimeSpan.Zero);
        if (sites.IsRevoked(connection.SerialNumber))
        {
            throw Refuse(RefusalReasons.RevokedCertificate, StatusCode.PermissionDenied, $"the certificate {connection.SerialNumber} is revoked");
        }

        var site = await FindAsync(name, cancellationToken);
        return site is { Enabled: true }
            ? site

            // Does not tell unknown from disabled.
            : throw Refuse(
                site is null ? RefusalReasons.UnknownSite : RefusalReasons.DisabledSite,
                StatusCode.PermissionDenied,
                $"site '{name}' is not registered or is disabled");
    }

    private void CheckCertificate(TunnelConnection connection, TimeSpan grace)
    {
        var now = time.GetUtcNow();
        if (now > connection.CertificateNotAfter + grace)
        {
            var end = connection.CertificateNotAfter.ToString("u", CultureInfo.InvariantCulture);
            throw Refuse(RefusalReasons.Of(PeerRefusalReason.Expired), StatusCode.Unauthenticated, $"the certificate expired at {end}");
        }

        if (connection.Reconsider(certificates.Current, now, grace) is { } refusal)
        {
            throw Refuse(RefusalReasons.Of(refusal.Reason), StatusCode.Unauthenticated, refusal.Problem);
        }
    }

    private async ValueTask<Site?> FindAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await sites.AdmitAsync(name, cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw Refuse(RefusalReasons.SitesUnavailable, StatusCode.Unavailable, "the site directory cannot be read");
        }
    }

    private RpcException Refuse(string reason, StatusCode code, string problem)
    {
        metrics.Refused(reason);
        return new RpcException(new Status(code, problem));
    }
}
