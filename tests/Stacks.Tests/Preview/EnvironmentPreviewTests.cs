using Hybrid.Stacks.Preview;
using Hybrid.Stacks.Tests.Support;
using Hybrid.Testing;

namespace Hybrid.Stacks.Tests.Preview;

[Collection(PulumiTests.Name)]
public sealed class EnvironmentPreviewTests(Environments environments)
{
    [Theory]
    [InlineData("dev")]
    [InlineData("staging")]
    [InlineData("prod")]
    public void All_five_layers_are_there_in_order(string environment)
    {
        Assert.Equal(["foundation", "platform", "control-plane", "data-plane-eks", "data-plane-anywhere"], environments[environment].Stacks.Select(stack => stack.Layer));
        Assert.Equal($"data-plane-anywhere.{environment}.factory1", environments[environment].Stacks[^1].Name);
        Assert.All(environments[environment].Stacks, stack => Assert.True(stack.Resources.Length > 10));
    }

    [Theory]
    [InlineData("platform", "foundation")]
    [InlineData("control-plane", "foundation,platform")]
    [InlineData("data-plane-eks", "control-plane,foundation,platform")]
    [InlineData("data-plane-anywhere", "control-plane,foundation,platform")]
    public void Each_layer_reads_the_layers_below(string layer, string below) =>
        Assert.Equal(below.Split(',').Select(name => $"dev.{name}"), Stack(layer).References.Select(name => string.Join('.', name.Split('.').Reverse())));

    [Fact]
    public void What_a_layer_hands_on_arrives_in_the_next()
    {
        var endpoint = Stack("control-plane").Outputs["tunnelEndpoint"];
        Assert.Equal(endpoint, Release("data-plane-eks").At("values", "env", "cluster_control_plane"));
        Assert.Equal(endpoint, Release("data-plane-anywhere").At("values", "env", "cluster_control_plane"));
        Assert.Equal(Stack("platform").Outputs["databaseEndpoint"], Release("control-plane").At("values", "env", "pg_host"));
        Assert.Equal(Stack("foundation").Outputs["privateSubnetIds"], Stack("platform").Resources.Single(resource => resource.Type is "aws:eks/cluster:Cluster").At("vpcConfig", "subnetIds"));
    }

    [Fact]
    public void A_resources_parent_is_a_component_of_its_stack() => Assert.All(environments["prod"].Stacks, stack =>
    {
        var known = stack.Resources.Select(resource => resource.Key).ToHashSet(StringComparer.Ordinal);
        Assert.All(stack.Resources.Where(resource => resource.Parent is not null), resource =>
        {
            Assert.Contains(resource.Parent!, known);
            Assert.StartsWith(resource.Parent!.Split("::")[1] + "-", resource.Name, StringComparison.Ordinal);
        });
        Assert.Equal(stack.Resources.Length, known.Count);
    });

    [Theory]
    [InlineData("dev")]
    [InlineData("staging")]
    [InlineData("prod")]
    public void No_secret_is_shown(string environment)
    {
        var preview = environments[environment];
        var json = PreviewJson.Write(preview, environments.Policies(environment));
        Assert.DoesNotContain("PRIVATE KEY", json, StringComparison.Ordinal);
        Assert.Equal(SecretMask.Masked, preview.Stacks[1].Outputs["oidcClientSecret"]);
        Assert.Equal(SecretMask.Masked, preview.Stacks[2].Outputs["siteKeys"]);
        Assert.All(environments.OfType(environment, "kubernetes:core/v1:Secret"), item =>
            Assert.All((System.Collections.Immutable.ImmutableSortedDictionary<string, object?>)item.Resource.At("stringData")!, entry => Assert.Equal(SecretMask.Masked, entry.Value)));
        var site = preview.Stacks[4].Resources.Single(resource => resource is { Type: "pulumi:providers:kubernetes", Name: "site" });
        Assert.Equal(SecretMask.Masked, site.At("kubeconfig"));
    }

    [Fact]
    public async Task A_preview_is_the_same_each_time() =>
        Assert.Equal(PreviewJson.Write(environments["dev"], environments.Policies("dev")), PreviewJson.Write(await EnvironmentPreview.RunAsync("dev", Repository.Root), environments.Policies("dev")));

    [Fact]
    public void Text_counts_by_type()
    {
        using var writer = new StringWriter();
        PreviewText.Write(environments["dev"], writer);
        Assert.Contains("     9 aws:ec2/subnet:Subnet\n", writer.ToString().ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal(environments["dev"].Total, environments["dev"].Counts.Values.Sum());
    }

    [Fact]
    public void Text_names_every_resource_and_the_total()
    {
        using var writer = new StringWriter();
        PreviewText.Write(environments["dev"], writer);
        var text = writer.ToString();
        Assert.All(environments.Resources("dev"), item => Assert.Contains($"{item.Resource.Type} {item.Resource.Name}", text, StringComparison.Ordinal));
        Assert.Contains($"{environments["dev"].Total} resources in 5 stacks of dev", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', text);
    }

    private PreviewedStack Stack(string layer) => environments["dev"].Stacks.Single(stack => string.Equals(stack.Layer, layer, StringComparison.Ordinal));

    private PreviewedResource Release(string layer) => Stack(layer).Resources.Single(resource => resource is { Type: "kubernetes:helm.sh/v3:Release", Name: "gateway-release" });
}
