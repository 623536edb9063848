using Hybrid.PulumiOffline.Tests.Support;
using Pulumi;
using Pulumi.Aws.Ec2;
using Pulumi.Testing;

namespace Hybrid.PulumiOffline.Tests;

public sealed class FailureTests
{
    [Fact]
    public async Task A_missing_required_argument_is_named()
    {
        var failure = await Assert.ThrowsAsync<RunException>(() => Run.UpdateAsync(
            new RecordingMocks(), () => _ = new Pulumi.Aws.Eks.Cluster("cluster", new Pulumi.Aws.Eks.ClusterArgs { RoleArn = "arn" })));

        Assert.Contains("[Input] Pulumi.Aws.Eks.ClusterArgs.VpcConfig is required but was not given a value", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_required_argument_inside_another_is_named()
    {
        var failure = await Assert.ThrowsAsync<RunException>(() => Run.UpdateAsync(
            new RecordingMocks(),
            () => _ = new SecurityGroup("sg", new SecurityGroupArgs { Ingress = { new Pulumi.Aws.Ec2.Inputs.SecurityGroupIngressArgs { FromPort = 1, ToPort = 2 } } })));

        Assert.Contains("SecurityGroupIngressArgs.Protocol is required but was not given a value", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_resources_of_one_name_are_refused()
    {
        var failure = await Assert.ThrowsAsync<RunException>(() => Run.UpdateAsync(new RecordingMocks(), () =>
        {
            _ = new Vpc("vpc");
            _ = new Vpc("vpc");
        }));

        Assert.Equal("Duplicate resource URN 'urn:pulumi:stack::project::aws:ec2/vpc:Vpc::vpc'; try giving it a unique name", failure.Message);
    }

    [Fact]
    public async Task Two_resources_of_one_name_in_components_of_different_types_are_two()
    {
        var mocks = new RecordingMocks();
        await Run.UpdateAsync(mocks, () =>
        {
            _ = new Vpc("vpc", null, new CustomResourceOptions { Parent = new ComponentResource("hybrid:a:A", "a") });
            _ = new Vpc("vpc", null, new CustomResourceOptions { Parent = new ComponentResource("hybrid:b:B", "b") });
        });

        Assert.Equal(2, mocks.Resources.Count(resource => resource.Name == "vpc"));
    }

    [Fact]
    public async Task A_failing_apply_fails_the_run_though_nobody_reads_its_result()
    {
        var failure = await Assert.ThrowsAsync<RunException>(() => Run.UpdateAsync(
            new RecordingMocks(), () => new Vpc("vpc").Id.Apply(id => id.Length > 0 ? throw new InvalidOperationException("boom") : id)));

        Assert.Contains("failed with an unhandled exception", failure.Message, StringComparison.Ordinal);
        Assert.Contains("boom", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_is_reported_once_however_many_resources_depend_on_it()
    {
        var failure = await Assert.ThrowsAsync<RunException>(() => Run.UpdateAsync(new FailingMocks(), () =>
        {
            var vpc = new Vpc("vpc");
            var subnet = new Subnet("subnet", new SubnetArgs { VpcId = vpc.Id });
            _ = new Eip("eip", null, new CustomResourceOptions { DependsOn = { vpc, subnet } });
        }));

        Assert.Contains("no quota", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_failures_are_reported_together()
    {
        var failure = await Assert.ThrowsAsync<AggregateException>(() => Run.UpdateAsync(new RecordingMocks(), () =>
        {
            Log.Error("first");
            Log.Error("second");
        }));

        Assert.Equal(["first", "second"], failure.InnerExceptions.Cast<RunException>().Select(exception => exception.Message));
    }

    [Fact]
    public async Task A_run_exception_is_shown_without_a_stack_trace()
    {
        var failure = await Assert.ThrowsAsync<RunException>(() => Run.UpdateAsync(new RecordingMocks(), () => throw new RunException("plain words")));

        Assert.Equal("plain words", failure.Message);
    }

    [Fact]
    public async Task A_value_that_no_provider_understands_is_named()
    {
        var failure = await Assert.ThrowsAsync<RunException>(() => Run.UpdateAsync(new RecordingMocks(), () => _ = new Pulumi.Kubernetes.Helm.V3.Release(
            "release", new Pulumi.Kubernetes.Types.Inputs.Helm.V3.ReleaseArgs { Chart = "./chart", Values = { ["when"] = DateTimeOffset.UnixEpoch } })));

        Assert.Contains("System.DateTimeOffset is not a supported argument type.", failure.Message, StringComparison.Ordinal);
        Assert.Contains("values.when", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_alias_that_contradicts_itself_is_refused()
    {
        var failure = await Assert.ThrowsAsync<RunException>(() => Run.UpdateAsync(
            new RecordingMocks(), () => _ = new Vpc("vpc", null, new CustomResourceOptions { Aliases = { new Alias { Urn = "urn", Name = "old" } } })));

        Assert.Contains("Alias should not specify both Urn and Name", failure.Message, StringComparison.Ordinal);
    }

    private sealed class FailingMocks : IMocks
    {
        public Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args)
            => args.Name == "vpc" ? throw new InvalidOperationException("no quota") : Task.FromResult<(string?, object)>((args.Name, args.Inputs));

        public Task<object> CallAsync(MockCallArgs args) => throw new NotSupportedException();
    }
}
