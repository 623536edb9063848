using Hybrid.Infra.Certificates;
using Hybrid.Infra.Cluster;
using Hybrid.Infra.Dns;
using Hybrid.Infra.Gateway;
using Hybrid.Stacks.Configuration;
using Hybrid.Stacks.References;
using Pulumi;

namespace Hybrid.Stacks.Layers;

/// <summary>A data plane in the cloud: behind a load balancer that shows a public certificate, scaled by its load.</summary>
internal sealed class DataPlaneEksLayer(StackContext context)
{
    private const string Release = "data-plane";
    private const string Home = "gateway-data-plane";

    private readonly EnvironmentConfig _environment = context.Environment;
    private readonly StackConfiguration _configuration = context.Configuration;

    public DataPlaneOutputs Create()
    {
        var foundation = context.Reference<FoundationOutputs>(LayerKind.Foundation);
        var platform = context.Reference<PlatformOutputs>(LayerKind.Platform);
        var controlPlane = context.Reference<ControlPlaneOutputs>(LayerKind.ControlPlane);
        var site = _configuration.Text("site");
        var host = Output.Format($"api.{foundation.Domain}");
        var cluster = context.Eks(platform);
        var secrets = new PodSecrets(Release);

        var home = new RestrictedNamespace("namespace", Home, context.In(cluster));
        var identity = new WorkloadRole("identity", new WorkloadRoleArgs
        {
            ClusterName = platform.ClusterName,
            Namespace = Home,
            ServiceAccounts = [Release],
            Statements = DataPlanePermissions.Of(platform),
            RoleName = DataPlanePermissions.RoleName(_environment, site),
        }, context.In(cluster));
        var front = new PublicCertificate("front", host, foundation.ZoneId, context.InAws());
        var proxy = new ProxyCertificate("proxy", host, validity: 365, new ComponentResourceOptions());
        var keys = new KeyFile("cache-keys", [.. _configuration.Object<int[]>("keyGenerations")], protect: false, new ComponentResourceOptions());
        var image = _configuration.Object<ImageConfig>("image");
        var exposure = _configuration.Object<ServiceExposure>("proxy");

        var release = context.In(cluster);
        release.DependsOn.Add(identity);
        _ = _configuration.From(() => new GatewayRelease("gateway", new GatewayReleaseArgs
        {
            Namespace = home.NamespaceName,
            Chart = context.Chart,
            Image = image.In(foundation),
            Settings = DataPlaneRelease.Settings(controlPlane),
            Secrets = secrets,
            Certificate = SiteCertificates.Of(site, controlPlane, _configuration),
            KeyFile = keys.Content,
            OtherSecrets = DataPlaneRelease.Secrets(secrets, proxy, platform),
            Scaling = _configuration.Object<Scaling>("scaling"),
            Values = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["proxy"] = DataPlaneRelease.Proxy(exposure, secrets, host, platform.LoadBalancerClass, front.Arn),
                ["customEnv"] = DataPlaneRelease.References(platform, _environment.Region, shared: true),
            },
        }, release));

        return new DataPlaneOutputs
        {
            Site = Output.Create(site),
            Namespace = home.NamespaceName,
            ProxyUrl = Output.Format($"https://{host}"),
            RoleArn = identity.Arn,
        };
    }
}
