using System.Text.Json;
using System.Text.Json.Nodes;
using Hybrid.Stacks.Tests.Support;
using Hybrid.Testing;

namespace Hybrid.Stacks.Tests.Chart;

/// <summary>What the stacks give the chart is what the chart takes.</summary>
[Collection(PulumiTests.Name)]
public sealed class ReleaseValuesTests(Environments environments)
{
    [Theory]
    [InlineData("dev", "control-plane", "kind: Job", "type: LoadBalancer", "secretProviderClass: database", "aws-load-balancer-scheme: internal")]
    [InlineData("dev", "data-plane-eks", "kind: HorizontalPodAutoscaler", "type: LoadBalancer", "aws-load-balancer-ssl-cert", "value: \"0.0.0.0:8443 ssl\"")]
    [InlineData("dev", "data-plane-anywhere", "kind: StatefulSet", "type: NodePort", "nodePort: 30443", "name: credential-helper")]
    [InlineData("prod", "control-plane", "kind: Job", "replicas: 3", "secretProviderClass: database", "aws-load-balancer-scheme: internal")]
    [InlineData("prod", "data-plane-eks", "maxReplicas: 30", "type: LoadBalancer", "aws-load-balancer-ssl-cert", "aws-load-balancer-scheme: internet-facing")]
    [InlineData("prod", "data-plane-anywhere", "kind: StatefulSet", "type: NodePort", "nodePort: 30443", "name: credential-helper")]
    public async Task A_release_renders(string environment, string layer, params string[] expected)
    {
        Assert.SkipWhen(HelmProgram.Path is null, HelmProgram.Missing);
        var release = environments.OfType(environment, "kubernetes:helm.sh/v3:Release").Single(item => item.Stack.Layer == layer && item.Resource.Name is "gateway-release").Resource;
        using var folder = new TemporaryFolder();
        var values = folder.PathOf("values.json");
        await File.WriteAllTextAsync(values, JsonSerializer.Serialize(release.At("values")), TestContext.Current.CancellationToken);

        var run = await RunningProcess.RunAsync(HelmProgram.Path, ["template", release.Text("name"), Repository.PathOf("gateway", "chart"), "--namespace", release.Text("namespace"), "--values", values]);
        Assert.True(run.ExitCode is 0, run.Error);
        Assert.All(expected, text => Assert.Contains(text, run.Output, StringComparison.Ordinal));
        // The tunnels' certificate and the key file are where the settings say.
        Assert.Contains("{name: cluster-certificate, mountPath: /etc/secrets/cluster-certificate, readOnly: true}", run.Output, StringComparison.Ordinal);
        Assert.Contains("{name: keys, mountPath: /etc/secrets/keys, readOnly: true}", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("staging")]
    [InlineData("prod")]
    public void The_base_configuration_is_synchronised_by_a_job_that_alone_may_call_the_admin_api(string environment)
    {
        var job = environments.OfType(environment, "kubernetes:batch/v1:Job").Single(item => item.Resource.Name is "base-configuration-job");
        Assert.Equal("control-plane", job.Stack.Layer);
        var files = environments.OfType(environment, "kubernetes:core/v1:ConfigMap").Single(item => item.Resource.Name is "base-configuration-files").Resource;
        Assert.Equal(File.ReadAllText(Repository.PathOf("stacks", "base", environment, "base.yaml")), files.Text("data", "base.yaml"));

        var release = environments.OfType(environment, "kubernetes:helm.sh/v3:Release").Single(item => item.Stack.Layer is "control-plane" && item.Resource.Name is "gateway-release").Resource;
        Assert.Equal("configuration-sync", release.Text("values", "networkPolicy", "adminFrom", "0", "podSelector", "matchLabels", "app.kubernetes.io/component"));
        Assert.Equal("configuration-sync", job.Resource.Text("spec", "template", "metadata", "labels", "app.kubernetes.io/component"));
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("staging")]
    [InlineData("prod")]
    public void The_search_domain_lets_in_every_data_planes_role_before_it_is_there(string environment)
    {
        var file = environments.OfType(environment, "kubernetes:core/v1:ConfigMap").Single(item => item.Resource.Name is "search-setup-file");
        Assert.Equal("control-plane", file.Stack.Layer);
        var writers = JsonNode.Parse(file.Resource.Text("data", "setup.json")!)!["role_mappings"]!["gateway-logs-writer"]!["backend_roles"]!.AsArray().Select(role => ((string)role!).Split('/')[^1]);

        var roles = environments.OfType(environment, "aws:iam/role:Role").Where(item => item.Resource.Name is "identity-role" && item.Stack.Layer != "control-plane").Select(item => item.Resource.Text("name")!);
        Assert.Equal(roles.Order(StringComparer.Ordinal), writers.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_chart_is_found_from_the_programs_folder()
    {
        var release = environments.OfType("dev", "kubernetes:helm.sh/v3:Release").First(item => item.Resource.Name is "gateway-release").Resource;
        Assert.True(File.Exists(Path.Combine(Repository.PathOf("stacks"), release.Text("chart"), "Chart.yaml")));
    }
}
