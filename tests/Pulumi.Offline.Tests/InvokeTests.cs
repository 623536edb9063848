using System.Collections.Immutable;
using Hybrid.PulumiOffline.Tests.Support;
using Pulumi;
using Pulumi.Aws;
using Pulumi.Aws.Ec2;
using Pulumi.Aws.Iam;
using Pulumi.Aws.Iam.Inputs;
using Pulumi.Utilities;

namespace Hybrid.PulumiOffline.Tests;

public sealed class InvokeTests
{
    [Fact]
    public async Task A_function_s_arguments_and_result_go_by_schema_names()
    {
        var mocks = new RecordingMocks { Call = _ => ImmutableDictionary<string, object>.Empty.Add("json", "{}").Add("id", "1") };
        Output<GetPolicyDocumentResult>? result = null;
        await Run.UpdateAsync(mocks, () => result = GetPolicyDocument.Invoke(new GetPolicyDocumentInvokeArgs
        {
            Statements = { new GetPolicyDocumentStatementInputArgs { Effect = "Allow", Actions = { "sts:AssumeRole" } } },
        }));

        var call = Assert.Single(mocks.Calls);
        Assert.Equal("aws:iam/getPolicyDocument:getPolicyDocument", call.Token);
        var statement = Assert.IsType<ImmutableDictionary<string, object>>(Assert.Single((ImmutableArray<object>)call.Args["statements"]));
        Assert.Equal("Allow", statement["effect"]);
        Assert.Equal("{}", (await OutputUtilities.GetValueAsync(result!)).Json);
    }

    [Fact]
    public async Task A_function_is_not_called_with_unknown_arguments()
    {
        var mocks = new RecordingMocks();
        Output<Pulumi.Aws.Eks.GetClusterResult>? result = null;
        await Run.PreviewAsync(mocks, () => result = Pulumi.Aws.Eks.GetCluster.Invoke(new Pulumi.Aws.Eks.GetClusterInvokeArgs { Name = new Vpc("vpc").Arn }));

        Assert.Empty(mocks.Calls);
        Assert.False(await OutputUtilities.GetIsKnownAsync(result!));
    }

    [Fact]
    public async Task A_result_depends_on_the_resources_of_the_arguments()
    {
        Vpc? vpc = null;
        Output<Pulumi.Aws.Eks.GetClusterAuthResult>? result = null;
        await Run.UpdateAsync(new RecordingMocks(), () =>
        {
            vpc = new Vpc("vpc");
            result = Pulumi.Aws.Eks.GetClusterAuth.Invoke(new Pulumi.Aws.Eks.GetClusterAuthInvokeArgs { Name = vpc.Id });
        });

        Assert.Equal([vpc!], await OutputUtilities.GetDependenciesAsync(result!));
        Assert.Equal("vpc-id", (await OutputUtilities.GetValueAsync(result!)).Name);
    }

    [Fact]
    public async Task A_function_can_be_awaited_inside_a_run()
    {
        var mocks = new RecordingMocks
        {
            Call = _ => ImmutableDictionary<string, object>.Empty.Add("names", ImmutableArray.Create<object>("eu-west-1a", "eu-west-1b")),
        };
        ImmutableArray<string> names = [];
        await Deployment.TestAsync(mocks, Run.Update, async () =>
            names = (await GetAvailabilityZones.InvokeAsync(new GetAvailabilityZonesArgs { State = "available" })).Names);

        Assert.Equal(["eu-west-1a", "eu-west-1b"], names);
        Assert.Equal("available", Assert.Single(mocks.Calls).Args["state"]);
    }

    [Fact]
    public async Task A_missing_required_argument_of_a_function_is_named()
    {
        var failure = await Assert.ThrowsAsync<RunException>(() => Run.UpdateAsync(
            new RecordingMocks(), () => Pulumi.Aws.Eks.GetClusterAuth.Invoke(new Pulumi.Aws.Eks.GetClusterAuthInvokeArgs())));

        Assert.Contains("[Input] Pulumi.Aws.Eks.GetClusterAuthInvokeArgs.Name is required but was not given a value", failure.Message, StringComparison.Ordinal);
    }
}
