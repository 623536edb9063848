using System.Text.RegularExpressions;
using Hybrid.Stacks.Preview;
using Hybrid.Stacks.Tests.Support;

namespace Hybrid.Stacks.Tests.Layers;

/// <summary>EKS Auto Mode, by configuration alone.</summary>
[Collection(PulumiTests.Name)]
public sealed partial class AutoModeTests : IDisposable
{
    private readonly Clone _clone = new();

    public AutoModeTests()
    {
        var platform = File.ReadAllText(_clone.Config("platform.dev"));
        platform = NodeGroups().Replace(platform, "    compute: auto\n");
        platform = BuiltIn().Replace(platform, "");
        File.WriteAllText(_clone.Config("platform.dev"), platform);
        _clone.Replace("control-plane.dev", "  hybrid:loadBalancerControllerVersion: ", "  # ");
    }

    public void Dispose() => _clone.Dispose();

    [Fact]
    public async Task EKS_makes_nodes_volumes_and_load_balancers_itself()
    {
        var environment = await EnvironmentPreview.RunAsync("dev", _clone.Root);

        var platform = environment.Stacks.Single(stack => stack.Layer is "platform").Resources;
        var cluster = platform.Single(resource => resource.Type is "aws:eks/cluster:Cluster");
        Assert.Equal(true, cluster.At("computeConfig", "enabled"));
        Assert.Equal("general-purpose", cluster.At("computeConfig", "nodePools", "0"));
        Assert.Equal(true, cluster.At("storageConfig", "blockStorage", "enabled"));
        Assert.Equal(true, cluster.At("kubernetesNetworkConfig", "elasticLoadBalancing", "enabled"));
        Assert.Equal(false, cluster.At("bootstrapSelfManagedAddons"));
        Assert.DoesNotContain(platform, resource => resource.Type is "aws:eks/nodeGroup:NodeGroup" or "aws:ec2/launchTemplate:LaunchTemplate");
        Assert.Equal(
            ["aws-secrets-store-csi-driver-provider", "external-dns", "metrics-server"],
            platform.Where(resource => resource.Type is "aws:eks/addon:Addon").Select(addon => addon.Text("addonName")).Order(StringComparer.Ordinal));
        var role = platform.Single(resource => resource is { Type: "aws:iam/role:Role", Name: "eks-cluster" });
        Assert.Contains("sts:TagSession", role.Text("assumeRolePolicy"), StringComparison.Ordinal);
        Assert.Equal(
            ["AmazonEKSBlockStoragePolicy", "AmazonEKSClusterPolicy", "AmazonEKSComputePolicy", "AmazonEKSLoadBalancingPolicy", "AmazonEKSNetworkingPolicy"],
            platform
                .Where(resource => resource.Type is "aws:iam/rolePolicyAttachment:RolePolicyAttachment" && resource.Name.StartsWith("eks-cluster", StringComparison.Ordinal))
                .Select(attachment => attachment.Text("policyArn").Split('/')[^1])
                .Order(StringComparer.Ordinal));

        var controlPlane = environment.Stacks.Single(stack => stack.Layer is "control-plane").Resources;
        Assert.DoesNotContain(controlPlane, resource => resource.Name.StartsWith("load-balancers", StringComparison.Ordinal));
        foreach (var (layer, service) in new[] { ("control-plane", "cluster"), ("data-plane-eks", "proxy") })
        {
            var release = environment.Stacks.Single(stack => stack.Layer == layer).Resources.Single(resource => resource is { Type: "kubernetes:helm.sh/v3:Release", Name: "gateway-release" });
            Assert.Equal("eks.amazonaws.com/nlb", release.At("values", service, "loadBalancerClass"));
        }
    }

    [Fact]
    public async Task It_needs_no_controller_and_refuses_one()
    {
        _clone.Replace("control-plane.dev", "  # 1.", "  hybrid:loadBalancerControllerVersion: 1.");

        var problem = await Assert.ThrowsAsync<PreviewException>(() => EnvironmentPreview.RunAsync("dev", _clone.Root));

        Assert.StartsWith("control-plane.dev: hybrid:loadBalancerControllerVersion: the cluster is in Auto Mode, which has load balancers built in", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Node_groups_of_our_own_need_the_controller()
    {
        using var managed = new Clone();
        managed.Replace("control-plane.dev", "  hybrid:loadBalancerControllerVersion: ", "  # ");

        var problem = await Assert.ThrowsAsync<PreviewException>(() => EnvironmentPreview.RunAsync("dev", managed.Root));

        Assert.StartsWith("control-plane.dev: hybrid:loadBalancerControllerVersion: required, but not set: the cluster is not in Auto Mode", problem.Message, StringComparison.Ordinal);
    }

    [GeneratedRegex("    nodeGroups:\n(      .*\n)+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NodeGroups();

    [GeneratedRegex("      (vpcCni|kubeProxy|podIdentityAgent|coreDns|ebsCsiDriver): .*\n", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BuiltIn();
}
