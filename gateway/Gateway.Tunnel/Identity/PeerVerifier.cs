using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Gateway.Tunnel.Identity;

/// <summary>
/// All checks of a peer's certificate, in one place and for both ends. Revocation is not checked here: sites are authorised by name, and a site that is
/// disabled is refused at once (<see cref="Sites.ISiteDirectory"/>), which no list that is fetched now and then can do.
/// </summary>
public static class PeerVerifier
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <param name="certificate">The peer's leaf; null where it presented none.</param>
    /// <param name="presented">Further certificates that the peer sent; never trusted as roots.</param>
    /// <param name="now">Null where validity in time does not matter: for our own certificate, which is still an identity after it expired.</param>
    /// <param name="grace">For how long after its end the leaf is still accepted. Its authorities must be valid now.</param>
    /// <param name="authorities">Our bundle: self-signed ones are trusted, others only help to build the chain. The system's roots are not consulted.</param>
    public static PeerVerification Verify(
        X509Certificate2? certificate,
        X509Certificate2Collection? presented,
        X509Certificate2Collection authorities,
        string trustDomain,
        PeerRole role,
        DateTimeOffset? now,
        TimeSpan grace = default)
    {
        if (certificate is null)
        {
            return PeerVerification.Refuse(PeerRefusalReason.NoCertificate, "no certificate was presented");
        }

        return CheckChain(certificate, presented, authorities, now, grace, out var authority)
            ?? CheckUsage(certificate, role)
            ?? CheckName(certificate, trustDomain, role, authority);
    }

    private static PeerVerification? CheckChain(
        X509Certificate2 certificate,
        X509Certificate2Collection? presented,
        X509Certificate2Collection authorities,
        DateTimeOffset? now,
        TimeSpan grace,
        out string? authority)
    {
        authority = null;
        var end = Utc(certificate.NotAfter);
        var inGrace = now > end && now - end <= grace;
        using var chain = new X509Chain();

        // In the grace time the leaf is taken as it was in its last second; at its end itself, OpenSSL has it expired.
        chain.ChainPolicy = Policy(authorities, inGrace ? end.AddSeconds(-1) : now);
        if (presented is not null)
        {
            chain.ChainPolicy.ExtraStore.AddRange(presented);
        }

        try
        {
            if (chain.Build(certificate))
            {
                authority = AuthorityFingerprint.Of(chain.ChainElements[^1].Certificate);
                return inGrace && chain.ChainElements.Skip(1).Any(element => now > Utc(element.Certificate.NotAfter))
                    ? PeerVerification.Refuse(PeerRefusalReason.UntrustedChain, "an authority in its chain is outside its validity")
                    : CheckKeys(chain);
            }
        }
        catch (CryptographicException error)
        {
            return PeerVerification.Refuse(PeerRefusalReason.UntrustedChain, $"its chain cannot be built: {error.Message}");
        }

        var other = chain.ChainStatus.Where(status => status.Status != X509ChainStatusFlags.NotTimeValid).Select(status => status.Status).ToArray();
        if (other.Length > 0)
        {
            return PeerVerification.Refuse(
                PeerRefusalReason.UntrustedChain, $"it does not chain to an authority in our bundle ({string.Join(", ", other)})");
        }

        return DescribeTime(certificate, now);
    }

    private static PeerVerification DescribeTime(X509Certificate2 certificate, DateTimeOffset? now)
    {
        if (now < Utc(certificate.NotBefore))
        {
            return PeerVerification.Refuse(PeerRefusalReason.NotYetValid, $"it is not valid before {Time(certificate.NotBefore)}");
        }

        return now > Utc(certificate.NotAfter)
            ? PeerVerification.Refuse(PeerRefusalReason.Expired, $"it expired at {Time(certificate.NotAfter)}")
            : PeerVerification.Refuse(PeerRefusalReason.UntrustedChain, "an authority in its chain is outside its validity");
    }

    /// <summary>Our bundle and nothing else: no system roots, no downloads.</summary>
    internal static X509ChainPolicy Policy(X509Certificate2Collection authorities, DateTimeOffset? now)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        if (now is { } time)
        {
            policy.VerificationTime = time.UtcDateTime;
        }
        else
        {
            policy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid;
        }

        foreach (var authority in authorities)
        {
            if (authority.SubjectName.RawData.AsSpan().SequenceEqual(authority.IssuerName.RawData))
            {
                policy.CustomTrustStore.Add(authority);
            }
            else
            {
                policy.ExtraStore.Add(authority);
            }
        }

        return policy;
    }

    /// <summary>Every certificate but the root, which is ours to choose.</summary>
    private static PeerVerification? CheckKeys(X509Chain chain)
    {
        foreach (var element in chain.ChainElements.Take(Math.Max(1, chain.ChainElements.Count - 1)))
        {
            if (KeyPolicy.ProblemOf(element.Certificate) is { } problem)
            {
                return PeerVerification.Refuse(PeerRefusalReason.KeyNotAllowed, problem);
            }
        }

        return null;
    }

    private static PeerVerification? CheckUsage(X509Certificate2 certificate, PeerRole role)
    {
        var (oid, name) = role == PeerRole.DataPlane ? (ClientAuthentication, "clientAuth") : (ServerAuthentication, "serverAuth");
        var hasPurpose = false;
        foreach (var extension in certificate.Extensions)
        {
            switch (extension)
            {
                case X509EnhancedKeyUsageExtension purposes:
                    hasPurpose = purposes.EnhancedKeyUsages.Cast<Oid>().Any(purpose => purpose.Value == oid);
                    break;
                case X509BasicConstraintsExtension { CertificateAuthority: true }:
                    return PeerVerification.Refuse(PeerRefusalReason.WrongKeyUsage, "it is an authority's certificate");
                case X509KeyUsageExtension usage when !usage.KeyUsages.HasFlag(X509KeyUsageFlags.DigitalSignature):
                    return PeerVerification.Refuse(PeerRefusalReason.WrongKeyUsage, "its key usage lacks digitalSignature");
            }
        }

        return hasPurpose ? null : PeerVerification.Refuse(PeerRefusalReason.WrongKeyUsage, $"its extended key usage lacks {name}");
    }

    private static PeerVerification CheckName(X509Certificate2 certificate, string trustDomain, PeerRole role, string? authority)
    {
        IReadOnlyList<string> uris;
        try
        {
            uris = SubjectAlternativeNames.ReadUris(certificate);
        }
        catch (CryptographicException error)
        {
            return PeerVerification.Refuse(PeerRefusalReason.MalformedUriName, error.Message);
        }

        if (uris.Count != 1)
        {
            return uris.Count == 0
                ? PeerVerification.Refuse(PeerRefusalReason.NoUriName, $"it has no URI name (allowed: {PeerIdentity.Allowed})")
                : PeerVerification.Refuse(PeerRefusalReason.SeveralUriNames, $"it has {uris.Count} URI names (allowed: one)");
        }

        if (!PeerIdentity.TryParse(uris[0], out var identity))
        {
            return PeerVerification.Refuse(PeerRefusalReason.MalformedUriName, $"its URI name is not one of ours (allowed: {PeerIdentity.Allowed})");
        }

        if (identity.TrustDomain != trustDomain)
        {
            return PeerVerification.Refuse(
                PeerRefusalReason.ForeignTrustDomain, $"it belongs to the trust domain {identity.TrustDomain} (allowed: {trustDomain})");
        }

        return identity.Role == role
            ? PeerVerification.Accept(identity, authority)
            : PeerVerification.Refuse(PeerRefusalReason.WrongRole, $"it names {identity}, which is no {(role == PeerRole.DataPlane ? "data plane" : "control plane")}");
    }

    private static DateTimeOffset Utc(DateTime time) => new(time.ToUniversalTime());

    private static string Time(DateTime time) => Utc(time).ToString("u", CultureInfo.InvariantCulture);
}
