using System.Text.RegularExpressions;
using Hybrid.Infra.Validation;
using Pulumi;

namespace Hybrid.Infra.Gateway;

public sealed partial record LoadBalancerControllerArgs
{
    public required Input<string> ClusterName { get; init; }

    public required Input<string> VpcId { get; init; }

    public required string Region { get; init; }

    /// <summary>The version of the chart aws-load-balancer-controller.</summary>
    public required string ChartVersion { get; init; }

    public int Replicas { get; init; } = 2;

    internal void Validate()
    {
        Check.Matches(ChartVersion, VersionPattern(), "loadBalancerController.chartVersion", "such as 1.14.1");
        Check.InRange(Replicas, 1, 5, "loadBalancerController.replicas");
    }

    [GeneratedRegex(@"^\d+\.\d+\.\d+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex VersionPattern();
}
