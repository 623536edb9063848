using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Gateway.Tunnel.Identity;

/// <summary>Issues the tunnel's certificates: one authority per generation, leaves directly beneath it, all ECDSA P-256.</summary>
public sealed class CertificateAuthority : IDisposable
{
    private readonly X509Certificate2 _certificate;
    private readonly TimeProvider _time;

    private CertificateAuthority(X509Certificate2 certificate, string trustDomain, TimeProvider time) =>
        (_certificate, TrustDomain, _time) = (certificate, trustDomain, time);

    public string TrustDomain { get; }

    /// <summary>The <see cref="AuthorityFingerprint"/>.</summary>
    public string Fingerprint => AuthorityFingerprint.Of(_certificate);

    /// <summary>Whether it signed the certificate.</summary>
    public bool Signed(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy = PeerVerifier.Policy([_certificate], now: null);
        return chain.Build(certificate);
    }

    public string CertificatePem => _certificate.ExportCertificatePem() + "\n";

    /// <exception cref="ArgumentException"><paramref name="trustDomain"/> is not one.</exception>
    public static CertificateAuthority Create(string trustDomain, TimeSpan lifetime, TimeProvider time)
    {
        CheckTrustDomain(trustDomain);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        // The suffix keeps generations apart for people; chains are told apart by key identifiers.
        var request = new CertificateRequest(
            LeafCertificate.Name($"{trustDomain} tunnel CA {Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}"), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var now = time.GetUtcNow();
        return new CertificateAuthority(request.CreateSelfSigned(now - LeafCertificate.ClockSkew(lifetime), now + lifetime), trustDomain, time);
    }

    /// <param name="bundlePath">PEM: of the authorities in it, the one that the key belongs to.</param>
    /// <exception cref="CertificateException">A file cannot be read, or they are not an authority's certificate and its key.</exception>
    public static CertificateAuthority Load(string bundlePath, string keyPath, string trustDomain, TimeProvider time)
    {
        CheckTrustDomain(trustDomain);
        using var authority = AuthorityKey.Load(keyPath, CertificateMaterial.ReadAuthorities(bundlePath));
        if (!authority.Certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(constraints => constraints.CertificateAuthority))
        {
            throw new CertificateException($"{bundlePath} is not an authority's certificate");
        }

        return new CertificateAuthority(authority.WithKey(), trustDomain, time);
    }

    /// <summary>A control plane's leaf: <c>spiffe://TRUST-DOMAIN/control-plane</c>, serverAuth.</summary>
    /// <param name="hosts">DNS names and IP addresses under which data planes may know it.</param>
    public IssuedCertificate IssueControlPlane(IReadOnlyList<string> hosts, TimeSpan lifetime) => Issue(new LeafRequest
    {
        CommonName = "control-plane",
        Uris = [PeerIdentity.ControlPlane(TrustDomain).ToString()],
        Hosts = hosts,
        ServerAuthentication = true,
        NotBefore = _time.GetUtcNow() - LeafCertificate.ClockSkew(lifetime),
        NotAfter = _time.GetUtcNow() + lifetime,
    });

    /// <summary>A site's leaf: <c>spiffe://TRUST-DOMAIN/data-plane/SITE</c>, clientAuth.</summary>
    /// <exception cref="ArgumentException"><paramref name="site"/> is not a site's name.</exception>
    public IssuedCertificate IssueDataPlane(string site, TimeSpan lifetime)
    {
        if (!SiteName.IsValid(site))
        {
            throw new ArgumentException($"'{site}' is not a site's name (allowed: {SiteName.Allowed})", nameof(site));
        }

        return Issue(new LeafRequest
        {
            CommonName = site,
            Uris = [PeerIdentity.DataPlane(TrustDomain, site).ToString()],
            ClientAuthentication = true,
            NotBefore = _time.GetUtcNow() - LeafCertificate.ClockSkew(lifetime),
            NotAfter = _time.GetUtcNow() + lifetime,
        });
    }

    /// <summary>Writes the authority's own certificate and key, the key readable by its owner only.</summary>
    public void Write(string certificatePath, string keyPath) =>
        new IssuedCertificate(CertificatePem, KeyPem(_certificate.GetECDsaPrivateKey()!)).Write(certificatePath, keyPath);

    /// <summary>Writes the authority's key alone, readable by its owner only.</summary>
    public void WriteKey(string path) =>
        PrivateFile.Write(path, Encoding.ASCII.GetBytes(KeyPem(_certificate.GetECDsaPrivateKey()!)), isPrivate: true);

    /// <summary>Replaces a bundle in one step.</summary>
    public static void WriteBundle(string path, string pem) => PrivateFile.Write(path, Encoding.ASCII.GetBytes(pem), isPrivate: false);

    public void Dispose() => _certificate.Dispose();

    internal IssuedCertificate Issue(LeafRequest leaf)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var authority = AuthorityKey.Of(_certificate);
        using var certificate = LeafCertificate.Sign(authority, new PublicKey(key), leaf);
        return new IssuedCertificate(certificate.ExportCertificatePem() + "\n", KeyPem(key));
    }

    private static string KeyPem(ECDsa key) => key.ExportPkcs8PrivateKeyPem() + "\n";

    private static void CheckTrustDomain(string trustDomain)
    {
        if (!PeerIdentity.IsTrustDomain(trustDomain))
        {
            throw new ArgumentException($"'{trustDomain}' is not a trust domain (allowed: 1 to 255 of a-z, 0-9, '.', '-' and '_')", nameof(trustDomain));
        }
    }
}
