using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Gateway.Tunnel.Identity;

/// <summary>One consistent reading of the certificate files. Immutable; handshakes that began with it may finish with it after a newer one has come.</summary>
public sealed class CertificateMaterial
{
    private readonly X509Certificate2Collection _intermediates;

    private CertificateMaterial(
        X509Certificate2 leaf, X509Certificate2Collection intermediates, X509Certificate2Collection authorities, PeerIdentity identity, string digest)
    {
        Leaf = leaf;
        _intermediates = intermediates;
        Authorities = authorities;
        AuthoritiesPem = string.Concat(authorities.Select(authority => authority.ExportCertificatePem() + "\n"));
        Identity = identity;
        Digest = digest;
        Context = SslStreamCertificateContext.Create(leaf, intermediates, offline: true);
    }

    public X509Certificate2 Leaf { get; }

    public X509Certificate2Collection Authorities { get; }

    public PeerIdentity Identity { get; }

    /// <summary>All of <see cref="Authorities"/>.</summary>
    public string AuthoritiesPem { get; }

    /// <summary>When the leaf's life began, as it says.</summary>
    public DateTimeOffset NotBefore => new(Leaf.NotBefore.ToUniversalTime());

    public DateTimeOffset NotAfter => new(Leaf.NotAfter.ToUniversalTime());

    internal SslStreamCertificateContext Context { get; }

    /// <summary>Of the files' bytes: tells whether they changed.</summary>
    internal string Digest { get; }

    /// <param name="trustDomain">What the certificate must name; null for whichever it names.</param>
    /// <exception cref="CertificateException">A file cannot be read, or what is in them is not usable together.</exception>
    public static CertificateMaterial Load(CertificatePaths paths, PeerRole role, string? trustDomain)
    {
        var certificate = Read(paths.Certificate);
        var key = Read(paths.Key);
        var authorities = Read(paths.Authorities);
        return Parse(paths, certificate, key, authorities, role, trustDomain);
    }

    /// <summary>Whether a certificate of <paramref name="material"/> chains to these authorities.</summary>
    /// <exception cref="CertificateException">It does not, or they are none.</exception>
    internal static X509Certificate2Collection CheckAuthorities(CertificateMaterial material, string pem, PeerRole role)
    {
        const string Source = "the bundle that was sent";
        var authorities = ParseAll(Source, pem);
        var verification = PeerVerifier.Verify(material.Leaf, material._intermediates, authorities, material.Identity.TrustDomain, role, now: null);
        return verification.IsAccepted
            ? authorities
            : throw new CertificateException($"our certificate cannot be used with {Source}: {verification.Refusal.Problem}");
    }

    /// <exception cref="CertificateException">The file cannot be read, or holds none.</exception>
    public static X509Certificate2Collection ReadAuthorities(string path) => ParseAll(path, Read(path));

    /// <summary>Whether the authority with this <see cref="AuthorityFingerprint"/> signed the leaf.</summary>
    internal bool IsSignedBy(string fingerprint)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy = PeerVerifier.Policy(Authorities, now: null);
        return chain.Build(Leaf) && AuthorityFingerprint.Of(chain.ChainElements[1].Certificate) == fingerprint;
    }

    internal static string DigestOf(CertificatePaths paths) => DigestOf(Read(paths.Certificate), Read(paths.Key), Read(paths.Authorities));

    /// <summary>What files with this content would be.</summary>
    /// <exception cref="CertificateException">They would not be usable together.</exception>
    internal static CertificateMaterial Parse(CertificatePaths paths, CertificateFileSet content, PeerRole role, string? trustDomain) =>
        Parse(paths, content.Certificate, content.Key, content.Authorities, role, trustDomain);

    private static CertificateMaterial Parse(
        CertificatePaths paths, string certificate, string key, string authorities, PeerRole role, string? trustDomain)
    {
        var bundle = ParseAll(paths.Authorities, authorities);
        var chain = ParseAll(paths.Certificate, certificate);
        X509Certificate2 leaf;
        try
        {
            leaf = X509Certificate2.CreateFromPem(certificate, key);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            // The message of an ArgumentException may quote the input.
            throw new CertificateException($"{paths.Key} does not hold the private key of {paths.Certificate}, as unencrypted PEM");
        }

        using (chain[0])
        {
            chain.RemoveAt(0);
        }

        var uris = SubjectAlternativeNames.ReadUris(leaf);
        if (uris.Count != 1 || !PeerIdentity.TryParse(uris[0], out var identity))
        {
            throw new CertificateException($"{paths.Certificate} must have one URI name (allowed: {PeerIdentity.Allowed})");
        }

        // Time does not matter here: a data plane whose certificate or authority has expired still starts from its cache.
        var verification = PeerVerifier.Verify(leaf, chain, bundle, trustDomain ?? identity.TrustDomain, role, now: null);
        if (!verification.IsAccepted)
        {
            throw new CertificateException($"{paths.Certificate} cannot be used with {paths.Authorities}: {verification.Refusal.Problem}");
        }

        return new CertificateMaterial(leaf, chain, bundle, identity, DigestOf(certificate, key, authorities));
    }

    private static X509Certificate2Collection ParseAll(string path, string pem)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(pem);
        }
        catch (CryptographicException error)
        {
            throw new CertificateException($"{path} holds a malformed certificate: {error.Message}");
        }

        return certificates.Count > 0 ? certificates : throw new CertificateException($"{path} holds no certificate (allowed: PEM)");
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CertificateException($"{path} cannot be read: {error.Message}");
        }
    }

    private static string DigestOf(string certificate, string key, string authorities) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{certificate}\0{key}\0{authorities}")));
}
