using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Gateway.Tunnel.Identity;

/// <summary>Issues the tunnel's certificates: one authority per generation, leaves directly beneath it, all ECDSA P-256.</summary>
public sealed class CertificateAuthority : IDisposable
{
    /// <summary>Clocks differ: what is issued is valid from a little before.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    private readonly X509Certificate2 _certificate;
    private readonly TimeProvider _time;

    private CertificateAuthority(X509Certificate2 certificate, string trustDomain, TimeProvider time) =>
        (_certificate, TrustDomain, _time) = (certificate, trustDomain, time);

    public string TrustDomain { get; }

    public string CertificatePem => _certificate.ExportCertificatePem() + "\n";

    /// <exception cref="ArgumentException"><paramref name="trustDomain"/> is not one.</exception>
    public static CertificateAuthority Create(string trustDomain, TimeSpan lifetime, TimeProvider time)
    {
        CheckTrustDomain(trustDomain);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        // The suffix keeps generations apart for people; chains are told apart by key identifiers.
        var request = new CertificateRequest(
            Name($"{trustDomain} tunnel CA {Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}"), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var now = time.GetUtcNow();
        return new CertificateAuthority(request.CreateSelfSigned(now - ClockSkew, now + lifetime), trustDomain, time);
    }

    /// <exception cref="CertificateException">A file cannot be read, or they are not an authority's certificate and its key.</exception>
    public static CertificateAuthority Load(string certificatePath, string keyPath, string trustDomain, TimeProvider time)
    {
        CheckTrustDomain(trustDomain);
        X509Certificate2 certificate;
        try
        {
            certificate = X509Certificate2.CreateFromPem(File.ReadAllText(certificatePath), File.ReadAllText(keyPath));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CertificateException(error.Message);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            throw new CertificateException($"{certificatePath} and {keyPath} are not a certificate and its unencrypted private key (allowed: PEM)");
        }

        if (!certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(constraints => constraints.CertificateAuthority))
        {
            certificate.Dispose();
            throw new CertificateException($"{certificatePath} is not an authority's certificate");
        }

        return new CertificateAuthority(certificate, trustDomain, time);
    }

    /// <summary>A control plane's leaf: <c>spiffe://TRUST-DOMAIN/control-plane</c>, serverAuth.</summary>
    /// <param name="hosts">DNS names and IP addresses under which data planes may know it.</param>
    public IssuedCertificate IssueControlPlane(IReadOnlyList<string> hosts, TimeSpan lifetime) => Issue(new LeafRequest
    {
        CommonName = "control-plane",
        Uris = [PeerIdentity.ControlPlane(TrustDomain).ToString()],
        Hosts = hosts,
        ServerAuthentication = true,
        NotBefore = _time.GetUtcNow() - ClockSkew,
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
            NotBefore = _time.GetUtcNow() - ClockSkew,
            NotAfter = _time.GetUtcNow() + lifetime,
        });
    }

    /// <summary>Writes the authority's own certificate and key, the key readable by its owner only.</summary>
    public void Write(string certificatePath, string keyPath) =>
        new IssuedCertificate(CertificatePem, KeyPem(_certificate.GetECDsaPrivateKey()!)).Write(certificatePath, keyPath);

    public void Dispose() => _certificate.Dispose();

    internal IssuedCertificate Issue(LeafRequest leaf)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Name(leaf.CommonName), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        AddPurposes(request, leaf);
        AddNames(request, leaf);
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_certificate, true, false));

        // A leaf never outlives its authority.
        var end = new DateTimeOffset(_certificate.NotAfter.ToUniversalTime());
        var notAfter = leaf.NotAfter < end ? leaf.NotAfter : end;
        var begin = new DateTimeOffset(_certificate.NotBefore.ToUniversalTime());
        var notBefore = leaf.NotBefore > begin ? leaf.NotBefore : begin;
        using var certificate = request.Create(_certificate, notBefore, notAfter, SerialNumber());
        return new IssuedCertificate(certificate.ExportCertificatePem() + "\n", KeyPem(key));
    }

    private static void AddPurposes(CertificateRequest request, LeafRequest leaf)
    {
        var purposes = new OidCollection();
        if (leaf.ServerAuthentication)
        {
            purposes.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        }

        if (leaf.ClientAuthentication)
        {
            purposes.Add(new Oid("1.3.6.1.5.5.7.3.2"));
        }

        if (purposes.Count > 0)
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(purposes, critical: false));
        }
    }

    private static void AddNames(CertificateRequest request, LeafRequest leaf)
    {
        if (leaf.Uris.Count + leaf.Hosts.Count == 0)
        {
            return;
        }

        var names = new SubjectAlternativeNameBuilder();
        foreach (var uri in leaf.Uris)
        {
            names.AddUri(new Uri(uri));
        }

        foreach (var host in leaf.Hosts)
        {
            if (IPAddress.TryParse(host, out var address))
            {
                names.AddIpAddress(address);
            }
            else
            {
                names.AddDnsName(host);
            }
        }

        request.CertificateExtensions.Add(names.Build());
    }

    private static X500DistinguishedName Name(string commonName)
    {
        var builder = new X500DistinguishedNameBuilder();
        builder.AddCommonName(commonName);
        return builder.Build();
    }

    private static byte[] SerialNumber()
    {
        // RFC 5280, 4.1.2.2: positive and unique; 127 random bits.
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] &= 0x7f;
        serial[0] |= 0x01;
        return serial;
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
