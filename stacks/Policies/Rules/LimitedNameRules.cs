using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Hybrid.Stacks.Policies.Rules;

/// <summary>Names that stand among other values, or that something beside Pulumi makes.</summary>
internal static partial class LimitedNameRules
{
    public static readonly ImmutableArray<PolicyRule> All =
    [
        new()
        {
            Id = "name-load-balancer",
            Title = "The name of a load balancer, where a service asks for one, is one that the service takes",
            Area = PolicyArea.Names,
            Source = PolicySource.Aws("Elastic Load Balancing API Reference", "CreateLoadBalancer: Name", "elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html"),
            Types = [ResourceTypes.HelmRelease],
            Check = release => release.Services()
                .Select(service => service.Annotation("name"))
                .Where(name => !name.IsMissing)
                .SelectMany(name => name.Matches(LoadBalancerName(), "1 to 32 letters, digits and hyphens, no hyphen at an end, not internal- first")),
        },
        new()
        {
            Id = "name-kubeconfig-parameter",
            Title = "The name of a kubeconfig's parameter is one that Systems Manager takes",
            Area = PolicyArea.Names,
            Source = PolicySource.Aws("AWS Systems Manager API Reference", "PutParameter: Name", "systems-manager/latest/APIReference/API_PutParameter.html"),
            Types = [ResourceTypes.KubernetesProvider],
            Check = provider => provider["clusterIdentifier"] is { Text: ['/', ..] } parameter
                ? parameter.Matches(ParameterName(), "at most 15 levels and 1011 characters: letters, digits and .-_ between slashes, not aws or ssm first")
                : [],
        },
    ];

    [GeneratedRegex("^(?!internal-)[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LoadBalancerName();

    [GeneratedRegex(@"^(?=.{1,1011}$)(?!/(?:aws|ssm))(/[A-Za-z0-9._-]+){1,15}$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex ParameterName();
}
