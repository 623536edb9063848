using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography.X509Certificates;

namespace Gateway.Tunnel.Identity;

/// <summary>
/// The name in a certificate's only URI subject alternative name: <c>spiffe://TRUST-DOMAIN/control-plane</c> or
/// <c>spiffe://TRUST-DOMAIN/data-plane/SITE</c>.
/// </summary>
/// <param name="TrustDomain">1 to 255 of a-z, 0-9, '.', '-' and '_' (SPIFFE-ID, section 2.1).</param>
/// <param name="Site">Null for a control plane.</param>
public sealed record PeerIdentity(string TrustDomain, PeerRole Role, string? Site)
{
    private const string Scheme = "spiffe://";
    private const string ControlPlanePath = "control-plane";
    private const string DataPlanePath = "data-plane/";
    private const int MaximumTrustDomainLength = 255;

    /// <summary>For error messages.</summary>
    public const string Allowed = "spiffe://TRUST-DOMAIN/control-plane or spiffe://TRUST-DOMAIN/data-plane/SITE";

    public static PeerIdentity ControlPlane(string trustDomain) => new(trustDomain, PeerRole.ControlPlane, null);

    public static PeerIdentity DataPlane(string trustDomain, string site) => new(trustDomain, PeerRole.DataPlane, site);

    /// <summary>What a certificate names; null where it has not exactly one URI name, of ours.</summary>
    public static PeerIdentity? Of(X509Certificate2 certificate) =>
        SubjectAlternativeNames.ReadUris(certificate) is [var uri] && TryParse(uri, out var identity) ? identity : null;

    /// <summary>The DNS names and IP addresses in a certificate.</summary>
    public static IReadOnlyList<string> HostsOf(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault() is { } names
            ? [.. names.EnumerateDnsNames(), .. names.EnumerateIPAddresses().Select(address => address.ToString())]
            : [];

    /// <summary>Accepts exactly the two forms: no port, query, fragment, escape, upper case or further segment.</summary>
    public static bool TryParse(string uri, [NotNullWhen(true)] out PeerIdentity? identity)
    {
        identity = null;
        if (!uri.StartsWith(Scheme, StringComparison.Ordinal))
        {
            return false;
        }

        var rest = uri.AsSpan(Scheme.Length);
        var slash = rest.IndexOf('/');
        if (slash < 0 || !IsTrustDomain(rest[..slash]))
        {
            return false;
        }

        var trustDomain = rest[..slash].ToString();
        var path = rest[(slash + 1)..];
        if (path.SequenceEqual(ControlPlanePath))
        {
            identity = ControlPlane(trustDomain);
        }
        else if (path.StartsWith(DataPlanePath) && SiteName.IsValid(path[DataPlanePath.Length..]))
        {
            identity = DataPlane(trustDomain, path[DataPlanePath.Length..].ToString());
        }

        return identity is not null;
    }

    public static bool IsTrustDomain(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty || name.Length > MaximumTrustDomainLength)
        {
            return false;
        }

        foreach (var c in name)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c is not ('.' or '-' or '_'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The URI.</summary>
    public override string ToString() =>
        Role == PeerRole.ControlPlane ? $"{Scheme}{TrustDomain}/{ControlPlanePath}" : $"{Scheme}{TrustDomain}/{DataPlanePath}{Site}";
}
