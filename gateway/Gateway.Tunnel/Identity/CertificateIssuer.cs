using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gateway.Tunnel.Enrollment;

namespace Gateway.Tunnel.Identity;

/// <summary>
/// A control plane's side of enrolment and renewal: signs for data planes, where it was given an authority's key. The key is read for each signature, so that a
/// rotated one is used at once, and is not kept in memory.
/// </summary>
public sealed class CertificateIssuer(CertificateFiles certificates, TunnelServerOptions options, TimeProvider time)
{
    /// <summary>Bytes; one for a P-256 key has about 200.</summary>
    private const int MaximumRequest = 8 * 1024;

    /// <summary>Whether there is a key to sign with (CLUSTER_CA_KEY). Without one, certificates come from elsewhere.</summary>
    public bool IsEnabled => options.AuthorityKey is not null;

    /// <summary>The <see cref="AuthorityFingerprint"/>s of all authorities in the bundle.</summary>
    public IReadOnlyList<string> Authorities => [.. certificates.Current.Authorities.Select(AuthorityFingerprint.Of).Distinct(StringComparer.Ordinal)];

    /// <summary>The bundle, as PEM.</summary>
    public string AuthoritiesPem => string.Concat(certificates.Current.Authorities.Select(authority => authority.ExportCertificatePem() + "\n"));

    /// <summary>Reads the key once, so that what is wrong with it stops the start.</summary>
    /// <exception cref="CertificateException">It cannot be used.</exception>
    public void Check()
    {
        if (options.AuthorityKey is { } path)
        {
            AuthorityKey.Load(path, certificates.Current.Authorities).Dispose();
        }
    }

    /// <summary>Null with the problem where the request cannot be signed. Its signature proves that the key is the requester's; the names in it do not matter.</summary>
    internal static (PublicKey? Key, string Problem) Read(ReadOnlySpan<byte> signingRequest)
    {
        if (signingRequest.Length is 0 or > MaximumRequest)
        {
            return (null, $"the certificate signing request is missing or too long (allowed: {MaximumRequest} bytes)");
        }

        try
        {
            // Extensions are not loaded: what a leaf says is decided here.
            var request = CertificateRequest.LoadSigningRequest(
                signingRequest.ToArray(), HashAlgorithmName.SHA256, CertificateRequestLoadOptions.Default, RSASignaturePadding.Pkcs1);
            return KeyPolicy.ProblemOf(request.PublicKey) is { } problem ? (null, problem) : (request.PublicKey, "");
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException or NotSupportedException)
        {
            return (null, "the certificate signing request is malformed or not signed by its key (allowed: PKCS #10, DER)");
        }
    }

    /// <exception cref="CertificateException">The authority's key cannot be used.</exception>
    internal SignedCertificate Sign(string site, PublicKey key, IssuanceCause cause)
    {
        var material = certificates.Current;
        using var authority = AuthorityKey.Load(
            options.AuthorityKey ?? throw new InvalidOperationException("there is no key to sign with"), material.Authorities);
        var now = time.GetUtcNow();
        var lifetime = options.CertificateLifetime;
        using var certificate = LeafCertificate.Sign(
            authority,
            key,
            new LeafRequest
            {
                CommonName = site,
                Uris = [PeerIdentity.DataPlane(material.Identity.TrustDomain, site).ToString()],
                ClientAuthentication = true,
                NotBefore = now - LeafCertificate.ClockSkew(lifetime),
                NotAfter = now + lifetime,
            });
        return new SignedCertificate(
            site,
            certificate.SerialNumber.ToLowerInvariant(),
            certificate.ExportCertificatePem() + "\n",
            AuthorityFingerprint.Of(authority.Certificate),
            cause,
            new DateTimeOffset(certificate.NotAfter.ToUniversalTime()));
    }
}
