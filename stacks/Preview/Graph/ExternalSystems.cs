using System.Collections.Immutable;
using System.Globalization;

namespace Hybrid.Stacks.Preview.Graph;

/// <summary>Reads off a stack's resources what it has to do with that no stack creates.</summary>
internal static class ExternalSystems
{
    public static ImmutableArray<ExternalSystem> Of(PreviewedStack stack) => [.. stack.Resources.SelectMany(Of).Concat(Operators(stack)).Distinct()];

    private static IEnumerable<ExternalSystem> Of(PreviewedResource resource) => resource.Type switch
    {
        "aws:route53/zone:Zone" => [new("Parent DNS zone", $"delegates {Text(resource, "name")}", Incoming: true)],
        "aws:ec2/customerGateway:CustomerGateway" => [new("Site's VPN router", Text(resource, "ipAddress"), Incoming: true)],
        "aws:cognito/userPoolDomain:UserPoolDomain" => [new("People who sign in", Text(resource, "domain"), Incoming: true)],
        "aws:sns/topic:Topic" => [new("Who hears alarms", "subscribers of the topic", Incoming: false)],
        "kubernetes:helm.sh/v3:Release" => Release(resource),
        "pulumi:providers:kubernetes" when At(resource, "kubeconfig") is SecretMask.Masked =>
            [new($"Cluster “{resource.Name}”", "by its own kubeconfig", Incoming: false)],
        _ => [],
    };

    private static IEnumerable<ExternalSystem> Operators(PreviewedStack stack)
    {
        var roles = stack.Resources
            .Where(resource => resource.Type is "aws:eks/accessEntry:AccessEntry")
            .Select(resource => Text(resource, "principalArn"))
            .Select(arn => arn[(arn.LastIndexOf('/') + 1)..])
            .Order(StringComparer.Ordinal)
            .ToArray();
        return roles.Length is 0 ? [] : [new("Cluster operators", string.Join(", ", roles), Incoming: true)];
    }

    private static IEnumerable<ExternalSystem> Release(PreviewedResource release)
    {
        if (At(release, "repositoryOpts", "repo") is string repository)
        {
            return [new("Chart repository", Uri.TryCreate(repository, UriKind.Absolute, out var uri) ? uri.Host : repository, Incoming: false)];
        }

        return At(release, "values", "env", "role") switch
        {
            "control_plane" =>
            [
                new("Administrators", "Admin API, in the cluster", Incoming: true),
                new("Data planes", $"tunnels, {Exposure(release, "cluster")}", Incoming: true),
            ],
            "data_plane" =>
            [
                new("API consumers", Exposure(release, "proxy"), Incoming: true),
                new("Upstream services", "what the routes lead to", Incoming: false),
            ],
            _ => [],
        };
    }

    private static string Exposure(PreviewedResource release, string service)
    {
        if (At(release, "values", service, "type") is "NodePort")
        {
            var port = At(release, "values", service, "tls", "nodePort");
            return port is null ? "node port" : string.Create(CultureInfo.InvariantCulture, $"node port {port}");
        }

        const string Scheme = "service.beta.kubernetes.io/aws-load-balancer-scheme";
        return At(release, "values", service, "annotations", Scheme) is "internet-facing" ? "public load balancer" : "internal load balancer";
    }

    private static string Text(PreviewedResource resource, string name) => At(resource, name) as string ?? "";

    private static object? At(PreviewedResource resource, params string[] path) =>
        path.Aggregate((object?)resource.Inputs, (value, step) => (value as ImmutableSortedDictionary<string, object?>)?.GetValueOrDefault(step));
}
