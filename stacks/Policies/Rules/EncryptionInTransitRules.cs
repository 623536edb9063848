using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Hybrid.Stacks.Policies.Rules;

/// <summary>What travels is encrypted, by protocols that are still trusted.</summary>
internal static partial class EncryptionInTransitRules
{
    private const string ForceSsl = "rds.force_ssl";

    public static readonly ImmutableArray<PolicyRule> All =
    [
        new()
        {
            Id = "cache-encrypted-in-transit",
            Title = "The cache speaks TLS, and nothing else",
            Area = PolicyArea.EncryptionInTransit,
            Source = PolicySource.SecurityHub("ElastiCache.5"),
            Types = [ResourceTypes.CacheGroup],
            Check = group => [.. group["transitEncryptionEnabled"].IsTrue(), .. group["transitEncryptionMode"].IsOneOf("required")],
        },
        new()
        {
            Id = "search-nodes-encrypted",
            Title = "The search domain's nodes speak TLS among each other",
            Area = PolicyArea.EncryptionInTransit,
            Source = PolicySource.SecurityHub("Opensearch.3"),
            Types = [ResourceTypes.SearchDomain],
            Check = domain => domain["nodeToNodeEncryption.enabled"].IsTrue(),
        },
        new()
        {
            Id = "search-https-only",
            Title = "The search domain asks for HTTPS with TLS 1.2 and forward secrecy, or better",
            Area = PolicyArea.EncryptionInTransit,
            Source = PolicySource.SecurityHub("Opensearch.8"),
            Types = [ResourceTypes.SearchDomain],
            Check = domain =>
            [
                .. domain["domainEndpointOptions.enforceHttps"].IsTrue(),
                .. domain["domainEndpointOptions.tlsSecurityPolicy"].IsOneOf("Policy-Min-TLS-1-2-PFS-2023-10", "Policy-Min-TLS-1-2-RFC9151-FIPS-2024-08"),
            ],
        },
        new()
        {
            Id = "rds-tls-forced",
            Title = "The database refuses connections without TLS",
            Area = PolicyArea.EncryptionInTransit,
            Source = PolicySource.Aws("Amazon Aurora User Guide", "Requiring an SSL/TLS connection to an Aurora PostgreSQL DB cluster", "AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Security.html"),
            Types = [ResourceTypes.DatabaseParameters],
            Check = group => group["parameters"].IsList(
                parameters => parameters.Any(parameter => parameter["name"].Text is ForceSsl && parameter["value"].Text is "1"),
                $"{ForceSsl}=1 among them"),
        },
        new()
        {
            Id = "rds-parameters-of-ours",
            Title = "The database uses parameters of ours: AWS's default ones can't force TLS",
            Area = PolicyArea.EncryptionInTransit,
            Source = PolicySource.Aws("Amazon Aurora User Guide", "Parameter groups for Amazon Aurora", "AmazonRDS/latest/AuroraUserGuide/USER_WorkingWithParamGroups.html"),
            Types = [ResourceTypes.DatabaseCluster],
            Check = cluster => cluster["dbClusterParameterGroupName"].IsText(name => !name.StartsWith("default.", StringComparison.Ordinal), "a group of ours"),
        },
        new()
        {
            Id = "load-balancer-tls-policy",
            Title = "Where a load balancer ends TLS it takes TLS 1.2 and 1.3 only",
            Area = PolicyArea.EncryptionInTransit,
            Source = PolicySource.SecurityHub("ELB.17"),
            Types = [ResourceTypes.HelmRelease],
            Check = release => release.Services()
                .Where(service => !service.Annotation("ssl-cert").IsMissing)
                .SelectMany(service => service.Annotation("ssl-negotiation-policy").Matches(ModernTls(), "ELBSecurityPolicy-TLS13-1-2-… or -1-3-…")),
        },
        new()
        {
            Id = "load-balancer-encrypts-to-pods",
            Title = "Behind a load balancer that ends TLS, the way to the pods is TLS too",
            Area = PolicyArea.EncryptionInTransit,
            Source = PolicySource.SecurityHub("ELB.18"),
            Types = [ResourceTypes.HelmRelease],
            Check = release => release.Services()
                .Where(service => !service.Annotation("ssl-cert").IsMissing)
                .SelectMany(service => service.Annotation("backend-protocol").IsOneOf("ssl", "tls")),
        },
        new()
        {
            Id = "proxy-https-only",
            Title = "A proxy that others reach has no plain HTTP listener",
            Area = PolicyArea.EncryptionInTransit,
            Source = PolicySource.SecurityHub("ELB.18"),
            Types = [ResourceTypes.HelmRelease],
            Check = release => release["values.proxy.type"].Text is "LoadBalancer" or "NodePort" ? release["values.proxy.http.enabled"].IsFalse() : [],
        },
        new()
        {
            Id = "vpn-ciphers",
            Title = "VPN tunnels use IKEv2 with AES-256-GCM and elliptic curves of 384 bits, and nothing older",
            Area = PolicyArea.EncryptionInTransit,
            Source = PolicySource.Aws("AWS Site-to-Site VPN User Guide", "Tunnel options", "vpn/latest/s2svpn/VPNTunnels.html"),
            Types = [ResourceTypes.VpnConnection],
            Check = vpn => new[] { "tunnel1", "tunnel2" }.SelectMany(tunnel => (ImmutableArray<Violation>)
            [
                .. Only(vpn[$"{tunnel}IkeVersions"], "ikev2"),
                .. Only(vpn[$"{tunnel}Phase1EncryptionAlgorithms"], "AES256-GCM-16"),
                .. Only(vpn[$"{tunnel}Phase2EncryptionAlgorithms"], "AES256-GCM-16"),
                .. Only(vpn[$"{tunnel}Phase1DhGroupNumbers"], "20", "21"),
                .. Only(vpn[$"{tunnel}Phase2DhGroupNumbers"], "20", "21"),
            ]),
        },
    ];

    private static ImmutableArray<Violation> Only(Node list, params string[] allowed) => list.That(
        list.Items.Any() && list.Items.All(item => allowed.Contains(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{item.Value}"), StringComparer.Ordinal)),
        string.Join(", ", allowed));

    [GeneratedRegex("^ELBSecurityPolicy-TLS13-1-[23]-", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ModernTls();
}
