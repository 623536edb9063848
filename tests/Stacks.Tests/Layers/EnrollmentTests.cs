using System.Text.Json;
using Hybrid.Stacks.Preview;
using Hybrid.Stacks.Tests.Support;
using Hybrid.Testing;

namespace Hybrid.Stacks.Tests.Layers;

/// <summary>Data planes that enrol with a token, by configuration alone.</summary>
[Collection(PulumiTests.Name)]
public sealed class EnrollmentTests(Environments environments) : IDisposable
{
    private readonly Clone _clone = new();

    public void Dispose() => _clone.Dispose();

    [Fact]
    public void Off_by_default_no_pod_has_the_key_that_signs()
    {
        var release = environments.OfType("prod", "kubernetes:helm.sh/v3:Release").Single(item => item.Stack.Layer is "control-plane" && item.Resource.Name is "gateway-release").Resource;

        Assert.Null(release.At("values", "clusterenrollment"));
        Assert.Null(release.At("values", "env", "cluster_ca_key"));
        Assert.DoesNotContain(environments.OfType("prod", "kubernetes:core/v1:Secret"), item => item.Resource.Name.Contains("enrollment", StringComparison.Ordinal));
    }

    [Fact]
    public async Task On_it_has_an_internal_load_balancer_a_name_in_the_certificate_and_the_key()
    {
        _clone.Replace("control-plane.dev", "  hybrid:tunnel:\n", "  hybrid:tunnel:\n    enrollment:\n      kind: internal\n      allowedCidrs: [10.10.0.0/16]\n");

        var environment = await EnvironmentPreview.RunAsync("dev", _clone.Root);

        var resources = environment.Stacks.Single(stack => stack.Layer is "control-plane").Resources;
        var release = resources.Single(resource => resource is { Type: "kubernetes:helm.sh/v3:Release", Name: "gateway-release" });
        Assert.Equal("internal", release.At("values", "clusterenrollment", "annotations", "service.beta.kubernetes.io/aws-load-balancer-scheme"));
        Assert.Equal("10.10.0.0/16", release.At("values", "clusterenrollment", "loadBalancerSourceRanges", "0"));
        Assert.Equal("enrollment.dev.gateway.example.com:8004", release.At("values", "env", "cluster_enroll_endpoint"));
        Assert.Equal("/etc/secrets/control-plane-enrollment-ca/tls.key", release.At("values", "env", "cluster_ca_key"));
        Assert.Contains(resources, resource => resource.Type is "kubernetes:core/v1:Secret" && resource.Text("metadata", "name") is "control-plane-enrollment-ca");
        var request = resources.Single(resource => resource is { Type: "tls:index/certRequest:CertRequest", Name: "tunnel-control-plane" });
        Assert.Equal("enrollment.dev.gateway.example.com", request.At("dnsNames", "2"));

        Assert.SkipWhen(HelmProgram.Path is null, HelmProgram.Missing);
        using var folder = new TemporaryFolder();
        var values = folder.PathOf("values.json");
        await File.WriteAllTextAsync(values, JsonSerializer.Serialize(release.At("values")), TestContext.Current.CancellationToken);
        var run = await RunningProcess.RunAsync(HelmProgram.Path, ["template", "control-plane", Repository.PathOf("gateway", "chart"), "--values", values]);
        Assert.True(run.ExitCode is 0, run.Error);
        Assert.Contains("name: control-plane-clusterenrollment", run.Output, StringComparison.Ordinal);
        Assert.Contains("mountPath: /etc/secrets/control-plane-enrollment-ca, readOnly: true", run.Output, StringComparison.Ordinal);
    }
}
