using System.Collections.Immutable;
using System.Globalization;

namespace Hybrid.Stacks.Policies.Rules;

/// <summary>The loss of a zone, a node or a pod is not an outage.</summary>
internal static class AvailabilityRules
{
    public static readonly ImmutableArray<PolicyRule> All =
    [
        new()
        {
            Id = "nat-per-zone",
            Title = "Each zone has its own NAT gateway",
            Area = PolicyArea.Availability,
            Source = PolicySource.Aws("Amazon VPC User Guide", "NAT gateway basics: one NAT gateway in each Availability Zone", "vpc/latest/userguide/nat-gateway-basics.html"),
            Types = [ResourceTypes.Vpc],
            Check = vpc =>
            {
                var zones = vpc.Neighbours(ResourceTypes.Subnet).Select(subnet => subnet["availabilityZone"].Text).Distinct(StringComparer.Ordinal).Count();
                var gateways = vpc.Neighbours(ResourceTypes.NatGateway).Length;
                return Subject.Itself(gateways >= zones, Count(gateways, "NAT gateway"), Count(zones, "NAT gateway"));
            },
        },
        new()
        {
            Id = "rds-multi-zone",
            Title = "The database has an instance that takes over",
            Area = PolicyArea.Availability,
            Source = PolicySource.SecurityHub("RDS.15"),
            Types = [ResourceTypes.DatabaseCluster],
            Check = cluster =>
            {
                var instances = cluster.Neighbours(ResourceTypes.DatabaseInstance).Length;
                return Subject.Itself(instances >= 2, Count(instances, "instance"), "at least 2 instances");
            },
        },
        new()
        {
            Id = "cache-failover",
            Title = "The cache fails over to another zone",
            Area = PolicyArea.Availability,
            Source = PolicySource.SecurityHub("ElastiCache.3"),
            Types = [ResourceTypes.CacheGroup],
            Check = group => [.. group["automaticFailoverEnabled"].IsTrue(), .. group["multiAzEnabled"].IsTrue()],
        },
        new()
        {
            Id = "search-data-nodes",
            Title = "The search domain has three data nodes, over zones",
            Area = PolicyArea.Availability,
            Source = PolicySource.SecurityHub("Opensearch.6"),
            Types = [ResourceTypes.SearchDomain],
            Check = domain => [.. domain["clusterConfig.instanceCount"].IsWithin(3), .. domain["clusterConfig.zoneAwarenessEnabled"].IsTrue()],
        },
        new()
        {
            Id = "search-managers",
            Title = "The search domain has three dedicated managers",
            Area = PolicyArea.Availability,
            Source = PolicySource.SecurityHub("Opensearch.11"),
            Types = [ResourceTypes.SearchDomain],
            Check = domain => [.. domain["clusterConfig.dedicatedMasterEnabled"].IsTrue(), .. domain["clusterConfig.dedicatedMasterCount"].IsWithin(3)],
        },
        new()
        {
            Id = "node-group-two-nodes",
            Title = "A node group has two nodes at least, over two subnets at least",
            Area = PolicyArea.Availability,
            Source = PolicySource.Aws("Amazon EKS Best Practices Guide", "EKS data plane: spread nodes across multiple AZs", "eks/latest/best-practices/data-plane.html"),
            Types = [ResourceTypes.EksNodeGroup],
            Check = group => [.. group["scalingConfig.minSize"].IsWithin(2), .. group["subnetIds"].IsList(subnets => subnets.Count >= 2, "at least 2 subnets")],
        },
        new()
        {
            Id = "release-two-replicas",
            Title = "A release runs two replicas at least",
            Area = PolicyArea.Availability,
            Source = PolicySource.Kubernetes("Disruptions: dealing with disruptions", "concepts/workloads/pods/disruptions/"),
            Types = [ResourceTypes.HelmRelease],
            Check = release => release["values.autoscaling.enabled"].Flag is true ? release["values.autoscaling.minReplicas"].IsWithin(2) : release["values.replicaCount"].IsWithin(2),
        },
        new()
        {
            Id = "load-balancer-idle-timeout",
            Title = "A load balancer's idle time-out is one that it takes: that of TLS listeners is fixed",
            Area = PolicyArea.Availability,
            Source = PolicySource.Aws("Elastic Load Balancing User Guide: Network Load Balancers", "Update the TCP idle timeout for your listener", "elasticloadbalancing/latest/network/update-idle-timeout.html"),
            Types = [ResourceTypes.HelmRelease],
            Check = release => release.Services().SelectMany(service => service.Annotations("listener-attributes.")).SelectMany(attributes => IdleTimeout(attributes)),
        },
    ];

    private static ImmutableArray<Violation> IdleTimeout(Node attributes)
    {
        const string Name = "tcp.idle_timeout.seconds=";
        var value = attributes.Text?.Split(',').FirstOrDefault(attribute => attribute.StartsWith(Name, StringComparison.Ordinal))?[Name.Length..];
        if (value is null)
        {
            return [];
        }

        return attributes.Path.Contains("listener-attributes.TLS-", StringComparison.Ordinal)
            ? [new Violation(attributes.Path, $"{Name}{value}", "not set on a TLS listener")]
            : attributes.That(int.TryParse(value, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 60 and <= 6000, $"{Name}60 to 6000");
    }

    private static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count is 1 ? "" : "s")}");
}
