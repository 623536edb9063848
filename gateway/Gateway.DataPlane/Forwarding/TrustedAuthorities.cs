using System.Security.Cryptography.X509Certificates;
using Gateway.DataPlane.Model;

namespace Gateway.DataPlane.Forwarding;

/// <summary>A set of authorities; equal where they are the same certificates.</summary>
internal sealed class TrustedAuthorities : IEquatable<TrustedAuthorities>
{
    private readonly string _key;

    private TrustedAuthorities(string key, X509Certificate2Collection certificates)
    {
        _key = key;
        Certificates = certificates;
    }

    public X509Certificate2Collection Certificates { get; }

    public static TrustedAuthorities Of(IEnumerable<AuthorityModel> authorities)
    {
        var all = authorities.Select(authority => authority.Certificate).OrderBy(certificate => certificate.Thumbprint, StringComparer.Ordinal).ToArray();
        return new TrustedAuthorities(string.Join(',', all.Select(certificate => certificate.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256))), [.. all]);
    }

    public bool Equals(TrustedAuthorities? other) => other is not null && other._key == _key;

    public override bool Equals(object? obj) => Equals(obj as TrustedAuthorities);

    public override int GetHashCode() => _key.GetHashCode(StringComparison.Ordinal);
}
