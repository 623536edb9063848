using Hybrid.Infra.Anywhere;
using Hybrid.Infra.Certificates;
using Hybrid.Infra.Gateway;
using Hybrid.Stacks.Configuration;
using Hybrid.Stacks.References;
using Pulumi;
using Pulumi.Aws.Ssm;
using KubernetesProvider = Pulumi.Kubernetes.Provider;

namespace Hybrid.Stacks.Layers;

/// <summary>A data plane on premises: EKS Anywhere, a port on each node, and AWS by the site's own certificate.</summary>
internal sealed class DataPlaneAnywhereLayer(StackContext context)
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
        var anywhere = _configuration.Object<AnywhereConfig>("anywhere");
        var shared = _configuration.Flag("sharedServices", @default: false);
        var host = Output.Format($"{site}.{foundation.Domain}");
        var secrets = new PodSecrets(Release);

        var definition = Define(site, anywhere.Cluster);
        var cluster = Provider("site", anywhere.KubeConfigParameter, definition);
        var identity = _configuration.From("site", () => new SiteAwsIdentity("identity", new SiteAwsIdentityArgs
        {
            Site = site,
            TrustDomain = controlPlane.TrustDomain,
            CaBundle = controlPlane.CaBundle,
            Statements = DataPlanePermissions.Of(platform),
            RoleName = DataPlanePermissions.RoleName(_environment, site),
        }, context.InAws()));
        var home = new RestrictedNamespace("namespace", Home, context.In(cluster));
        var proxy = new ProxyCertificate("proxy", host, validity: 365, new ComponentResourceOptions());
        var keys = new KeyFile("cache-keys", [.. _configuration.Object<int[]>("keyGenerations")], protect: false, new ComponentResourceOptions());
        var image = _configuration.Object<ImageConfig>("image");

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
                ["proxy"] = DataPlaneRelease.Proxy(_configuration.Object<ServiceExposure>("proxy"), secrets, host, loadBalancerClass: null, certificateArn: null),
                ["imagePullSecrets"] = PullSecrets(anywhere),
                ["customEnv"] = References(foundation, platform, site, shared),
                // A site must start again with no control plane anywhere: its pods keep their cache.
                ["cache"] = new Dictionary<string, object>(StringComparer.Ordinal)
                {
                    ["existingKeySecret"] = secrets.Keys,
                    ["persistence"] = new Dictionary<string, object>(StringComparer.Ordinal) { ["enabled"] = true, ["storageClass"] = anywhere.StorageClass },
                },
                ["rolesAnywhere"] = new Dictionary<string, object>(StringComparer.Ordinal)
                {
                    ["enabled"] = true,
                    ["region"] = _environment.Region,
                    ["trustAnchorArn"] = identity.TrustAnchorArn,
                    ["profileArn"] = identity.ProfileArn,
                    ["roleArn"] = identity.RoleArn,
                    ["image"] = anywhere.CredentialHelperImage,
                },
            },
        }, context.In(cluster)));

        return new DataPlaneOutputs
        {
            Site = Output.Create(site),
            Namespace = home.NamespaceName,
            ProxyUrl = Output.Format($"https://{host}"),
            RoleArn = identity.RoleArn,
        };
    }

    private static object[] PullSecrets(AnywhereConfig anywhere) =>
        anywhere.ImagePullSecret is { } secret ? [new Dictionary<string, object>(StringComparer.Ordinal) { ["name"] = secret }] : [];

    private AnywhereCluster? Define(string site, AnywhereClusterConfig? config)
    {
        if (config is null)
        {
            return null;
        }

        var options = new ComponentResourceOptions { Provider = Provider("management", config.ManagementKubeConfigParameter, after: null) };
        return _configuration.From("anywhere.cluster", () => new AnywhereCluster("cluster", new AnywhereClusterArgs
        {
            ClusterName = $"{_environment.Prefix}-{site}",
            Version = config.Version,
            EksaVersion = config.EksaVersion,
            ManagementCluster = config.ManagementCluster,
            Provider = config.Provider,
            ControlPlaneEndpoint = config.ControlPlaneEndpoint,
            ControlPlane = config.ControlPlane,
            Etcd = config.Etcd,
            WorkerGroups = config.WorkerGroups,
            RegistryMirror = config.RegistryMirror,
            OutgoingProxy = config.OutgoingProxy,
            Datacenter = config.Datacenter,
            Protect = _environment.Protect,
        }, options));
    }

    /// <summary>A cluster whose kubeconfig is kept in SSM, encrypted: neither configuration nor code holds it.</summary>
    private KubernetesProvider Provider(string name, string parameter, AnywhereCluster? after)
    {
        var invoke = new InvokeOutputOptions { Provider = context.Aws };
        if (after is not null)
        {
            invoke.DependsOn.Add(after);
        }

        var found = GetParameter.Invoke(new GetParameterInvokeArgs { Name = parameter, WithDecryption = true }, invoke);
        return new KubernetesProvider(name, new Pulumi.Kubernetes.ProviderArgs
        {
            KubeConfig = Output.CreateSecret(found.Apply(result => result.Value)),
            // The parameter names the cluster; its content changes whenever a certificate in it does.
            ClusterIdentifier = parameter,
        });
    }

    private Output<object> References(FoundationOutputs foundation, PlatformOutputs platform, string site, bool shared) => foundation.VpnSites.Apply(connected =>
        shared && !connected.Contains(site, StringComparer.Ordinal)
            ? throw _configuration.Invalid("sharedServices", $"'{site}' has no VPN, so it can't reach the cache or the search domain", "false, or a vpn for the site in the foundation's hybrid:network.sites")
            : (object)DataPlaneRelease.References(platform, _environment.Region, shared));
}
