using System.Text.Json;
using System.Text.Json.Nodes;
using Hybrid.Infra.Gateway;
using Hybrid.Infra.Search;
using Hybrid.Infra.Tests.Chart.Manifests;
using Hybrid.Infra.Tests.Support;
using Hybrid.Infra.Validation;
using k8s.Models;
using Pulumi;

namespace Hybrid.Infra.Tests.Gateway;

[Collection(PulumiTests.Name)]
public sealed class SearchSetupTests
{
    private const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private const string Admin = "arn:aws:iam::111111111111:role/search-admin";

    [Fact]
    public async Task The_job_applies_the_file_as_the_domains_administrator()
    {
        var mocks = await RunAsync(retention: 30);

        var pod = Object<V1Job>(mocks, "kubernetes:batch/v1:Job", "setup-job").Spec.Template.Spec;
        var container = Assert.Single(pod.Containers);
        Assert.Equal(
            ["search-setup", "--endpoint", "vpc-logs.eu-central-1.es.amazonaws.com", "--region", "eu-central-1", "--file", "/etc/gateway/search/setup.json", "--wait", "300"],
            container.Args);
        var file = Object<V1ConfigMap>(mocks, "kubernetes:core/v1:ConfigMap", "setup-file");
        Assert.Equal(file.Metadata.Name, Assert.Single(pod.Volumes).ConfigMap.Name);
        Assert.True(file.Immutable);
        var account = Object<V1ServiceAccount>(mocks, "kubernetes:core/v1:ServiceAccount", "setup-account");
        Assert.Equal(account.Metadata.Name, pod.ServiceAccountName);
        var identity = (JsonObject)JsonSerializer.SerializeToNode(mocks.Inputs("aws:eks/podIdentityAssociation:PodIdentityAssociation", "setup-identity"))!;
        Assert.Equal((account.Metadata.Name, account.Metadata.NamespaceProperty, Admin), ((string?)identity["serviceAccount"], (string?)identity["namespace"], (string?)identity["roleArn"]));
    }

    [Fact]
    public async Task Its_pod_is_admitted_by_a_restricted_namespace_and_writes_nowhere()
    {
        var pod = Object<V1Job>(await RunAsync(retention: 30), "kubernetes:batch/v1:Job", "setup-job").Spec.Template.Spec;

        Assert.Empty(RestrictedProfile.Violations(pod));
        Assert.False(pod.AutomountServiceAccountToken);
        Assert.True(pod.Containers[0].SecurityContext.ReadOnlyRootFilesystem);
        Assert.All(pod.Containers[0].VolumeMounts, mount => Assert.True(mount.ReadOnlyProperty));
    }

    [Fact]
    public async Task It_reaches_the_domain_its_credentials_and_names_and_nothing_else()
    {
        var mocks = await RunAsync(retention: 30);

        var policy = Object<V1NetworkPolicy>(mocks, "kubernetes:networking.k8s.io/v1:NetworkPolicy", "setup-network");
        Assert.Equal(["Ingress", "Egress"], policy.Spec.PolicyTypes);
        Assert.Null(policy.Spec.Ingress);
        Assert.Equal(
            ["10.40.0.0/16:443", "169.254.170.23/32:80", ":53,53"],
            policy.Spec.Egress.Select(rule => $"{rule.To?.Single().IpBlock.Cidr}:{string.Join(',', rule.Ports.Select(port => port.Port.Value))}"));
        Assert.Equal(Object<V1Job>(mocks, "kubernetes:batch/v1:Job", "setup-job").Spec.Template.Metadata.Labels, policy.Spec.PodSelector.MatchLabels);
    }

    [Fact]
    public async Task A_changed_setup_is_another_job_and_the_same_the_same()
    {
        var first = Name(await RunAsync(retention: 30));

        Assert.Equal(first, Name(await RunAsync(retention: 30)));
        Assert.NotEqual(first, Name(await RunAsync(retention: 90)));

        static string Name(EchoMocks mocks) => Object<V1Job>(mocks, "kubernetes:batch/v1:Job", "setup-job").Metadata.Name;
    }

    [Fact]
    public void Writers_write_and_read_nothing_and_logs_go_after_their_days()
    {
        var setup = JsonNode.Parse(Setup(retention: 45).ToJson())!;

        Assert.Equal(["arn:aws:iam::111111111111:role/cloud"], setup["role_mappings"]!["gateway-logs-writer"]!["backend_roles"]!.AsArray().Select(role => (string?)role));
        var actions = setup["roles"]!["gateway-logs-writer"]!["index_permissions"]![0]!["allowed_actions"]!.AsArray().Select(action => (string?)action).ToList();
        Assert.NotEmpty(actions);
        Assert.All(actions, action => Assert.Matches("^indices:(data/write/(index|bulk\\*)|admin/(auto_create|mapping/put))$", action));
        var states = setup["policies"]!["gateway-requests"]!["states"]!.AsArray();
        Assert.Equal("45d", (string?)states[0]!["transitions"]![0]!["conditions"]!["min_index_age"]);
        Assert.NotNull(states[1]!["actions"]![0]!["delete"]);
        Assert.Equal(setup["policies"]!["gateway-requests"]!["ism_template"]![0]!["index_patterns"]!.ToJsonString(), setup["index_templates"]!["gateway-requests"]!["index_patterns"]!.ToJsonString());
    }

    [Fact]
    public void A_retention_without_end_and_a_setup_without_writers_are_refused_by_name()
    {
        Assert.Equal("retention", Assert.Throws<InvalidArgumentsException>(() => Setup(retention: 0).ToJson()).Field);
        Assert.Equal("retention", Assert.Throws<InvalidArgumentsException>(() => Setup(retention: 3651).ToJson()).Field);
        Assert.Equal("writers", Assert.Throws<InvalidArgumentsException>(() => (Setup(retention: 1) with { Writers = [] }).ToJson()).Field);
    }

    private static RequestLogSetup Setup(int retention) => new() { Writers = ["arn:aws:iam::111111111111:role/cloud"], Retention = retention };

    private static async Task<EchoMocks> RunAsync(int retention)
    {
        var mocks = new EchoMocks();
        await Components.RunAsync(mocks, () => new SearchSetup("setup", new SearchSetupArgs
        {
            Namespace = "gateway-control-plane",
            Image = new GatewayImage { Repository = "registry.example.com/gateway", Tag = "1.0.0", Digest = Digest },
            ClusterName = "hybrid-dev",
            Region = "eu-central-1",
            Endpoint = "vpc-logs.eu-central-1.es.amazonaws.com",
            AdminRoleArn = Admin,
            DomainCidr = "10.40.0.0/16",
            Setup = Setup(retention),
        }, new ComponentResourceOptions()));
        return mocks;
    }

    private static T Object<T>(EchoMocks mocks, string type, string name) =>
        (T)ManifestReader.Object((JsonObject)JsonSerializer.SerializeToNode(mocks.Inputs(type, name))!).Object;
}
