using System.Collections.Immutable;
using Hybrid.PulumiOffline.Tests.Support;
using Pulumi;
using Pulumi.Aws.Ec2;
using Pulumi.Aws.Iam;
using Pulumi.Kubernetes.Helm.V3;
using Pulumi.Kubernetes.Types.Inputs.Helm.V3;
using Pulumi.Utilities;

namespace Hybrid.PulumiOffline.Tests;

public sealed class SerializationTests
{
    [Fact]
    public async Task A_typed_policy_document_is_an_object_of_iam_s_names()
    {
        var mocks = new RecordingMocks();
        await Run.UpdateAsync(mocks, () => _ = new Role("role", new RoleArgs
        {
            AssumeRolePolicy = new Pulumi.Aws.Iam.Inputs.PolicyDocumentArgs
            {
                Version = PolicyDocumentVersion.PolicyDocumentVersion_2012_10_17,
                Statement =
                {
                    new Pulumi.Aws.Iam.Inputs.PolicyStatementArgs { Effect = PolicyStatementEffect.ALLOW, Action = ImmutableArray.Create("sts:AssumeRole", "sts:TagSession") },
                },
            },
        }));

        var document = (ImmutableDictionary<string, object>)mocks.Resource("role").Inputs["assumeRolePolicy"];
        Assert.Equal("2012-10-17", document["Version"]);
        var statement = (ImmutableDictionary<string, object>)((ImmutableArray<object>)document["Statement"])[0];
        Assert.Equal("Allow", statement["Effect"]);
        Assert.Equal(["sts:AssumeRole", "sts:TagSession"], (ImmutableArray<object>)statement["Action"]);
    }

    [Fact]
    public async Task Helm_values_may_nest_plain_values_and_outputs()
    {
        var mocks = new RecordingMocks();
        await Run.UpdateAsync(mocks, () => _ = new Release("release", new ReleaseArgs
        {
            Chart = "./chart",
            Values = new InputMap<object>
            {
                ["replicas"] = 2,
                ["env"] = new Dictionary<string, object>(StringComparer.Ordinal) { ["role"] = "control_plane", ["vpc"] = new Vpc("vpc").Id },
                ["ports"] = new[] { 8005, 8006 },
            },
            ValueYamlFiles = { new StringAsset("a: 1") },
        }));

        var inputs = mocks.Resource("release").Inputs;
        Assert.Equal("true", inputs["compat"]);
        var values = (ImmutableDictionary<string, object>)inputs["values"];
        Assert.Equal(2.0, values["replicas"]);
        Assert.Equal("vpc-id", ((ImmutableDictionary<string, object>)values["env"])["vpc"]);
        Assert.Equal([8005.0, 8006.0], ((ImmutableArray<object>)values["ports"]).Cast<double>());
        Assert.IsType<StringAsset>(((ImmutableArray<object>)inputs["valueYamlFiles"])[0]);
    }

    [Fact]
    public async Task A_custom_kubernetes_object_has_its_own_type_token()
    {
        var mocks = new RecordingMocks();
        await Run.UpdateAsync(mocks, () => _ = new Pulumi.Kubernetes.ApiExtensions.CustomResource("cluster", new ClusterArgs
        {
            Metadata = new Pulumi.Kubernetes.Types.Inputs.Meta.V1.ObjectMetaArgs { Name = "factory1" },
            Spec = new InputMap<object> { ["kubernetesVersion"] = "1.34" },
        }));

        var asked = mocks.Resource("cluster");
        Assert.Equal("kubernetes:anywhere.eks.amazonaws.com/v1alpha1:Cluster", asked.Type);
        Assert.Equal("anywhere.eks.amazonaws.com/v1alpha1", asked.Inputs["apiVersion"]);
        Assert.Equal("1.34", ((ImmutableDictionary<string, object>)asked.Inputs["spec"])["kubernetesVersion"]);
    }

    [Fact]
    public async Task A_lookup_reads_by_id()
    {
        var mocks = new RecordingMocks();
        await Run.UpdateAsync(mocks, () =>
        {
            _ = Vpc.Get("existing", "vpc-42", new VpcState { CidrBlock = "10.0.0.0/8" });
            _ = Pulumi.Kubernetes.Core.V1.Secret.Get("secret", "gateway/tls");
        });

        Assert.Equal("vpc-42", mocks.Resource("existing").Id);
        Assert.Equal("10.0.0.0/8", mocks.Resource("existing").Inputs["cidrBlock"]);
        Assert.Equal("gateway/tls", mocks.Resource("secret").Id);
    }

    [Fact]
    public async Task Nested_outputs_are_typed()
    {
        var mocks = new RecordingMocks
        {
            Extra = args => args.Name == "service"
                ? ImmutableDictionary<string, object>.Empty.Add("status", ImmutableDictionary<string, object>.Empty.Add(
                    "loadBalancer", ImmutableDictionary<string, object>.Empty.Add(
                        "ingress", ImmutableArray.Create<object>(ImmutableDictionary<string, object>.Empty.Add("hostname", "nlb.example")))))
                : ImmutableDictionary<string, object>.Empty,
        };
        Pulumi.Kubernetes.Core.V1.Service? service = null;
        await Run.UpdateAsync(mocks, () => service = new Pulumi.Kubernetes.Core.V1.Service("service"));

        Assert.Equal("nlb.example", await OutputUtilities.GetValueAsync(service!.Status.Apply(status => status.LoadBalancer.Ingress[0].Hostname)));
    }

    [Fact]
    public async Task An_answer_of_another_type_is_dropped()
    {
        var mocks = new RecordingMocks { Extra = _ => ImmutableDictionary<string, object>.Empty.Add("arn", 1.0) };
        Vpc? vpc = null;
        await Run.UpdateAsync(mocks, () => vpc = new Vpc("vpc"));

        Assert.Null(await OutputUtilities.GetValueAsync(vpc!.Arn));
    }

    private sealed class ClusterArgs : Pulumi.Kubernetes.ApiExtensions.CustomResourceArgs
    {
        public ClusterArgs()
            : base("anywhere.eks.amazonaws.com/v1alpha1", "Cluster")
        {
        }

        [Input("spec")]
        public InputMap<object>? Spec { get; set; }
    }
}
