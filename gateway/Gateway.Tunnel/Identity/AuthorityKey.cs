using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Gateway.Tunnel.Identity;

/// <summary>An authority with its private key: of those in a bundle, the one that a key file belongs to. During a rotation the file says which generation signs.</summary>
internal sealed class AuthorityKey : IDisposable
{
    private readonly AsymmetricAlgorithm _key;

    private AuthorityKey(X509Certificate2 certificate, AsymmetricAlgorithm key) => (Certificate, _key) = (certificate, key);

    /// <summary>Belongs to the bundle.</summary>
    public X509Certificate2 Certificate { get; }

    /// <param name="certificate">With its private key.</param>
    public static AuthorityKey Of(X509Certificate2 certificate) =>
        new(certificate, (AsymmetricAlgorithm?)certificate.GetECDsaPrivateKey() ?? certificate.GetRSAPrivateKey()!);

    /// <exception cref="CertificateException">The file cannot be read or used, or belongs to none of them.</exception>
    public static AuthorityKey Load(string path, X509Certificate2Collection authorities)
    {
        var pem = Read(path);
        foreach (var authority in authorities)
        {
            if (TryMatch(pem, authority) is { } key)
            {
                return new AuthorityKey(authority, key);
            }
        }

        throw new CertificateException($"{path} is the private key of none of the authorities in the bundle (allowed: unencrypted PEM, ECDSA or RSA)");
    }

    /// <summary>A copy of the certificate, with the key.</summary>
    public X509Certificate2 WithKey() => _key is ECDsa ecdsa ? Certificate.CopyWithPrivateKey(ecdsa) : Certificate.CopyWithPrivateKey((RSA)_key);

    /// <summary>Signs what a leaf shall be. The generators' hash is SHA-256 for every key: the leaf's own strength decides.</summary>
    public X509Certificate2 Sign(CertificateRequest request, DateTimeOffset notBefore, DateTimeOffset notAfter, byte[] serialNumber) =>
        request.Create(Certificate.SubjectName, Generator(), notBefore, notAfter, serialNumber);

    public void Dispose() => _key.Dispose();

    private X509SignatureGenerator Generator() => _key switch
    {
        ECDsa ecdsa => X509SignatureGenerator.CreateForECDsa(ecdsa),
        RSA rsa => X509SignatureGenerator.CreateForRSA(rsa, RSASignaturePadding.Pkcs1),
        _ => throw new InvalidOperationException("an authority's key is ECDSA or RSA"),
    };

    private static string Read(string path)
    {
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite)) != UnixFileMode.None)
            {
                throw new CertificateException($"{path} can be read or written by everybody (allowed: mode 0600, or 0440 with a group of its own)");
            }

            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CertificateException($"{path} cannot be read: {error.Message}");
        }
    }

    private static AsymmetricAlgorithm? TryMatch(string pem, X509Certificate2 authority)
    {
        AsymmetricAlgorithm? key = null;
        try
        {
            using var ecdsa = authority.GetECDsaPublicKey();
            key = ecdsa is not null ? ECDsa.Create() : RSA.Create();
            key.ImportFromPem(pem);
            if (key.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(authority.PublicKey.ExportSubjectPublicKeyInfo()))
            {
                return key;
            }
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            // Another kind of key than this authority's, or none: the caller says so when none matches.
        }

        key?.Dispose();
        return null;
    }
}
