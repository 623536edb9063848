using System.Collections.Immutable;
using Hybrid.Infra.Gateway;

namespace Hybrid.Stacks.Configuration;

/// <summary>Every key that a stack's configuration may hold. One that is not here, or not the layer's, is an error: a misspelt key would otherwise have no effect, silently.</summary>
internal static class ConfigurationKeys
{
    private static readonly ImmutableArray<LayerKind> Every = [.. Enum.GetValues<LayerKind>()];

    private static readonly ImmutableArray<LayerKind> Gateways = [LayerKind.ControlPlane, LayerKind.DataPlaneEks, LayerKind.DataPlaneAnywhere];

    private static readonly ImmutableArray<LayerKind> DataPlanes = [LayerKind.DataPlaneEks, LayerKind.DataPlaneAnywhere];

    public static ImmutableArray<ConfigurationKey> All { get; } =
    [
        new("layer", typeof(LayerKind), Every, "Which layer the stack is."),
        new("environment", typeof(string), Every, "The environment's name: 2 to 8 of a-z and 0-9, a letter first, so that every name that AWS limits still fits."),
        new("region", typeof(string), Every, "The AWS region."),
        new("accountId", typeof(string), Every, "The only AWS account that the stack may touch: twelve digits, quoted."),
        new("owner", typeof(string), Every, "Who answers for it; a tag on everything."),
        new("protect", typeof(bool), Every, "Whether what holds data is protected from deletion. An environment is only destroyed when this is off in each of its stacks.", "true"),

        new("domain", typeof(string), [LayerKind.Foundation], "The public DNS zone that is made, such as dev.gateway.example.com; its parent delegates to it."),
        new("network", typeof(NetworkConfig), [LayerKind.Foundation], "The VPC, and the on-premises sites it is connected to."),
        new("logRetention", typeof(int), [LayerKind.Foundation, LayerKind.Platform], "Days that CloudWatch keeps logs: one of the numbers that it knows.", "365"),

        new("cluster", typeof(ClusterConfig), [LayerKind.Platform], "The EKS cluster."),
        new("database", typeof(DatabaseConfig), [LayerKind.Platform], "Aurora PostgreSQL Serverless v2."),
        new("identity", typeof(IdentityConfig), [LayerKind.Platform], "The Cognito user pool."),
        new("cache", typeof(CacheConfig), [LayerKind.Platform], "ElastiCache for Valkey."),
        new("search", typeof(SearchConfig), [LayerKind.Platform], "The OpenSearch domain for request logs."),

        new("alarms", typeof(AlarmsConfig), [LayerKind.Platform], "Alarms on the platform's parts, which go to a topic of their own.", "nobody is told"),

        new("trustDomain", typeof(string), [LayerKind.ControlPlane], "The trust domain of the tunnels' identities (SPIFFE): spiffe://TRUST-DOMAIN/data-plane/SITE."),
        new("loadBalancerControllerVersion", typeof(string), [LayerKind.ControlPlane], "The version of the chart aws-load-balancer-controller; not set where the cluster is in Auto Mode, which has load balancers built in.", "none"),
        new("tunnel", typeof(TunnelConfig), [LayerKind.ControlPlane], "The tunnels: who reaches them, the CA's generations, the sites."),
        new("baseConfiguration", typeof(string), [LayerKind.ControlPlane], "A folder of the repository with declarative files, such as stacks/base/dev: what every gateway of the environment has, which a job synchronises. It owns what has the tag `base`, and nothing else."),

        new("databaseIamUser", typeof(string), [LayerKind.ControlPlane], "The database user as which the control plane signs in by IAM, without a password: one that has the role rds_iam and owns the database (docs/access.md). The master user with its password, which AWS rotates, when not set.", "none"),
        new("searchRetention", typeof(int), [LayerKind.ControlPlane], "Days that request logs stay in the search domain, 1 to 3650.", "30"),

        new("site", typeof(string), DataPlanes, "The site that this data plane is: the name in its certificate. One of the control plane's tunnel.sites."),
        new("image", typeof(ImageConfig), Gateways, "The gateway's image."),
        new("scaling", typeof(Scaling), Gateways, "Replicas and resources."),
        new("keyGenerations", typeof(int[]), Gateways, "Generations of the key file that seals secrets (control plane) or the configuration cache (data planes): the last one seals, the others still open."),
        new("proxy", typeof(ServiceExposure), DataPlanes, "How API consumers reach the proxy."),

        new("anywhere", typeof(AnywhereConfig), [LayerKind.DataPlaneAnywhere], "The site's cluster."),
        new("sharedServices", typeof(bool), [LayerKind.DataPlaneAnywhere], "Whether the site uses the shared cache and the search domain, which it reaches through its VPN.", "false"),

        new("policyExceptions", typeof(object), Every, "Findings of the policies that are accepted, each with its reason; see docs/policies.md.", "none"),
    ];

    public static IEnumerable<ConfigurationKey> Of(LayerKind layer) => All.Where(key => key.IsFor(layer));

    public static bool Knows(string name) => All.Any(key => string.Equals(key.Name, name, StringComparison.Ordinal));
}
