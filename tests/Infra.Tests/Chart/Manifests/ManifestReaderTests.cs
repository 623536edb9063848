namespace Hybrid.Infra.Tests.Chart.Manifests;

/// <summary>That the reader refuses what an API server would.</summary>
public sealed class ManifestReaderTests
{
    [Theory]
    [InlineData("an unknown field", "spec: {replica: 2}")]
    [InlineData("a number where a text belongs", "metadata: {labels: {version: 1}}")]
    [InlineData("a bare word that YAML reads as a truth value", "metadata: {labels: {scrape: on}}")]
    [InlineData("a text where a number belongs", "spec: {replicas: two}")]
    public void An_object_that_an_api_server_refuses_is_refused(string _, string field)
    {
        var problem = Assert.Throws<FormatException>(() => ManifestReader.Read($"apiVersion: apps/v1\nkind: Deployment\n{field}\n"));
        Assert.StartsWith("apps/v1/Deployment", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kind_that_is_not_known_is_refused() =>
        Assert.Throws<FormatException>(() => ManifestReader.Read("apiVersion: apps/v1\nkind: Deploiment\n"));

    [Fact]
    public void An_octal_mode_and_a_quantity_are_read_as_kubernetes_does()
    {
        var pod = (k8s.Models.V1Pod)Assert.Single(ManifestReader.Read(
            "{apiVersion: v1, kind: Pod, spec: {containers: [{name: a, resources: {limits: {memory: 1Gi}}}], volumes: [{name: b, secret: {defaultMode: 0440}}]}}")).Object;
        Assert.Equal(288, pod.Spec.Volumes[0].Secret.DefaultMode);
        Assert.Equal(1024 * 1024 * 1024, pod.Spec.Containers[0].Resources.Limits["memory"].ToInt64());
    }
}
