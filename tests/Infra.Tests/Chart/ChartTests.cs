using Gateway.Settings;
using Hybrid.Infra.Tests.Chart.Manifests;
using k8s.Models;

namespace Hybrid.Infra.Tests.Chart;

/// <summary>What the chart promises, one thing at a time.</summary>
public sealed class ChartTests
{
    // What an article on Kong's hybrid mode sets, and nothing else.
    private static readonly string[] ControlPlane =
        ["env.role=control_plane", "cluster.enabled=true", "cluster.type=LoadBalancer", "cluster.tls.enabled=true", "cluster.tls.servicePort=8005", "clustertelemetry.enabled=true", "clustertelemetry.type=LoadBalancer", "clustertelemetry.tls.servicePort=8006", "proxy.enabled=false"];

    private static readonly string[] DataPlane =
        ["env.role=data_plane", "env.database=off", "env.cluster_control_plane=cp.example.com:8005", "env.cluster_telemetry_endpoint=cp.example.com:8006", "proxy.type=NodePort", "admin.enabled=false"];

    [Fact]
    public async Task A_control_plane_offers_both_tunnels_and_keeps_the_admin_api_inside()
    {
        var services = Of<V1Service>(await Helm.TemplateAsync(ControlPlane)).ToDictionary(service => service.Metadata.Name, StringComparer.Ordinal);
        Assert.Equal(("LoadBalancer", 8005), (services["gw-gateway-cluster"].Spec.Type, services["gw-gateway-cluster"].Spec.Ports[0].Port));
        Assert.Equal(("LoadBalancer", 8006), (services["gw-gateway-clustertelemetry"].Spec.Type, services["gw-gateway-clustertelemetry"].Spec.Ports[0].Port));
        Assert.Equal("ClusterIP", services["gw-gateway-admin"].Spec.Type);
        Assert.DoesNotContain("gw-gateway-proxy", services.Keys);
    }

    [Fact]
    public async Task A_control_plane_without_a_database_host_keeps_its_own_file_and_one_replica()
    {
        var set = Assert.Single(Of<V1StatefulSet>(await Helm.TemplateAsync(ControlPlane)));
        Assert.Equal(1, set.Spec.Replicas);
        Assert.Contains(set.Spec.Template.Spec.Containers[0].Env, variable => variable is { Name: "GATEWAY_DATABASE", Value: "sqlite" });
    }

    [Fact]
    public async Task A_schema_is_migrated_before_a_postgresql_release()
    {
        var objects = await Helm.TemplateAsync([.. ControlPlane, "env.pg_host=database"]);
        var job = Assert.Single(Of<V1Job>(objects));
        Assert.Equal("pre-install,pre-upgrade", job.Metadata.Annotations["helm.sh/hook"]);
        Assert.Equal(["migrate"], job.Spec.Template.Spec.Containers[0].Args);
        Assert.Empty(Of<V1Job>(await Helm.TemplateAsync(ControlPlane)));
    }

    [Fact]
    public async Task A_data_plane_scales_and_survives_a_drain()
    {
        var objects = await Helm.TemplateAsync(DataPlane);
        var scaler = Assert.Single(Of<V2HorizontalPodAutoscaler>(objects));
        Assert.Equal("Deployment", scaler.Spec.ScaleTargetRef.Kind);
        Assert.Equal(1, int.Parse(Assert.Single(Of<V1PodDisruptionBudget>(objects)).Spec.MaxUnavailable.Value, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(2, Workload(objects).TopologySpreadConstraints.Count);
        Assert.Null(Assert.Single(Of<V1Deployment>(objects)).Spec.Replicas);
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

    [Fact]
    public async Task The_admin_api_is_open_to_nobody_but_whom_the_values_name()
    {
        var closed = Assert.Single(Of<V1NetworkPolicy>(await Helm.TemplateAsync(ControlPlane)));
        Assert.Equal(["status", "cluster", "telemetry"], Assert.Single(closed.Spec.Ingress).Ports.Select(port => port.Port.Value));

        var open = Assert.Single(Of<V1NetworkPolicy>(await Helm.TemplateAsync([.. ControlPlane, "networkPolicy.adminFrom[0].podSelector.matchLabels.app=sync"])));
        var rule = open.Spec.Ingress[1];
        Assert.Equal("sync", Assert.Single(rule.FromProperty).PodSelector.MatchLabels["app"]);
        Assert.Equal(["admin", "manager"], rule.Ports.Select(port => port.Port.Value));
    }

    [Theory]
    [InlineData("containerSecurityContext.allowPrivilegeEscalation=true", "container gateway: allowPrivilegeEscalation")]
    [InlineData("containerSecurityContext.capabilities.add[0]=NET_ADMIN", "container gateway: capabilities")]
    [InlineData("podSecurityContext.seccompProfile.type=Unconfined", "container gateway: seccompProfile")]
    [InlineData("podSecurityContext.runAsUser=0", "container gateway: root")]
    [InlineData("extraVolumes[0].hostPath.path=/", "volume host: its type")]
    public async Task Values_that_leave_the_restricted_profile_are_seen(string value, string violation)
    {
        var objects = await Helm.TemplateAsync([.. DataPlane, value, "extraVolumes[0].name=host"]);
        Assert.Contains(violation, RestrictedProfile.Violations(Workload(objects)));
    }

    private static V1PodSpec Workload(IReadOnlyList<Manifest> objects) => ManifestRules.Pods(objects).Single(pod => pod.Owner.Object is not V1Job).Template.Spec;

    private static IEnumerable<T> Of<T>(IReadOnlyList<Manifest> objects) => objects.Select(found => found.Object).OfType<T>();
}
