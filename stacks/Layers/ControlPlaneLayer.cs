using System.Collections.Immutable;
using Gateway.Settings;
using Hybrid.Infra.Certificates;
using Hybrid.Infra.Cluster;
using Hybrid.Infra.Gateway;
using Hybrid.Infra.Search;
using Hybrid.Stacks.Configuration;
using Hybrid.Stacks.References;
using Pulumi;
using KubernetesProvider = Pulumi.Kubernetes.Provider;

namespace Hybrid.Stacks.Layers;

/// <summary>The control plane on EKS: the tunnels' CA and certificates, and the release that administrators and data planes talk to.</summary>
internal sealed class ControlPlaneLayer(StackContext context)
{
    private const string Release = "control-plane";
    private const string Home = "gateway-control-plane";
    private const string ControllerVersion = "loadBalancerControllerVersion";

    /// <summary>Where the image keeps Amazon's CAs for RDS, which no system trusts by itself.</summary>
    private const string RdsCaBundle = "/etc/ssl/rds/global-bundle.pem";

    private readonly EnvironmentConfig _environment = context.Environment;
    private readonly StackConfiguration _configuration = context.Configuration;

    public ControlPlaneOutputs Create()
    {
        var foundation = context.Reference<FoundationOutputs>(LayerKind.Foundation);
        var platform = WithSomeoneWhoBalances(context.Reference<PlatformOutputs>(LayerKind.Platform));
        var tunnel = _configuration.Object<TunnelConfig>("tunnel");
        var trustDomain = _configuration.Text("trustDomain");
        var hosts = new TunnelHosts(foundation.Domain);
        var cluster = context.Eks(platform);

        var controller = Balance(foundation, platform, cluster);
        var authority = _configuration.From("tunnel", () => new TunnelAuthority("tunnel", new TunnelAuthorityArgs
        {
            TrustDomain = trustDomain,
            Generations = tunnel.Generations,
            ActiveGeneration = tunnel.ActiveGeneration,
            LeafValidity = tunnel.LeafValidity,
            LeafRenewal = tunnel.LeafRenewal,
            Protect = _environment.Protect,
        }, new ComponentResourceOptions()));
        var certificate = authority.IssueControlPlane([hosts.Cluster, hosts.Telemetry, .. tunnel.Enrollment is null ? (Output<string>[])[] : [hosts.Enrollment]]);
        _ = new ExpiryAlarm("tunnel-expiry", new ExpiryAlarmArgs
        {
            Certificate = certificate,
            Subject = "of the tunnels' server, issued together with the sites'",
            // Half of the time in which a deployment would have renewed it.
            Days = Math.Max(1, tunnel.LeafRenewal / 2),
            TopicArn = platform.AlarmTopicArn,
        }, context.InAws());
        var sites = _configuration.From("tunnel", () => tunnel.Sites.ToImmutableSortedDictionary(site => site, authority.IssueSite, StringComparer.Ordinal));
        var home = Install(foundation, platform, cluster, controller, tunnel, trustDomain, hosts, certificate, new EnrollmentRelease(Release, tunnel.Enrollment, hosts, authority));
        SetUpSearch(foundation, platform, cluster, home, tunnel);

        return new ControlPlaneOutputs
        {
            TrustDomain = Output.Create(trustDomain),
            TunnelEndpoint = hosts.ClusterEndpoint,
            TelemetryEndpoint = hosts.TelemetryEndpoint,
            CaBundle = authority.CaBundle,
            SiteCertificates = BySite(sites, site => site.Certificate),
            SiteKeys = BySite(sites, site => site.PrivateKey),
            AdminUrl = Output.Create($"http://{Release}-admin.{Home}.svc.cluster.local:8001"),
        };
    }

    /// <summary>The cluster and what runs on it are never in one stack, and no add-on has this: so it begins here. Auto Mode has it built in.</summary>
    private LoadBalancerController? Balance(FoundationOutputs foundation, PlatformOutputs platform, KubernetesProvider cluster)
    {
        if (!_configuration.IsSet(ControllerVersion))
        {
            return null;
        }

        var version = _configuration.Text(ControllerVersion);
        return _configuration.From("loadBalancerController", () => new LoadBalancerController("load-balancers", new LoadBalancerControllerArgs
        {
            ClusterName = platform.ClusterName,
            VpcId = foundation.VpcId,
            Region = _environment.Region,
            ChartVersion = version,
        }, context.In(cluster)));
    }

    /// <summary>A cluster that nobody makes load balancers in would leave the tunnels without an address, silently.</summary>
    private PlatformOutputs WithSomeoneWhoBalances(PlatformOutputs platform) => platform with
    {
        LoadBalancerClass = platform.LoadBalancerClass.Apply(found => found.StartsWith("eks.amazonaws.com/", StringComparison.Ordinal) != _configuration.IsSet(ControllerVersion)
            ? found
            : throw _configuration.Invalid(
                ControllerVersion,
                _configuration.IsSet(ControllerVersion) ? "the cluster is in Auto Mode, which has load balancers built in" : "required, but not set: the cluster is not in Auto Mode",
                _configuration.IsSet(ControllerVersion) ? "not set" : "a version of the chart aws-load-balancer-controller")),
    };

    private static Output<ImmutableDictionary<string, string>> BySite(ImmutableSortedDictionary<string, CertificateMaterial> sites, Func<CertificateMaterial, Output<string>> part)
    {
        var names = sites.Keys.ToImmutableArray();
        return Output.All(sites.Values.Select(part)).Apply(values => names.Zip(values).ToImmutableDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal));
    }

    /// <summary>What lives inside the search domain. Each site's role has a name that is known here, before the site is.</summary>
    private void SetUpSearch(FoundationOutputs foundation, PlatformOutputs platform, KubernetesProvider cluster, RestrictedNamespace home, TunnelConfig tunnel)
    {
        const string Retention = "searchRetention";
        var options = context.In(cluster);
        options.DependsOn.Add(home);
        _ = _configuration.From(Retention, () => new SearchSetup("search-setup", new SearchSetupArgs
        {
            Namespace = Home,
            Image = _configuration.Object<ImageConfig>("image").In(foundation),
            ClusterName = platform.ClusterName,
            Region = _environment.Region,
            Endpoint = platform.SearchEndpoint,
            AdminRoleArn = platform.SearchAdminRoleArn,
            DomainCidr = foundation.VpcCidr,
            Setup = new RequestLogSetup
            {
                Writers = [.. tunnel.Sites.Select(site => $"arn:aws:iam::{_environment.AccountId}:role/{DataPlanePermissions.RoleName(_environment, site)}")],
                Retention = _configuration.Number(Retention, 30),
            },
        }, options));
    }

    private RestrictedNamespace Install(
        FoundationOutputs foundation,
        PlatformOutputs platform,
        KubernetesProvider cluster,
        LoadBalancerController? controller,
        TunnelConfig tunnel,
        string trustDomain,
        TunnelHosts hosts,
        CertificateMaterial certificate,
        EnrollmentRelease enrollment)
    {
        const string User = "databaseIamUser";
        var database = new DatabaseSignIn(platform, _environment.Region, _environment.AccountId, _configuration.IsSet(User) ? _configuration.Text(User) : null);
        var secrets = new PodSecrets(Release);
        var options = context.In(cluster);
        var home = new RestrictedNamespace("namespace", Home, options);
        var identity = new WorkloadRole("identity", new WorkloadRoleArgs
        {
            ClusterName = platform.ClusterName,
            Namespace = Home,
            ServiceAccounts = [Release, $"{Release}-migrations"],
            Statements = database.Statements,
        }, context.In(cluster));
        var awaited = database.Make(home.NamespaceName, context.In(cluster)).ToList();
        var keys = new KeyFile("keyring", [.. _configuration.Object<int[]>("keyGenerations")], _environment.Protect, new ComponentResourceOptions());
        var adminToken = new AdminToken("admin-token", new ComponentResourceOptions());
        var image = _configuration.Object<ImageConfig>("image");

        var settings = PodSettings.ControlPlane(trustDomain)
            .With(SettingNames.PgHost, platform.DatabaseEndpoint)
            .With(SettingNames.PgDatabase, platform.DatabaseName)
            .With(SettingNames.PgSslRootCert, RdsCaBundle)
            .With(SettingNames.ClusterSites, string.Join(',', tunnel.Sites));
        settings = database.Settings(enrollment.Settings(settings));

        var release = context.In(cluster);
        if (controller is not null)
        {
            release.DependsOn.Add(controller);
        }

        release.DependsOn.Add(identity);
        foreach (var resource in awaited)
        {
            release.DependsOn.Add(resource);
        }

        var gateway = _configuration.From(() => new GatewayRelease("gateway", new GatewayReleaseArgs
        {
            Namespace = home.NamespaceName,
            Chart = context.Chart,
            Image = image.In(foundation),
            Settings = settings,
            Secrets = secrets,
            Certificate = certificate,
            KeyFile = keys.Content,
            AdminToken = adminToken.Value,
            OtherSecrets = enrollment.Secrets,
            Scaling = _configuration.Object<Scaling>("scaling"),
            Values = new Dictionary<string, object>(enrollment.Values(platform.LoadBalancerClass), StringComparer.Ordinal)
            {
                ["cluster"] = ServiceValues.Write(tunnel.Exposure, ["TCP-8005"], platform.LoadBalancerClass, hosts.Cluster),
                ["clustertelemetry"] = ServiceValues.Write(tunnel.Exposure, ["TCP-8006"], platform.LoadBalancerClass, hosts.Telemetry),
                ["extraVolumes"] = database.Volumes,
                ["extraVolumeMounts"] = database.VolumeMounts,
                ["networkPolicy"] = ConfigurationSync.AdmittingNetworkPolicy,
            },
        }, release));

        var sync = context.In(cluster);
        sync.DependsOn.Add(gateway);
        const string Files = "baseConfiguration";
        _ = _configuration.From(() => new ConfigurationSync("base-configuration", new ConfigurationSyncArgs
        {
            Namespace = home.NamespaceName,
            Release = Release,
            Image = image.In(foundation),
            TokenSecret = secrets.AdminToken,
            Files = DeclarativeFolder.In(context.Repository, _configuration.Text(Files), Files),
        }, sync));
        return home;
    }
}
