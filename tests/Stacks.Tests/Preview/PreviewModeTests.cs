using System.Collections.Immutable;
using Hybrid.Stacks.Preview;
using Hybrid.Stacks.Tests.Support;
using Hybrid.Testing;

namespace Hybrid.Stacks.Tests.Preview;

[Collection(PulumiTests.Name)]
public sealed class PreviewModeTests(Environments environments)
{
    [Theory]
    [InlineData("dev")]
    [InlineData("staging")]
    [InlineData("prod")]
    public async Task Both_modes_ask_for_the_same_resources(string environment)
    {
        var preview = await EnvironmentPreview.RunAsync(environment, Repository.Root, PreviewMode.Preview);
        Assert.Equal(
            environments.Resources(environment).Select(item => item.Resource.Urn),
            preview.Stacks.SelectMany(stack => stack.Resources).Select(resource => resource.Urn));
    }

    [Fact]
    public async Task What_a_provider_computes_is_unknown_in_a_preview()
    {
        var stack = (await EnvironmentPreview.RunAsync("dev", Repository.Root, PreviewMode.Preview)).Stacks.Single(stack => stack.Layer is "foundation");

        var subnet = stack.Resources.First(resource => resource.Type is "aws:ec2/subnet:Subnet");
        Assert.Equal(["vpcId"], subnet.Unknown);
        Assert.NotNull(subnet.At("cidrBlock"));
        Assert.Null(subnet.Id);
        Assert.Equal(PreviewedStack.Unknown, stack.Outputs["vpcId"]);
        Assert.Equal("10.20.0.0/16", stack.Outputs["vpcCidr"]);
    }

    [Fact]
    public void A_resource_created_inside_apply_is_refused_by_name()
    {
        var updated = environments["dev"].Stacks[0];
        var previewed = updated with { Resources = updated.Resources.RemoveRange(updated.Resources.Where(resource => resource.Type is "aws:kms/alias:Alias").ToImmutableArray()) };

        var problem = Assert.Throws<PreviewException>(() => ModeComparison.Of(updated, previewed, PreviewMode.Update));
        Assert.StartsWith("foundation.dev: aws:kms/alias:Alias keys-alarms (and 7 more) is created only once a provider has computed something", problem.Message, StringComparison.Ordinal);

        var other = Assert.Throws<PreviewException>(() => ModeComparison.Of(previewed, updated, PreviewMode.Update));
        Assert.StartsWith("foundation.dev: aws:kms/alias:Alias keys-alarms is created only while", other.Message, StringComparison.Ordinal);
    }
}
