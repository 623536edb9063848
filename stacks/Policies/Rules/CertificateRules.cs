using System.Collections.Immutable;

namespace Hybrid.Stacks.Policies.Rules;

/// <summary>Keys are strong, certificates short-lived, renewed in time, and say one thing about their holder.</summary>
internal static class CertificateRules
{
    private const int HoursPerDay = 24;

    /// <summary>What public CAs were held to until March 2026, and browsers with them; ours are private, and shorter by default.</summary>
    private const int LeafDays = 398;

    private const int AuthorityDays = 3650;

    public static readonly ImmutableArray<PolicyRule> All =
    [
        new()
        {
            Id = "key-strength",
            Title = "Keys have 128 bits of security or more",
            Area = PolicyArea.Certificates,
            Source = new("NIST SP 800-57 Part 1 Rev. 5", "5.6.1 Comparable Algorithm Strengths", "https://doi.org/10.6028/NIST.SP.800-57pt1r5"),
            Types = [ResourceTypes.PrivateKey],
            Check = key => key["algorithm"].Text switch
            {
                "ED25519" => [],
                "ECDSA" => key["ecdsaCurve"].IsOneOf("P256", "P384", "P521"),
                "RSA" => key["rsaBits"].IsWithin(3072),
                _ => key["algorithm"].IsOneOf("ECDSA", "ED25519", "RSA"),
            },
        },
        new()
        {
            Id = "leaf-lifetime",
            Title = "A certificate is valid for 398 days at most",
            Area = PolicyArea.Certificates,
            Source = new("CA/Browser Forum Baseline Requirements", "6.3.2 Certificate operational periods and key pair usage periods", "https://cabforum.org/working-groups/server/baseline-requirements/documents/"),
            Types = [ResourceTypes.LeafCertificate, ResourceTypes.SelfSignedCertificate],
            Check = certificate => certificate["isCaCertificate"].Flag is true ? [] : certificate["validityPeriodHours"].IsWithin(1, LeafDays * HoursPerDay),
        },
        new()
        {
            Id = "leaf-renewed-early",
            Title = "A certificate is renewed with a quarter of its life left, or earlier",
            Area = PolicyArea.Certificates,
            Source = new("Let's Encrypt documentation", "Integration guide: when to renew", "https://letsencrypt.org/docs/integration-guide/"),
            Types = [ResourceTypes.LeafCertificate, ResourceTypes.SelfSignedCertificate],
            Check = certificate => certificate["isCaCertificate"].Flag is true || certificate["validityPeriodHours"].Number is not { } validity
                ? []
                : certificate["earlyRenewalHours"].IsWithin(Math.Ceiling(validity / 4), validity - 1),
        },
        new()
        {
            Id = "leaf-one-purpose",
            Title = "A certificate is for a server or for a client, and signs nothing",
            Area = PolicyArea.Certificates,
            Source = new("RFC 5280", "4.2.1.12 Extended Key Usage", "https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.12"),
            Types = [ResourceTypes.LeafCertificate],
            Check = certificate => certificate["allowedUses"].IsList(
                uses => uses.Count(use => use.Text is "server_auth" or "client_auth") is 1 && !uses.Any(use => use.Text is "cert_signing" or "crl_signing" or "any_extended"),
                "server_auth or client_auth, without cert_signing"),
        },
        new()
        {
            Id = "leaf-outlived",
            Title = "A certificate ends before the CA that signed it can",
            Area = PolicyArea.Certificates,
            Source = new("RFC 5280", "6.1.3 Basic Certificate Processing", "https://www.rfc-editor.org/rfc/rfc5280#section-6.1.3"),
            Types = [ResourceTypes.LeafCertificate],
            Check = leaf => leaf.Neighbours(ResourceTypes.SelfSignedCertificate)
                .Where(authority => authority["isCaCertificate"].Flag is true && authority["validityPeriodHours"].Number is not null)
                .SelectMany(authority => leaf["validityPeriodHours"].IsWithin(1, Math.Floor(authority["validityPeriodHours"].Number!.Value / 2))),
        },
        new()
        {
            Id = "authority-lifetime",
            Title = "A CA is valid for ten years at most: a generation follows the other",
            Area = PolicyArea.Certificates,
            Source = PolicySource.Aws("AWS Private CA User Guide", "Manage the private CA lifecycle: choosing validity periods", "privateca/latest/userguide/ca-lifecycle.html"),
            Types = [ResourceTypes.SelfSignedCertificate],
            Check = certificate => certificate["isCaCertificate"].Flag is true ? certificate["validityPeriodHours"].IsWithin(365 * HoursPerDay, AuthorityDays * HoursPerDay) : [],
        },
        new()
        {
            Id = "authority-constrained",
            Title = "A CA signs certificates, not other CAs",
            Area = PolicyArea.Certificates,
            Source = new("RFC 5280", "4.2.1.9 Basic Constraints", "https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.9"),
            Types = [ResourceTypes.SelfSignedCertificate],
            Check = certificate => certificate["isCaCertificate"].Flag is true
                ? [.. certificate["maxPathLength"].IsWithin(0, 0), .. certificate["allowedUses"].Holds("cert_signing"), .. certificate["setSubjectKeyId"].IsTrue()]
                : [],
        },
        new()
        {
            Id = "identity-one-uri",
            Title = "A tunnel's certificate names one identity",
            Area = PolicyArea.Certificates,
            Source = new("SPIFFE X.509-SVID", "2 SPIFFE ID: exactly one URI SAN", "https://github.com/spiffe/spiffe/blob/main/standards/X509-SVID.md#2-spiffe-id"),
            Types = [ResourceTypes.CertRequest],
            Check = request => request["uris"].IsList(uris => uris is [{ Text: { } uri }] && uri.StartsWith("spiffe://", StringComparison.Ordinal), "one spiffe:// name"),
        },
        new()
        {
            Id = "common-name-length",
            Title = "A certificate's common name fits what X.509 takes",
            Area = PolicyArea.Certificates,
            Source = new("RFC 5280", "Appendix A.1: ub-common-name", "https://www.rfc-editor.org/rfc/rfc5280#appendix-A.1"),
            Types = [ResourceTypes.SelfSignedCertificate, ResourceTypes.CertRequest],
            Check = certificate => certificate["subject.commonName"] is { IsMissing: false } name ? name.That(name.Text?.Length <= 64, "64 characters") : [],
        },
        new()
        {
            Id = "acm-common-name-length",
            Title = "A public certificate's first name fits what ACM takes",
            Area = PolicyArea.Certificates,
            Source = PolicySource.Aws("AWS Certificate Manager User Guide", "Quotas: length of the first domain name", "acm/latest/userguide/acm-limits.html"),
            Types = [ResourceTypes.AcmCertificate],
            Check = certificate => IsImported(certificate) ? [] : certificate["domainName"].That(certificate["domainName"].Text is { Length: > 0 and <= 64 }, "1 to 64 characters"),
        },
        new()
        {
            Id = "acm-key-strength",
            Title = "A public certificate's key is strong",
            Area = PolicyArea.Certificates,
            Source = PolicySource.SecurityHub("ACM.2"),
            Types = [ResourceTypes.AcmCertificate],
            Check = certificate => IsImported(certificate) ? [] : certificate["keyAlgorithm"].IsOneOf("EC_prime256v1", "EC_secp384r1", "RSA_2048", "RSA_3072", "RSA_4096"),
        },
        new()
        {
            Id = "acm-renews",
            Title = "A public certificate is validated by DNS, so that ACM renews it by itself",
            Area = PolicyArea.Certificates,
            Source = PolicySource.Aws("AWS Certificate Manager User Guide", "DNS validation", "acm/latest/userguide/dns-validation.html"),
            Types = [ResourceTypes.AcmCertificate],
            Check = certificate => IsImported(certificate) ? [] : certificate["validationMethod"].IsOneOf("DNS"),
        },
    ];

    /// <summary>Made elsewhere, and only kept there: the rules of what made it hold.</summary>
    private static bool IsImported(Subject certificate) => !certificate["certificateBody"].IsMissing;
}
