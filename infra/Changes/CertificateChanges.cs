using System.Collections.Immutable;

namespace Hybrid.Infra.Changes;

/// <summary>
/// Keys and certificates of Pulumi.Tls, which live in the stack's state. Nearly every change makes a new one; for the CA's and the key rings' keys that is the
/// end of what they signed or sealed, and a new generation is the way.
/// </summary>
internal static class CertificateChanges
{
    private const string Authority = "hybrid:certificates:TunnelAuthority";
    private const string KeyRing = "hybrid:gateway:KeyFile";

    public static ImmutableArray<ResourceRules> All { get; } =
    [
        Tls("privateKey:PrivateKey", "private_key", "algorithm", "ecdsaCurve", "rsaBits") with
        {
            Loses = "the only copy of a private key: what it signed is no longer trusted, what it sealed cannot be opened",
            HoldsData = IsAuthorityOrKeyRing,
        },
        Tls(
            "selfSignedCert:SelfSignedCert",
            "self_signed_cert",
            "allowedUses",
            "dnsNames",
            "ipAddresses",
            "isCaCertificate",
            "maxPathLength",
            "privateKeyPem",
            "setAuthorityKeyId",
            "setSubjectKeyId",
            "subject",
            "uris",
            "validityPeriodHours") with
        {
            Loses = "the CA's certificate: every site must learn the new one before it can connect",
            HoldsData = IsAuthorityOrKeyRing,
        },
        Tls("certRequest:CertRequest", "cert_request", "dnsNames", "ipAddresses", "privateKeyPem", "subject", "uris"),
        Tls(
            "locallySignedCert:LocallySignedCert",
            "locally_signed_cert",
            "allowedUses",
            "caCertPem",
            "caPrivateKeyPem",
            "certRequestPem",
            "isCaCertificate",
            "maxPathLength",
            "setSubjectKeyId",
            "validityPeriodHours"),
    ];

    private static ResourceRules Tls(string type, string file, params ImmutableArray<ReplaceRule> replacedBy) =>
        new($"tls:index/{type}", $"https://github.com/hashicorp/terraform-provider-tls/blob/main/internal/provider/resource_{file}.go", replacedBy);

    /// <summary>Leaf keys are issued anew; a CA's and a key ring's are what others rest on.</summary>
    private static bool IsAuthorityOrKeyRing(string name, string? parentType) =>
        parentType is KeyRing || (parentType is Authority && name.Contains("-ca-", StringComparison.Ordinal));
}
