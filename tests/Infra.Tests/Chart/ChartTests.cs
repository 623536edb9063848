using Gateway.Settings;
using k8s;
using k8s.Models;

namespace Hybrid.Infra.Tests.Chart;

/// <summary>What the chart makes of values, checked against Kubernetes' own models.</summary>
public sealed class ChartTests
{
    // What an article on Kong's hybrid mode sets, and nothing else.
    private static readonly string[] ControlPlane =
        ["env.role=control_plane", "cluster.enabled=true", "cluster.type=LoadBalancer", "cluster.tls.enabled=true", "cluster.tls.servicePort=8005", "clustertelemetry.enabled=true", "clustertelemetry.type=LoadBalancer", "clustertelemetry.tls.servicePort=8006", "proxy.enabled=false"];

    private static readonly string[] DataPlane =
        ["env.role=data_plane", "env.database=off", "env.cluster_control_plane=cp.example.com:8005", "env.cluster_telemetry_endpoint=cp.example.com:8006", "proxy.type=NodePort", "admin.enabled=false"];

    public static TheoryData<string, string[]> Matrix => new()
    {
        { "as the article sets it: control plane", ControlPlane },
        { "as the article sets it: data plane", DataPlane },
        { "postgresql, password from a secret", [.. ControlPlane, "env.pg_host=database", "env.pg_password.valueFrom.secretKeyRef.name=db", "env.pg_password.valueFrom.secretKeyRef.key=password"] },
        { "postgresql, three replicas", [.. ControlPlane, "env.pg_host=database", "replicaCount=3", "networkPolicy.adminFrom[0].namespaceSelector.matchLabels.team=ops"] },
        { "no admin API", [.. ControlPlane, "admin.enabled=false", "manager.enabled=false", "podDisruptionBudget.minAvailable=1"] },
        { "load balancer with HTTPS", [.. DataPlane, "proxy.type=LoadBalancer", "proxy.loadBalancerSourceRanges[0]=10.0.0.0/8", "proxy.tls.enabled=true", "proxy.tls.secretName=web"] },
        { "fixed port, persistent cache", [.. DataPlane, "proxy.http.nodePort=30080", "autoscaling.targetRequestsPerSecond=500", "cache.persistence.enabled=true"] },
        { "fixed size", [.. DataPlane, "autoscaling.enabled=false", "replicaCount=5", "secretVolumes[0]=extra", "customEnv.AWS_REGION=eu-central-1"] },
        { "identity by certificate", [.. DataPlane, "rolesAnywhere.enabled=true", "rolesAnywhere.trustAnchorArn=a", "rolesAnywhere.profileArn=b", "rolesAnywhere.roleArn=c", "rolesAnywhere.region=eu-central-1"] },
        { "pinned image, nothing optional", [.. DataPlane, "networkPolicy.enabled=false", "podDisruptionBudget.enabled=false", "serviceAccount.create=false", "image.digest=sha256:abc"] },
    };

    [Theory]
    [MemberData(nameof(Matrix), DisableDiscoveryEnumeration = true)]
    public async Task Values_lint_and_render_to_objects_that_kubernetes_knows(string _, string[] values)
    {
        await Helm.LintAsync(values);
        var objects = await Helm.TemplateAsync(values);
        Assert.NotEmpty(objects);
    }

    [Theory]
    [MemberData(nameof(Matrix), DisableDiscoveryEnumeration = true)]
    public async Task Every_pod_is_restricted_and_bounded(string _, string[] values)
    {
        foreach (var pod in Pods(await Helm.TemplateAsync(values)))
        {
            Assert.True(pod.SecurityContext.RunAsNonRoot);
            Assert.Equal("RuntimeDefault", pod.SecurityContext.SeccompProfile.Type);
            Assert.False(pod.AutomountServiceAccountToken);
            Assert.False(pod.EnableServiceLinks);
            Assert.All([.. pod.Containers, .. pod.InitContainers ?? []], container =>
            {
                Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
                Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
                Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
                Assert.Contains("memory", container.Resources.Limits.Keys);
                Assert.Contains("cpu", container.Resources.Requests.Keys);
            });
        }
    }

    [Theory]
    [MemberData(nameof(Matrix), DisableDiscoveryEnumeration = true)]
    public async Task The_pods_environment_is_what_the_process_accepts(string _, string[] values)
    {
        var pod = Workload(await Helm.TemplateAsync(values));
        var environment = pod.Containers[0].Env
            .Where(variable => variable.Name.StartsWith(SettingsEnvironment.Prefix, StringComparison.Ordinal))
            .ToDictionary(variable => variable.Name[SettingsEnvironment.Prefix.Length..], variable => (string?)variable.Value, StringComparer.Ordinal);
        Assert.Empty(SettingsEnvironment.Validate(environment));
    }

    [Theory]
    [MemberData(nameof(Matrix), DisableDiscoveryEnumeration = true)]
    public async Task Every_mount_has_its_volume_and_every_service_port_its_container_port(string _, string[] values)
    {
        var objects = await Helm.TemplateAsync(values);
        var pod = Workload(objects);
        var claims = objects.OfType<V1StatefulSet>().SelectMany(set => set.Spec.VolumeClaimTemplates.Select(claim => claim.Metadata.Name));
        string[] volumes = [.. pod.Volumes.Select(volume => volume.Name), .. claims];
        Assert.All(pod.Containers.SelectMany(container => container.VolumeMounts), mount => Assert.Contains(mount.Name, volumes));

        var ports = pod.Containers[0].Ports.Select(port => port.Name).ToArray();
        Assert.All(objects.OfType<V1Service>().SelectMany(service => service.Spec.Ports), port => Assert.Contains(port.TargetPort.Value, ports));
        Assert.All(objects.OfType<V1NetworkPolicy>().SelectMany(policy => policy.Spec.Ingress).SelectMany(rule => rule.Ports), port => Assert.Contains(port.Port.Value, ports));
    }

    [Fact]
    public async Task A_control_plane_offers_both_tunnels_and_keeps_the_admin_api_inside()
    {
        var services = (await Helm.TemplateAsync(ControlPlane)).OfType<V1Service>().ToDictionary(service => service.Metadata.Name, StringComparer.Ordinal);
        Assert.Equal(("LoadBalancer", 8005), (services["gw-gateway-cluster"].Spec.Type, services["gw-gateway-cluster"].Spec.Ports[0].Port));
        Assert.Equal(("LoadBalancer", 8006), (services["gw-gateway-clustertelemetry"].Spec.Type, services["gw-gateway-clustertelemetry"].Spec.Ports[0].Port));
        Assert.Equal("ClusterIP", services["gw-gateway-admin"].Spec.Type);
        Assert.DoesNotContain("gw-gateway-proxy", services.Keys);
    }

    [Fact]
    public async Task A_control_plane_without_a_database_host_keeps_its_own_file_and_one_replica()
    {
        var set = Assert.Single((await Helm.TemplateAsync(ControlPlane)).OfType<V1StatefulSet>());
        Assert.Equal(1, set.Spec.Replicas);
        Assert.Contains(set.Spec.Template.Spec.Containers[0].Env, variable => variable is { Name: "GATEWAY_DATABASE", Value: "sqlite" });
    }

    [Fact]
    public async Task A_schema_is_migrated_before_a_postgresql_release()
    {
        var objects = await Helm.TemplateAsync([.. ControlPlane, "env.pg_host=database"]);
        var job = Assert.Single(objects.OfType<V1Job>());
        Assert.Equal("pre-install,pre-upgrade", job.Metadata.Annotations["helm.sh/hook"]);
        Assert.Equal(["migrate"], job.Spec.Template.Spec.Containers[0].Args);
        Assert.Empty((await Helm.TemplateAsync(ControlPlane)).OfType<V1Job>());
    }

    [Fact]
    public async Task A_data_plane_scales_and_survives_a_drain()
    {
        var objects = await Helm.TemplateAsync(DataPlane);
        var scaler = Assert.Single(objects.OfType<V2HorizontalPodAutoscaler>());
        Assert.Equal("Deployment", scaler.Spec.ScaleTargetRef.Kind);
        Assert.Equal(1, int.Parse(Assert.Single(objects.OfType<V1PodDisruptionBudget>()).Spec.MaxUnavailable.Value, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(2, Workload(objects).TopologySpreadConstraints.Count);
        Assert.Null(Assert.Single(objects.OfType<V1Deployment>()).Spec.Replicas);
    }

    [Fact]
    public async Task The_grace_time_covers_the_wait_the_delay_and_the_drain()
    {
        var pod = Workload(await Helm.TemplateAsync(DataPlane));
        var wait = pod.Containers[0].Lifecycle.PreStop.Sleep.Seconds;
        var delay = int.Parse(SettingsContract.Find(SettingNames.ShutdownDelay)!.Default!, System.Globalization.CultureInfo.InvariantCulture);
        var drain = int.Parse(SettingsContract.Find(SettingNames.ShutdownTimeout)!.Default!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(pod.TerminationGracePeriodSeconds > wait + delay + drain);
    }

    [Theory]
    [InlineData("env.role", "env.role=proxy")]
    [InlineData("env.database", "env.role=data_plane", "env.database=postgres")]
    [InlineData("env.cluster_control_plane", "env.role=data_plane")]
    [InlineData("replicaCount", "env.role=control_plane", "replicaCount=2")]
    [InlineData("proxy.tls.secretName", "env.role=data_plane", "env.cluster_control_plane=a:1", "env.cluster_telemetry_endpoint=a:2", "proxy.tls.enabled=true")]
    [InlineData("cluster_control_plain", "env.role=data_plane", "env.cluster_control_plain=a:1")]
    [InlineData("replicacount", "env.role=data_plane", "replicacount=2")]
    public async Task What_cannot_work_is_refused_by_name(string named, params string[] values) =>
        Assert.Contains(named.Split('.')[^1], await Helm.RefusalAsync(values), StringComparison.Ordinal);

    private static V1PodSpec Workload(IReadOnlyList<IKubernetesObject> objects) =>
        objects.OfType<V1Deployment>().Select(found => found.Spec.Template.Spec).Concat(objects.OfType<V1StatefulSet>().Select(found => found.Spec.Template.Spec)).Single();

    private static IEnumerable<V1PodSpec> Pods(IReadOnlyList<IKubernetesObject> objects) =>
        [Workload(objects), .. objects.OfType<V1Job>().Select(job => job.Spec.Template.Spec)];
}
