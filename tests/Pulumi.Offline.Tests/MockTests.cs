using System.Collections.Immutable;
using Hybrid.PulumiOffline.Tests.Support;
using Pulumi;
using Pulumi.Aws.Ec2;
using Pulumi.Aws.Iam;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Utilities;

namespace Hybrid.PulumiOffline.Tests;

public sealed class MockTests
{
    [Fact]
    public async Task A_mock_sees_inputs_by_schema_name_and_in_the_wire_s_forms()
    {
        var mocks = new RecordingMocks();
        await Run.UpdateAsync(mocks, () => _ = new SecurityGroup("sg", new SecurityGroupArgs
        {
            VpcId = "vpc-1",
            Ingress =
            {
                new Pulumi.Aws.Ec2.Inputs.SecurityGroupIngressArgs { FromPort = 8005, ToPort = 8005, Protocol = "tcp", CidrBlocks = { "10.0.0.0/8" } },
            },
            Tags = { ["Name"] = "sg" },
        }));

        var inputs = mocks.Resource("sg").Inputs;
        Assert.Equal("aws:ec2/securityGroup:SecurityGroup", mocks.Resource("sg").Type);
        Assert.Equal("vpc-1", inputs["vpcId"]);
        var rule = Assert.IsType<ImmutableDictionary<string, object>>(Assert.Single(Assert.IsType<ImmutableArray<object>>(inputs["ingress"])));
        Assert.Equal(8005.0, rule["fromPort"]);
        Assert.Equal(["10.0.0.0/8"], Assert.IsType<ImmutableArray<object>>(rule["cidrBlocks"]));
        Assert.Equal("sg", Assert.IsType<ImmutableDictionary<string, object>>(inputs["tags"])["Name"]);
    }

    [Fact]
    public async Task Kubernetes_objects_say_their_kind_and_version()
    {
        var mocks = new RecordingMocks();
        await Run.UpdateAsync(mocks, () => _ = new Service("service", new ServiceArgs
        {
            Metadata = new ObjectMetaArgs { Namespace = "gateway", Labels = { { "app", "gateway" } } },
            Spec = new ServiceSpecArgs
            {
                Type = ServiceSpecType.LoadBalancer,
                Ports = { new ServicePortArgs { Port = 8443, TargetPort = "proxy-tls" } },
            },
        }));

        var inputs = mocks.Resource("service").Inputs;
        Assert.Equal("v1", inputs["apiVersion"]);
        Assert.Equal("Service", inputs["kind"]);
        var spec = Assert.IsType<ImmutableDictionary<string, object>>(inputs["spec"]);
        Assert.Equal("LoadBalancer", spec["type"]);
        var port = Assert.IsType<ImmutableDictionary<string, object>>(Assert.Single(Assert.IsType<ImmutableArray<object>>(spec["ports"])));
        Assert.Equal("proxy-tls", port["targetPort"]);
    }

    [Fact]
    public async Task A_policy_document_may_be_a_text_or_an_output()
    {
        var mocks = new RecordingMocks();
        await Run.UpdateAsync(mocks, () =>
        {
            var role = new Role("role", new RoleArgs { AssumeRolePolicy = "{}" });
            _ = new RolePolicy("policy", new RolePolicyArgs { Role = role.Id, Policy = role.Arn.Apply(arn => $"allow {arn}") });
        });

        Assert.Equal("{}", mocks.Resource("role").Inputs["assumeRolePolicy"]);
        Assert.Equal("role-id", mocks.Resource("policy").Inputs["role"]);
        Assert.Equal("allow ", mocks.Resource("policy").Inputs["policy"]);
    }

    [Fact]
    public async Task The_answer_of_a_mock_becomes_the_outputs()
    {
        var mocks = new RecordingMocks { Extra = _ => ImmutableDictionary<string, object>.Empty.Add("arn", "arn:aws:vpc").Add("enableDnsSupport", true) };
        var resources = await Run.UpdateAsync(mocks, () => _ = new Vpc("vpc", new VpcArgs { CidrBlock = "10.0.0.0/16" }));

        var vpc = Assert.Single(resources.OfType<Vpc>());
        Assert.Equal("vpc-id", await OutputUtilities.GetValueAsync(vpc.Id));
        Assert.Equal("arn:aws:vpc", await OutputUtilities.GetValueAsync(vpc.Arn));
        Assert.Equal("10.0.0.0/16", await OutputUtilities.GetValueAsync(vpc.CidrBlock));
        Assert.True(await OutputUtilities.GetValueAsync(vpc.EnableDnsSupport));
    }
}
