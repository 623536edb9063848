using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Gateway.Plugins.Tests.MtlsAuth;

/// <summary>A certificate authority for clients. All of its certificates are valid in 2026, where the tests' clock stands.</summary>
public sealed class TestAuthority
{
    private static readonly DateTimeOffset From = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset To = From.AddYears(1).AddDays(-1);

    private TestAuthority(X509Certificate2 certificate) => Certificate = certificate;

    public X509Certificate2 Certificate { get; }

    public string Pem => Certificate.ExportCertificatePem();

    public static TestAuthority Create(string name, TestAuthority? issuer = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return new TestAuthority(issuer is null ? request.CreateSelfSigned(From, To) : issuer.Sign(request, key, From, To));
    }

    /// <param name="subject">A distinguished name.</param>
    /// <param name="crl">Where to ask whether it is revoked.</param>
    public X509Certificate2 Issue(
        string subject, Action<SubjectAlternativeNameBuilder>? names = null, DateTimeOffset? from = null, DateTimeOffset? to = null, string usage = "1.3.6.1.5.5.7.3.2", Uri? crl = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Certificate, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        if (names is not null)
        {
            var builder = new SubjectAlternativeNameBuilder();
            names(builder);
            request.CertificateExtensions.Add(builder.Build());
        }

        if (crl is not null)
        {
            request.CertificateExtensions.Add(CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([crl.ToString()]));
        }

        return Sign(request, key, from ?? From, to ?? To);
    }

    /// <summary>The same name and key identifier, and another key: what somebody makes who wants to be this authority.</summary>
    public TestAuthority Forge()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Certificate.SubjectName, key, HashAlgorithmName.SHA256);
        foreach (var extension in Certificate.Extensions)
        {
            request.CertificateExtensions.Add(extension);
        }

        return new TestAuthority(request.CreateSelfSigned(From, To));
    }

    public byte[] RevocationList(params IEnumerable<X509Certificate2> revoked)
    {
        var list = new CertificateRevocationListBuilder();
        foreach (var certificate in revoked)
        {
            list.AddEntry(certificate, From.AddDays(1));
        }

        return list.Build(Certificate, 1, To.AddYears(50), HashAlgorithmName.SHA256, thisUpdate: From);
    }

    private X509Certificate2 Sign(CertificateRequest request, ECDsa key, DateTimeOffset from, DateTimeOffset to)
    {
        using var signer = Certificate.GetECDsaPrivateKey()!;
        using var certificate = request.Create(Certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(signer), from, to, RandomNumberGenerator.GetBytes(16));
        return certificate.CopyWithPrivateKey(key);
    }
}
