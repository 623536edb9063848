using System.Collections.Immutable;
using Gateway.Settings;
using Hybrid.Infra.Certificates;
using Hybrid.Infra.Gateway;
using Hybrid.Stacks.References;
using Pulumi;

namespace Hybrid.Stacks.Layers;

/// <summary>What data planes have in common, on EKS or elsewhere.</summary>
internal static class DataPlaneRelease
{
    private const string OidcSecret = "oidc-client";

    public static PodSettings Settings(ControlPlaneOutputs controlPlane) => PodSettings
        .DataPlane(controlPlane.TrustDomain, controlPlane.TunnelEndpoint, controlPlane.TelemetryEndpoint)
        .With(SettingNames.ProxyListen, "0.0.0.0:8443 ssl")
        .With(SettingNames.SslCert, PodSecrets.ProxyCertificatePath("tls.crt"))
        .With(SettingNames.SslCertKey, PodSecrets.ProxyCertificatePath("tls.key"));

    public static ImmutableDictionary<string, InputMap<string>> Secrets(PodSecrets secrets, ProxyCertificate proxy, PlatformOutputs platform) =>
        ImmutableDictionary.CreateRange(StringComparer.Ordinal,
        [
            KeyValuePair.Create(secrets.ProxyCertificate, new InputMap<string> { ["tls.crt"] = proxy.Certificate, ["tls.key"] = proxy.PrivateKey }),
            KeyValuePair.Create(OidcSecret, new InputMap<string> { ["client_secret"] = platform.OidcClientSecret }),
        ]);

    /// <summary>The proxy's service: HTTPS only, on the load balancer and behind it.</summary>
    /// <param name="certificateArn">What an AWS load balancer shows.</param>
    public static Dictionary<string, object> Proxy(ServiceExposure exposure, PodSecrets secrets, Output<string> host, Output<string>? loadBalancerClass, Output<string>? certificateArn)
    {
        exposure.Validate("proxy");
        var values = ServiceValues.Write(exposure, ["TCP-443"], loadBalancerClass, host);
        if (certificateArn is not null && values.TryGetValue("annotations", out var found) && found is Dictionary<string, object> annotations)
        {
            const string Prefix = "service.beta.kubernetes.io/aws-load-balancer-";
            annotations[Prefix + "ssl-cert"] = certificateArn;
            annotations[Prefix + "ssl-ports"] = "443";
            annotations[Prefix + "ssl-negotiation-policy"] = "ELBSecurityPolicy-TLS13-1-2-2021-06";
            annotations[Prefix + "backend-protocol"] = "ssl";
            annotations[Prefix + "alpn-policy"] = "HTTP2Preferred";
            // The listener speaks TLS now, and the idle time-out of those is fixed (350 s): setting one is refused.
            annotations.Remove($"{Prefix}listener-attributes.TCP-443");
        }

        var tls = new Dictionary<string, object>(StringComparer.Ordinal) { ["enabled"] = true, ["secretName"] = secrets.ProxyCertificate };
        if (exposure.NodePort is { } port)
        {
            tls["nodePort"] = port;
        }

        values["http"] = new Dictionary<string, object>(StringComparer.Ordinal) { ["enabled"] = false };
        values["tls"] = tls;
        return values;
    }

    /// <summary>
    /// What the published configuration refers to as <c>{vault://env/NAME}</c>, so that one configuration serves sites that differ.
    /// </summary>
    /// <param name="shared">Whether the site reaches the shared cache and the search domain.</param>
    public static Dictionary<string, object> References(PlatformOutputs platform, string region, bool shared)
    {
        var references = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["OIDC_ISSUER"] = platform.OidcIssuer,
            ["OIDC_CLIENT_ID"] = platform.OidcClientId,
            ["OIDC_CLIENT_SECRET"] = SecretKey(OidcSecret, "client_secret"),
        };
        if (shared)
        {
            references["AWS_REGION"] = region;
            references["REDIS_HOST"] = platform.CacheEndpoint;
            references["REDIS_PORT"] = "6379";
            references["REDIS_USERNAME"] = platform.CacheUser;

            // Its name is what IAM tokens are signed for.
            references["REDIS_CACHE_NAME"] = platform.CacheArn.Apply(arn => arn.Split(':')[^1]);
            references["OPENSEARCH_ENDPOINT"] = platform.SearchEndpoint.Apply(host => $"https://{host}");
        }

        return references;
    }

    private static Dictionary<string, object> SecretKey(string secret, string key) => new(StringComparer.Ordinal)
    {
        ["valueFrom"] = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["secretKeyRef"] = new Dictionary<string, object>(StringComparer.Ordinal) { ["name"] = secret, ["key"] = key },
        },
    };
}
