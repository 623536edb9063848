using Gateway.DataPlane.Configuration;
using Gateway.DataPlane.Model;

namespace Gateway.DataPlane.Forwarding;

/// <summary>What decides whether two services may share TLS connections.</summary>
/// <param name="Verify">Whether the upstream's certificate must be valid; null for the data plane's default.</param>
/// <param name="Depth">How many certificates may stand between the upstream's and the authority's; null for any number.</param>
/// <param name="Trusted">What it is verified against; null for the system's authorities.</param>
/// <param name="Presented">What the gateway presents; null for nothing.</param>
internal sealed record TlsProfile(bool? Verify, int? Depth, TrustedAuthorities? Trusted, CertificateModel? Presented)
{
    public static readonly TlsProfile Default = new(Verify: null, Depth: null, Trusted: null, Presented: null);

    public static TlsProfile Of(RuntimeConfiguration configuration, ServiceModel service, UpstreamModel? upstream)
    {
        if (!service.IsTls)
        {
            return Default;
        }

        var entity = service.Entity;
        var presented = entity.ClientCertificate ?? upstream?.Entity.ClientCertificate;
        if (entity is { TlsVerify: null, TlsVerifyDepth: null, CaCertificates: null or { Count: 0 } } && presented is null)
        {
            return Default;
        }

        return new TlsProfile(
            entity.TlsVerify,
            entity.TlsVerifyDepth,
            entity.CaCertificates is { Count: > 0 } authorities ? TrustedAuthorities.Of(authorities.Select(id => configuration.Certificates.Authorities[id])) : null,
            presented is null ? null : configuration.Certificates.Certificates[presented.Id]);
    }
}
