using System.Text.Json;
using System.Text.Json.Nodes;
using Hybrid.Infra.Gateway;
using Hybrid.Infra.Tests.Chart.Manifests;
using Hybrid.Infra.Tests.Support;
using Hybrid.Infra.Validation;
using Hybrid.Testing;
using k8s.Models;
using Pulumi;

namespace Hybrid.Infra.Tests.Gateway;

[Collection(PulumiTests.Name)]
public sealed class ConfigurationSyncTests
{
    private const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Fact]
    public async Task The_job_runs_the_gateways_image_with_the_files_against_the_admin_api_inside()
    {
        using var clone = new TemporaryFolder();
        Write(clone, "base.yaml", "_format_version: '3.0'\n");
        var mocks = await RunAsync(clone);

        var job = Object<V1Job>(mocks, "kubernetes:batch/v1:Job", "base-job");
        var pod = job.Spec.Template.Spec;
        var container = Assert.Single(pod.Containers);
        Assert.Equal($"registry.example.com/gateway@{Digest}", container.Image);
        Assert.Equal(
            ["config", "sync", "/etc/gateway/configuration", "--admin-url", "http://control-plane-admin:8001", "--token-file", "/etc/gateway/admin-token/token", "--select-tag", "base", "--wait", "300"],
            container.Args);
        var files = Object<V1ConfigMap>(mocks, "kubernetes:core/v1:ConfigMap", "base-files");
        Assert.Equal(files.Metadata.Name, pod.Volumes.Single(volume => volume.Name == container.VolumeMounts.Single(mount => mount.MountPath == "/etc/gateway/configuration").Name).ConfigMap.Name);
        Assert.Equal("control-plane-admin-token", pod.Volumes.Single(volume => volume.Name == container.VolumeMounts.Single(mount => mount.MountPath == "/etc/gateway/admin-token").Name).Secret.SecretName);
        Assert.Equal("_format_version: '3.0'\n", files.Data["base.yaml"]);
        Assert.True(files.Immutable);
        Assert.True(job.Spec.ActiveDeadlineSeconds > 900);
    }

    [Fact]
    public async Task Its_pod_is_admitted_by_a_restricted_namespace_and_writes_nowhere()
    {
        using var clone = new TemporaryFolder();
        Write(clone, "base.yaml", "a");
        var pod = Object<V1Job>(await RunAsync(clone), "kubernetes:batch/v1:Job", "base-job").Spec.Template.Spec;

        Assert.Empty(RestrictedProfile.Violations(pod));
        Assert.False(pod.AutomountServiceAccountToken);
        Assert.True(pod.Containers[0].SecurityContext.ReadOnlyRootFilesystem);
        Assert.All(pod.Containers[0].VolumeMounts, mount => Assert.True(mount.ReadOnlyProperty));
    }

    [Fact]
    public async Task It_reaches_the_admin_api_and_nothing_else_and_is_whom_the_chart_lets_in()
    {
        using var clone = new TemporaryFolder();
        Write(clone, "base.yaml", "a");
        var mocks = await RunAsync(clone);

        var policy = Object<V1NetworkPolicy>(mocks, "kubernetes:networking.k8s.io/v1:NetworkPolicy", "base-network");
        Assert.Equal(["Ingress", "Egress"], policy.Spec.PolicyTypes);
        Assert.Null(policy.Spec.Ingress);
        Assert.Equal(["8001", "53", "53"], policy.Spec.Egress.SelectMany(rule => rule.Ports).Select(port => port.Port.Value));
        var labels = Object<V1Job>(mocks, "kubernetes:batch/v1:Job", "base-job").Spec.Template.Metadata.Labels;
        Assert.Equal(labels, policy.Spec.PodSelector.MatchLabels);
        var admitted = JsonSerializer.SerializeToNode(ConfigurationSync.AdmittingNetworkPolicy)!["adminFrom"]![0]!["podSelector"]!["matchLabels"]!.AsObject();
        Assert.All(admitted, label => Assert.Equal((string?)label.Value, labels[label.Key]));
    }

    [Fact]
    public async Task Changed_files_are_another_job_and_the_same_files_the_same()
    {
        using var clone = new TemporaryFolder();
        Write(clone, "base.yaml", "a\n");
        var first = Name(await RunAsync(clone));
        Write(clone, "base.yaml", "a\r\n");
        var same = Name(await RunAsync(clone));
        Write(clone, "base.yaml", "b\n");
        var changed = Name(await RunAsync(clone));
        Write(clone, "more.yaml", "");
        var more = Name(await RunAsync(clone));

        Assert.Equal(first, same);
        Assert.Equal(3, new[] { first, changed, more }.Distinct(StringComparer.Ordinal).Count());

        static string Name(EchoMocks mocks) => Object<V1Job>(mocks, "kubernetes:batch/v1:Job", "base-job").Metadata.Name;
    }

    [Fact]
    public void A_folder_that_is_missing_empty_or_too_large_is_refused_by_name()
    {
        using var clone = new TemporaryFolder();
        Assert.Equal(("files", "there is no folder 'stacks/base/dev'"), (Refusal(clone).Field, Refusal(clone).Problem));
        Assert.Equal("'../elsewhere' is outside of the repository", Refusal(clone, "../elsewhere").Problem);
        Directory.CreateDirectory(clone.PathOf("stacks/base/dev"));
        Assert.Equal("there is no declarative file in 'stacks/base/dev'", Refusal(clone).Problem);
        Write(clone, "base.yaml", new string('a', 2_000_000));
        Assert.Equal("the 2000000 bytes of 'stacks/base/dev' do not fit into a ConfigMap", Refusal(clone).Problem);

        static InvalidArgumentsException Refusal(TemporaryFolder clone, string folder = "stacks/base/dev") =>
            Assert.Throws<InvalidArgumentsException>(() => DeclarativeFolder.In(clone.PathOf("."), folder, "files"));
    }

    private static DeclarativeFolder Files(TemporaryFolder clone) => DeclarativeFolder.In(clone.PathOf("."), "stacks/base/dev", "files");

    private static void Write(TemporaryFolder clone, string name, string text)
    {
        Directory.CreateDirectory(clone.PathOf("stacks/base/dev"));
        File.WriteAllText(clone.PathOf($"stacks/base/dev/{name}"), text);
    }

    private static async Task<EchoMocks> RunAsync(TemporaryFolder clone)
    {
        var mocks = new EchoMocks();
        await Components.RunAsync(mocks, () => new ConfigurationSync("base", new ConfigurationSyncArgs
        {
            Namespace = "gateway-control-plane",
            Release = "control-plane",
            Image = new GatewayImage { Repository = "registry.example.com/gateway", Tag = "1.0.0", Digest = Digest },
            TokenSecret = "control-plane-admin-token",
            Files = Files(clone),
        }, new ComponentResourceOptions()));
        return mocks;
    }

    private static T Object<T>(EchoMocks mocks, string type, string name) =>
        (T)ManifestReader.Object((JsonObject)JsonSerializer.SerializeToNode(mocks.Inputs(type, name))!).Object;
}
