using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Hybrid.Testing;

/// <summary>A certificate and its key in PEM, made on the spot.</summary>
/// <param name="Certificate">This certificate alone.</param>
/// <param name="Key">PKCS #8.</param>
public sealed record TestPem(string Certificate, string Key)
{
    public string PublicKey { get; private init; } = "";

    public static TestPem Authority(string name, TestPem? issuer = null) => Create(name, isAuthority: true, isRsa: false, issuer);

    public static TestPem Leaf(string name, TestPem? issuer = null, bool isRsa = false) => Create(name, isAuthority: false, isRsa, issuer);

    private static TestPem Create(string name, bool isAuthority, bool isRsa, TestPem? issuer)
    {
        using AsymmetricAlgorithm key = isRsa ? RSA.Create(2048) : ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = key is RSA rsa
            ? new CertificateRequest($"CN={name}", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest($"CN={name}", (ECDsa)key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        if (!isAuthority)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(name);
            request.CertificateExtensions.Add(names.Build());
        }

        var (from, to) = (TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        using var certificate = issuer is null ? request.CreateSelfSigned(from, to) : Issue(request, issuer, from, to.AddHours(-1));
        return new TestPem(certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem()) { PublicKey = key.ExportSubjectPublicKeyInfoPem() };
    }

    private static X509Certificate2 Issue(CertificateRequest request, TestPem issuer, DateTimeOffset from, DateTimeOffset to)
    {
        using var authority = X509Certificate2.CreateFromPem(issuer.Certificate, issuer.Key);
        using var key = authority.GetECDsaPrivateKey()!;
        return request.Create(authority.SubjectName, X509SignatureGenerator.CreateForECDsa(key), from.AddMinutes(1), to, RandomNumberGenerator.GetBytes(16));
    }
}
